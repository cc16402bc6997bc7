import { z } from 'zod';

/** Metrics that are numbers from an evaluation report or from pairs, in the judge's names. */
export const qualityMetrics = [
  'accuracy',
  'f1',
  'precision',
  'recall',
  'balancedAccuracy',
  'auc',
  'averagePrecision',
  'brier',
  'logLoss',
  'agreement',
  'kappa',
  'selectionRate',
  'mae',
  'rmse',
  'dppl',
  'rd',
] as const;

/** What a shadow test can also be judged on. */
export const judgedMetrics = [
  ...qualityMetrics,
  'scoreKs',
  'scoreWasserstein',
  'scorePsi',
  'errorRate',
  'latencyRatio',
  'p50',
  'p95',
  'p99',
] as const;

/** Keys that differ only in the metric they name; the reference page shows each family in one row. */
export const families = z.registry<{ readonly each: string }>();

/** One key for each name, all of one meaning. */
export function perMetric<const N extends string, T extends z.ZodType>(
  names: readonly N[],
  schema: () => T,
): Record<N, T> {
  const keys = names.map((name) => {
    const one = schema();
    families.add(one, { each: 'metric' });
    return [name, one] as const;
  });
  return Object.fromEntries(keys) as Record<N, T>;
}
