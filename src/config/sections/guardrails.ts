import { z } from 'zod';
import { oneOf } from '../forms/form.ts';
import { distance, duration, share } from '../forms/quantities.ts';
import { listOf, section } from '../forms/section.ts';
import { perMetric, qualityMetrics } from './metric-names.ts';

const onBreach = () =>
  listOf(oneOf(['freeze', 'stop-shadow', 'roll-back']))
    .prefault([])
    .describe('What happens by itself on a breach, once confirmed at its source. Nothing when not written.');

const percentage = () => share({ from: '0%', to: '100%', example: '1%' });
const latencyLimit = () => duration({ from: '1ms', to: '1h', example: '500ms' });
const gap = () => distance('0.1');

/** The two levels of one guardrail, each in the unit of the guardrail. */
function levels<T extends z.ZodType>(limit: () => T, unit: string) {
  return {
    warn: limit().optional().describe(`Level that is shown as a warning: ${unit}.`),
    breach: limit().describe(`Level that raises an incident: ${unit}.`),
  };
}

type Levels = { readonly warn?: number | undefined; readonly breach: number };

/** A warning comes before the breach: below it where high is bad, above it where low is bad. */
function warnFirst(bad: 'high' | 'low') {
  return ({ warn, breach }: Levels, context: z.core.$RefinementCtx): void => {
    if (warn === undefined || (bad === 'high' ? warn < breach : warn > breach)) return;
    const side = bad === 'high' ? 'below' : 'above';
    context.addIssue({
      code: 'custom',
      path: ['warn'],
      message: `Write a level ${side} breach: a warning comes first.`,
    });
  };
}

/** `default`, `off`, or own levels. */
function guardrail<T extends z.ZodType>(own: T) {
  const error = 'Write default, off, or a section with its levels.';
  return z.union([oneOf(['default', 'off']), own], { error }).prefault('off');
}

const shares = (unit: string, bad: 'high' | 'low') =>
  section({ ...levels(percentage, unit), onBreach: onBreach() })
    .superRefine(warnFirst(bad))
    .transform(({ warn, breach, onBreach: acts }) => ({ warnShare: warn, breachShare: breach, onBreach: acts }));

const times = section({
  of: oneOf(['p50', 'p90', 'p95', 'p99']).prefault('p95').describe('Which latency is watched.'),
  ...levels(latencyLimit, 'a duration'),
  onBreach: onBreach(),
})
  .superRefine(warnFirst('high'))
  .transform(({ of, warn, breach, onBreach: acts }) => ({ of, warnMs: warn, breachMs: breach, onBreach: acts }));

const distances = (unit: string) => section(levels(gap, unit)).superRefine(warnFirst('high'));

const drift = section({
  numeric: distances('Wasserstein distance in standard deviations')
    .optional()
    .describe('Levels of number columns. Default levels when not written.'),
  categorical: distances('Jensen-Shannon distance')
    .optional()
    .describe('Levels of category columns. Default levels when not written.'),
  onBreach: onBreach(),
});

const bias = section({ ...levels(gap, 'difference between the groups'), onBreach: onBreach() }).superRefine(
  warnFirst('high'),
);

/** For some metrics high is bad and for others low, so the order of the two levels is not judged here. */
const performance = section({
  metrics: section(
    perMetric(qualityMetrics, () =>
      section(levels(gap, 'value of the metric'))
        .optional()
        .describe('Levels of this metric. Not watched when not written.'),
    ),
  ),
  onBreach: onBreach(),
});

/** Rules on production traffic. One that is not written is off. */
export const guardrails = section({
  anomalies: guardrail(shares('share of rows', 'high')).describe(
    'Missing, unseen and out-of-range values of the input.',
  ),
  drift: guardrail(drift).describe('Columns that move away from the baseline.'),
  bias: guardrail(bias).describe('Gap between the groups of `data.facets`.'),
  performance: guardrail(performance).describe('Quality of the answers once labels are mature.'),
  latency: guardrail(times).describe('Latency of the model.'),
  errors: guardrail(shares('share of calls', 'high')).describe('Failed calls.'),
  agreement: guardrail(shares('share of equal decisions', 'low')).describe(
    'How often the shadow decides as production does.',
  ),
});
