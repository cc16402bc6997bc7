import { z } from 'zod';
import { oneOf } from '../forms/form.ts';
import { distance, duration, share } from '../forms/quantities.ts';
import { listOf, section } from '../forms/section.ts';
import { perMetric, qualityMetrics } from './metric-names.ts';

const onBreach = () =>
  listOf(oneOf(['freeze', 'stop-shadow', 'roll-back']))
    .prefault([])
    .describe('What happens by itself on a breach, once confirmed at its source. Nothing when not written.');

const percentage = (example: string) => share({ from: '0%', to: '100%', example });
const latencyLimit = (example: string) => duration({ from: '1ms', to: '1h', example });

/** What the levels are measured in, and two of them as an example. */
type Scale = { readonly unit: string; readonly examples: readonly [warn: string, breach: string] };

/** The two levels of one guardrail. */
function levels<T extends z.ZodType>(limit: (example: string) => T, { unit, examples }: Scale) {
  return {
    warn: limit(examples[0]).optional().describe(`Level that is shown as a warning: ${unit}.`),
    breach: limit(examples[1]).describe(`Level that raises an incident: ${unit}.`),
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

const shares = (scale: Scale, bad: 'high' | 'low') =>
  section({ ...levels(percentage, scale), onBreach: onBreach() })
    .superRefine(warnFirst(bad))
    .transform(({ warn, breach, onBreach: acts }) => ({ warnShare: warn, breachShare: breach, onBreach: acts }));

const times = section({
  of: oneOf(['p50', 'p90', 'p95', 'p99']).prefault('p95').describe('Which latency is watched.'),
  ...levels(latencyLimit, { unit: 'a duration', examples: ['250ms', '500ms'] }),
  onBreach: onBreach(),
})
  .superRefine(warnFirst('high'))
  .transform(({ of, warn, breach, onBreach: acts }) => ({ of, warnMs: warn, breachMs: breach, onBreach: acts }));

const distances = (scale: Scale) => section(levels(distance, scale)).superRefine(warnFirst('high'));

const drift = section({
  numeric: distances({ unit: 'Wasserstein distance in standard deviations', examples: ['0.1', '0.25'] })
    .optional()
    .describe('Levels of number columns. Default levels when not written.'),
  categorical: distances({ unit: 'Jensen-Shannon distance', examples: ['0.05', '0.1'] })
    .optional()
    .describe('Levels of category columns. Default levels when not written.'),
  onBreach: onBreach(),
});

const bias = section({
  ...levels(distance, { unit: 'difference between the groups', examples: ['0.05', '0.1'] }),
  onBreach: onBreach(),
}).superRefine(warnFirst('high'));

/** For some metrics high is bad and for others low, so the order of the two levels is not judged here. */
const performance = section({
  metrics: section(
    perMetric(qualityMetrics, () =>
      section(levels(distance, { unit: 'value of the metric', examples: ['0.85', '0.8'] }))
        .optional()
        .describe('Levels of this metric. Not watched when not written.'),
    ),
  ),
  onBreach: onBreach(),
});

/** Rules on production traffic. One that is not written is off. */
export const guardrails = section({
  anomalies: guardrail(shares({ unit: 'share of rows', examples: ['0.1%', '1%'] }, 'high')).describe(
    'Missing, unseen and out-of-range values of the input.',
  ),
  drift: guardrail(drift).describe('Columns that move away from the baseline.'),
  bias: guardrail(bias).describe('Gap between the groups of `data.facets`.'),
  performance: guardrail(performance).describe('Quality of the answers once labels are mature.'),
  latency: guardrail(times).describe('Latency of the model.'),
  errors: guardrail(shares({ unit: 'share of calls', examples: ['0.5%', '1%'] }, 'high')).describe('Failed calls.'),
  agreement: guardrail(shares({ unit: 'share of equal decisions', examples: ['97%', '95%'] }, 'low')).describe(
    'How often the shadow decides as production does.',
  ),
});
