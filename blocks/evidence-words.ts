import type { Evidence, Plan } from '../src/changes/plan.ts';
import { foreign, withUnit } from './foreign.ts';
import { apart, apartLimit, count, scores } from './numbers.ts';
import { emoji, fact, type Line, line } from './parts.ts';

export type GateCheck = Extract<Evidence, { kind: 'gate' }>['checks'][number];

const names: Readonly<Record<string, string>> = {
  auc: 'AUC',
  averagePrecision: 'Average precision',
  accuracy: 'Accuracy',
  balancedAccuracy: 'Balanced accuracy',
  precision: 'Precision',
  recall: 'Recall',
  f1: 'F1',
  brier: 'Brier score',
  logLoss: 'Log loss',
  'log loss': 'Log loss',
  kappa: 'Kappa',
  agreement: 'Agreement',
  selectionRate: 'Selection rate',
  mae: 'MAE',
  rmse: 'RMSE',
  dppl: 'Gap (DPPL)',
  rd: 'Gap (RD)',
};

/** "AUC 0.861, at least 0.800"; "Gap by gender 0.98 pp, at most 10 pp" */
export function checkWords({ metric, value, limit, atLeast }: GateCheck): string {
  const [what = metric, rival] = metric.split(' against ');
  const isGap = what.startsWith('gap by ');
  const [shown, bound] = isGap ? [apart(value, limit), apartLimit(Number(limit.toFixed(6)))] : scores(value, limit);
  const name = isGap ? `Gap by ${foreign(what.slice('gap by '.length), 40)}` : (names[what] ?? foreign(what, 60));
  const against = rival === undefined ? '' : ` (${foreign(rival, 40).replace(/version (\d)/, 'version\u00a0$1')})`;
  return `${name} ${shown}, ${atLeast ? 'at least' : 'at most'} ${bound}${against}`;
}

/** What a decision rests on: the kind of evidence, then its checks, failing ones first, as many as there is room for. */
export function evidenceLines({ evidence }: Plan, room: number): readonly Line[] {
  if (evidence.kind === 'not-needed') return [fact('Evidence', foreign(evidence.because, 90))];
  const sorted = [...evidence.checks].sort((a, b) => Number(a.pass) - Number(b.pass));
  const shown = sorted.slice(0, room);
  const met = evidence.checks.filter((check) => check.pass).length;
  return [
    fact(
      'Evidence',
      `quality gate on ${withUnit(count(evidence.heldOutRows), 'held-out rows')}, ${met} of ${sorted.length} met`,
    ),
    ...shown.map((check) => line(emoji(check.pass ? 'white_check_mark' : 'x'), ` ${checkWords(check)}`)),
  ];
}

/** The same in a sentence. */
export function evidenceSentence({ evidence }: Plan): string {
  if (evidence.kind === 'not-needed') return foreign(evidence.because, 120);
  const met = evidence.checks.filter((check) => check.pass).length;
  return `The quality gate is met on ${count(evidence.heldOutRows)} held-out rows, ${met} of ${evidence.checks.length} checks.`;
}
