import type { Change, ChangeState } from '../src/changes/change.ts';
import type { Plan } from '../src/changes/plan.ts';
import { shortDigest } from '../src/kernel/digest.ts';
import { spanText } from '../src/kernel/time.ts';
import { withUnit } from './foreign.ts';
import { measured, percent, plural, score } from './numbers.ts';
import { emoji, fact, line, type Piece } from './parts.ts';

/** `deploy employee-promotion 6 → 7` */
export function whatOf({ plan }: Change): string {
  const verbs = {
    deploy: 'deploy',
    promotion: 'promote',
    rollback: 'roll back',
    'shadow-start': 'shadow test of',
    'shadow-stop': 'stop the shadow test of',
  } as const;
  return `${verbs[plan.kind]} ${namedVersions(plan)}`;
}

/** `employee-promotion 6 → 7`, or `employee-promotion 7` where nothing served or the version stays. */
export function namedVersions(plan: Plan): string {
  const from = plan.from?.version;
  const to = plan.target.version;
  if (plan.kind === 'shadow-start' && from !== undefined) return `${plan.model} ${to} beside\u00a0${from}`;
  return from === undefined || from === to ? `${plan.model} ${to}` : `${plan.model} ${from}\u00a0→\u00a0${to}`;
}

/** "50 % for 10 min, then all for 10 min" */
export function rolloutWords({ rollout }: Plan): string {
  const keep = rollout.keepOldForMs > 0 ? ` for ${spanText(rollout.keepOldForMs)}` : '';
  if (rollout.strategy === 'all-at-once' || rollout.sizeShare === undefined) return `all traffic at once${keep}`;
  const size = percent(rollout.sizeShare);
  const bake = spanText(rollout.bakeMs);
  if (rollout.strategy === 'canary') return `${size} for ${bake}, then all${keep}`;
  return `${size} more each ${bake}, until all${keep}`;
}

/** "by itself, if one of 3 alarms fires" */
export function wayBackWords({ rollout }: Plan): string {
  if (rollout.alarms.length === 0) return 'no alarm watches; by hand alone';
  return rollout.alarms.length === 1
    ? 'by itself, if its alarm fires'
    : `by itself, if one of ${rollout.alarms.length} alarms fires`;
}

/** The evidence a decision rests on: a line per check. */
export function evidenceLines(plan: Plan): readonly ReturnType<typeof line>[] {
  const { evidence } = plan;
  if (evidence.kind === 'not-needed') return [fact('Evidence', evidence.because)];
  const rows = evidence.heldOutRows.toLocaleString('en-US');
  const checks = evidence.checks.map((check) =>
    line(emoji(check.pass ? 'white_check_mark' : 'x'), ` ${checkWords(check)}`),
  );
  return [fact('Evidence', `quality gate on ${withUnit(rows, 'held-out rows')}`), ...checks];
}

type Check = { readonly metric: string; readonly value: number; readonly limit: number; readonly atLeast: boolean };

/** "AUC 0.861, at least 0.800" */
export function checkWords({ metric, value, limit, atLeast }: Check): string {
  const names: Readonly<Record<string, string>> = {
    auc: 'AUC',
    log_loss: 'Log loss',
    accuracy: 'Accuracy',
    f1: 'F1',
    brier: 'Brier score',
  };
  return `${names[metric] ?? metric} ${score(value)}, ${atLeast ? 'at least' : 'at most'} ${score(limit)}`;
}

/** "1 of ml-approvers" as pieces: a count, then the group's chip. */
export function needsPieces(plan: Plan, chip: (group: string) => Piece): readonly Piece[] {
  return plan.approvals.flatMap((need, index) => [`${index === 0 ? '' : ' and '}${need.count} of `, chip(need.group)]);
}

export function digestWords(change: Change): string {
  return `${change.id} · plan ${shortDigest(change.plan.digest)}`;
}

/** "Ana asked, Bo approved" in plain names. */
export function peopleWords(change: Change): string {
  const votes = votesOf(change.state);
  const approved = votes.map((vote) => vote.by.name).join(' and ');
  return approved === ''
    ? `${change.requestedBy.name}, nobody else has to agree`
    : `${change.requestedBy.name} asked, ${approved} approved`;
}

export function votesOf(
  state: ChangeState,
): readonly { readonly by: { readonly user: string; readonly name: string } }[] {
  return 'votes' in state ? state.votes : [];
}

/** How long and with what: "2 × ml.m5.large" */
export function fleetWords(plan: Plan): string {
  const serving = plan.from;
  return serving ? `${serving.instances}\u00a0×\u00a0${serving.instanceType}` : plural(plan.steps.length, 'step');
}
