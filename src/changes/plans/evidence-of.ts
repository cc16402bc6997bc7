import { sha256Hex } from '../../kernel/digest.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { type Checked, known, passed } from '../checks/checked.ts';
import { type EvaluationReport, parseEvaluationReport } from '../evaluation-report.ts';
import { evidenceGate, type Rival } from '../evidence-gate.ts';
import type { Evidence } from '../plan.ts';
import type { ChangeRefusal } from '../refusal.ts';
import type { PlanFacts, ReportFacts } from './plan-facts.ts';

export type Shown = { readonly evidence: Evidence; readonly checked: readonly Checked[] };

/** What a deploy or promotion has to show, by the policy of the model. */
export function evidenceOf(facts: PlanFacts): Result<Shown, ChangeRefusal> {
  const { kind, policy } = facts;
  if (kind === 'promotion' && policy.evidence.promote === 'verdict') {
    return refuse({ kind: 'evidence-not-yet', model: policy.model, asked: 'verdict' });
  }
  if (kind === 'deploy' && policy.evidence.deploy === 'none') {
    return accept({ evidence: { kind: 'not-needed', because: 'The policy asks for none on a deploy.' }, checked: [] });
  }
  return gateOf(facts);
}

function gateOf({ policy, candidate, report, servingReport }: PlanFacts): Result<Shown, ChangeRefusal> {
  const version = candidate?.version ?? 0;
  const missing = (because: string) =>
    refuse({ kind: 'evidence-missing' as const, model: policy.model, version, because });
  if (!report) return missing('no evaluation report is registered with it');
  if (report.read.kind === 'unreadable') return missing(report.read.because);
  const parsed = parseEvaluationReport(report.read.text);
  if (!parsed.ok) return missing(parsed.refusal);
  const rival = servingReport && rivalOf(servingReport);
  const registered = { snapshot: sha256Hex(report.read.text), report: parsed.value };
  const gate = evidenceGate(registered, rival?.ok ? rival.value : undefined, policy.evidence);
  if (!gate.ok) return refuse({ ...gate.refusal, model: policy.model, version });
  return accept({ evidence: gate.value, checked: rival ? [comparison(rival, servingReport.version)] : [] });
}

function rivalOf({ version, read }: ReportFacts): Result<Rival, string> {
  if (read.kind === 'unreadable') return refuse(read.because);
  const parsed: Result<EvaluationReport, string> = parseEvaluationReport(read.text);
  return parsed.ok ? accept({ version, report: parsed.value }) : parsed;
}

/** A registered report cannot be added afterwards, so its absence is said, loudly, rather than a dead end. */
function comparison(rival: Result<Rival, string>, version: number): Checked {
  const check = 'compared with what serves';
  if (rival.ok) return passed(check);
  return known(check, `Not compared with version ${version}, which serves: ${rival.refusal}.`);
}
