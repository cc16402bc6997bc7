import { accept, type Result, refuse } from '../kernel/result.ts';
import type { EvaluationReport } from './evaluation-report.ts';
import type { Evidence } from './plan.ts';
import type { EvidencePolicy } from './policy.ts';

type GateCheck = Extract<Evidence, { kind: 'gate' }>['checks'][number];

/** A version's report, with the digest that an approval binds to. */
export type RegisteredReport = { readonly snapshot: string; readonly report: EvaluationReport };

export type GateRefusal =
  | { readonly kind: 'evidence-missing'; readonly because: string }
  | { readonly kind: 'evidence-not-met'; readonly checks: readonly GateCheck[] };

/** The version that serves, and its report where it has one. */
export type Rival = { readonly version: number; readonly report: EvaluationReport };

/** Less of these is better; of every other metric more is. */
const lossMetrics = new Set(['logLoss', 'brier', 'mae', 'rmse', 'dppl', 'rd']);

/**
 * The quality gate: the report registered with the version, on its held-out split, meets every threshold. It has to beat
 * the best constant, may not be worse than the serving version by more than the margins, and no facet gap may be in breach.
 * Whatever it does not measure is missing, never a pass.
 */
export function evidenceGate(
  candidate: RegisteredReport,
  rival: Rival | undefined,
  policy: EvidencePolicy,
): Result<Extract<Evidence, { kind: 'gate' }>, GateRefusal> {
  const { report, snapshot } = candidate;
  const missing = unmeasured(report, policy) ?? (rival && unmatched(report, rival, policy));
  if (missing !== undefined) return refuse({ kind: 'evidence-missing', because: missing });
  const checks = [
    ...thresholdChecks(report, policy),
    ...constantChecks(report),
    ...facetChecks(report, policy),
    ...(rival ? rivalChecks(report, rival, policy) : []),
  ];
  if (checks.some((check) => !check.pass)) return refuse({ kind: 'evidence-not-met', checks });
  return accept({ kind: 'gate', snapshot, checks, heldOutRows: report.rows });
}

function unmeasured(report: EvaluationReport, policy: EvidencePolicy): string | undefined {
  if (report.metrics.logLoss === undefined || report.bestConstantLogLoss === undefined) {
    return 'its evaluation report does not say the log loss of the version and of the best constant';
  }
  const metric = Object.keys(policy.gate).find((name) => report.metrics[name] === undefined);
  if (metric !== undefined) return `its evaluation report does not say ${metric}`;
  const facet = policy.facets.find((column) => report.facetGaps[column] === undefined);
  return facet === undefined ? undefined : `its evaluation report says nothing about the groups of ${facet}`;
}

/** What the serving version was measured on, the candidate has to be measured on too. */
function unmatched(report: EvaluationReport, rival: Rival, policy: EvidencePolicy): string | undefined {
  const metric = Object.keys(policy.margins).find(
    (name) => rival.report.metrics[name] !== undefined && report.metrics[name] === undefined,
  );
  if (metric !== undefined)
    return `its evaluation report does not say ${metric}, that of version ${rival.version} does`;
  const facet = Object.keys(rival.report.facetGaps).find((column) => report.facetGaps[column] === undefined);
  if (facet === undefined) return undefined;
  return `its evaluation report says nothing about the groups of ${facet}, that of version ${rival.version} does`;
}

function thresholdChecks(report: EvaluationReport, policy: EvidencePolicy): GateCheck[] {
  return Object.entries(policy.gate).flatMap(([metric, limit]) =>
    check({ metric, value: report.metrics[metric], limit, atLeast: !lossMetrics.has(metric) }),
  );
}

/** Log loss below that of always answering the share of positives. Equal is not below. */
function constantChecks(report: EvaluationReport): GateCheck[] {
  const { metrics, bestConstantLogLoss: limit } = report;
  if (metrics.logLoss === undefined || limit === undefined) return [];
  const metric = 'log loss against the best constant';
  return [{ metric, value: metrics.logLoss, limit, atLeast: false, pass: metrics.logLoss < limit }];
}

function facetChecks(report: EvaluationReport, policy: EvidencePolicy): GateCheck[] {
  return gapsOf(report).flatMap(([column, gap]) =>
    check({ metric: `gap by ${column}`, value: Math.abs(gap), limit: policy.facetGapLimit, atLeast: false }),
  );
}

/** Each limit is what the serving version reached, moved by the margin. */
function rivalChecks(report: EvaluationReport, rival: Rival, policy: EvidencePolicy): GateCheck[] {
  const against = `against version ${rival.version}`;
  const metrics = Object.entries(policy.margins).flatMap(([metric, margin]) => {
    const theirs = rival.report.metrics[metric];
    if (margin === undefined || theirs === undefined) return [];
    const atLeast = !lossMetrics.has(metric);
    const limit = atLeast ? theirs - margin : theirs + margin;
    return check({ metric: `${metric} ${against}`, value: report.metrics[metric], limit, atLeast });
  });
  return [...metrics, ...gapChecks(report, rival, policy)];
}

/** The gap between the groups may not grow by more than the margin. */
function gapChecks(report: EvaluationReport, rival: Rival, policy: EvidencePolicy): GateCheck[] {
  const margin = policy.margins.dppl;
  if (margin === undefined) return [];
  return gapsOf(report).flatMap(([column, gap]) => {
    const theirs = rival.report.facetGaps[column];
    if (theirs === undefined) return [];
    const metric = `gap by ${column} against version ${rival.version}`;
    return check({ metric, value: Math.abs(gap), limit: Math.abs(theirs) + margin, atLeast: false });
  });
}

function gapsOf(report: EvaluationReport): [string, number][] {
  return Object.entries(report.facetGaps).flatMap(([column, gap]) => (gap === undefined ? [] : [[column, gap]]));
}

function check(one: { metric: string; value: number | undefined; limit: number; atLeast: boolean }): GateCheck[] {
  const { metric, value, limit, atLeast } = one;
  if (value === undefined) return [];
  return [{ metric, value, limit, atLeast, pass: atLeast ? value >= limit : value <= limit }];
}
