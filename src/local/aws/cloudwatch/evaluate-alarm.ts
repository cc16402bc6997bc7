import { type EpochMs, instant } from '../../../kernel/time.ts';
import type { AlarmState } from '../service.ts';
import type { AlarmRule, Comparison } from './alarm.ts';
import type { Datapoint } from './datapoints.ts';

/** The periods an alarm looks at, `end` exclusive. They slide with the minute, as CloudWatch's default window does. */
export type AlarmWindow = { readonly from: EpochMs; readonly end: EpochMs; readonly periodCount: number };

/** How the periods were weighed; the reason's words are made from this. */
export type Weighing = {
  readonly kind: 'measured' | 'partly-missing' | 'all-missing' | 'too-few-samples' | 'undecided';
  /** Newest first. */
  readonly breaching: readonly Datapoint[];
  readonly within: readonly Datapoint[];
  /** How many periods had to be filled by TreatMissingData. */
  readonly filledCount: number;
};

/** `keep`: the rule says nothing new, whatever the state is now stays. */
export type Evaluation = { readonly state: AlarmState | 'keep'; readonly weighing: Weighing };

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** CloudWatch looks further back than N when data is missing; it publishes the distance only by example: 5 for N = 3. */
const extraPeriods = 2;

/** Only periods that are over count. From an hour up the stand-in looks at exactly N, so that a daily value ages out. */
export function alarmWindow(rule: AlarmRule, now: EpochMs): AlarmWindow {
  const stepMs = Math.min(rule.periodMs, minuteMs);
  const end = Math.floor(now / stepMs) * stepMs;
  const periodCount = rule.evaluationPeriods + (rule.periodMs < hourMs ? extraPeriods : 0);
  return { from: instant(end - periodCount * rule.periodMs), end: instant(end), periodCount };
}

/**
 * Decides an alarm's state from the datapoints in its window: M breaching out of the last N that exist; when fewer
 * than N exist, TreatMissingData fills as few as possible. Pure: the caller brings datapoints and clock.
 */
export function evaluateAlarm(rule: AlarmRule, datapoints: readonly Datapoint[], now: EpochMs): Evaluation {
  const window = alarmWindow(rule, now);
  const inside = datapoints.filter(({ at }) => at >= window.from && at < window.end).sort((a, b) => b.at - a.at);
  const looked = inside.slice(0, rule.evaluationPeriods);
  const breaching = looked.filter(({ value }) => breaches(rule.comparison, value, rule.threshold));
  const within = looked.filter((point) => !breaching.includes(point));
  const filledCount = rule.evaluationPeriods - looked.length;
  const weigh = (state: Evaluation['state'], kind: Weighing['kind']): Evaluation => ({
    state,
    weighing: { kind, breaching, within, filledCount },
  });

  if (looked.some((point) => isTooThin(rule, point))) return weigh('keep', 'too-few-samples');
  if (looked.length === 0) return weigh(stateWithoutData(rule), 'all-missing');
  if (filledCount === 0) return weigh(breaching.length >= rule.datapointsToAlarm ? 'ALARM' : 'OK', 'measured');
  const state = stateWithGaps(rule, { breaching, within, filledCount, end: window.end });
  return weigh(state, state === 'keep' ? 'undecided' : 'partly-missing');
}

export function breaches(comparison: Comparison, value: number, threshold: number): boolean {
  switch (comparison) {
    case 'GreaterThanThreshold':
      return value > threshold;
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold;
    case 'LessThanThreshold':
      return value < threshold;
    case 'LessThanOrEqualToThreshold':
      return value <= threshold;
    default:
      return comparison satisfies never;
  }
}

function stateWithoutData(rule: AlarmRule): Evaluation['state'] {
  const states = { missing: 'INSUFFICIENT_DATA', ignore: 'keep', breaching: 'ALARM', notBreaching: 'OK' } as const;
  return states[rule.treatMissingData];
}

type Gaps = Pick<Weighing, 'breaching' | 'within' | 'filledCount'> & { readonly end: EpochMs };

function stateWithGaps(rule: AlarmRule, { breaching, within, filledCount, end }: Gaps): Evaluation['state'] {
  const filled = rule.treatMissingData === 'breaching' ? filledCount : 0;
  if (breaching.length + filled >= rule.datapointsToAlarm) return 'ALARM';
  if (within.length > 0 || rule.treatMissingData === 'breaching' || rule.treatMissingData === 'notBreaching')
    return 'OK';
  // All that exists breaches, but it is less than M. Once the oldest of it is M periods old the alarm goes off anyway;
  // before that the next datapoint may still be fine, so nothing changes.
  const oldest = breaching.at(-1);
  const ageInPeriods = oldest ? Math.ceil((end - oldest.at) / rule.periodMs) : 0;
  return rule.treatMissingData === 'missing' && ageInPeriods >= rule.datapointsToAlarm ? 'ALARM' : 'keep';
}

/** A percentile needs 10 samples beyond it to mean anything: p99 needs 1,000, p50 needs 20 (CloudWatch's own rule). */
function isTooThin(rule: AlarmRule, point: Datapoint): boolean {
  if (rule.lowSampleCount === 'evaluate' || rule.watch.kind !== 'metric') return false;
  const { statistic } = rule.watch;
  if (statistic.kind !== 'percentile') return false;
  const tail = statistic.share >= 0.5 ? 1 - statistic.share : statistic.share;
  return tail > 0 && point.sampleCount < Math.round(10 / tail);
}
