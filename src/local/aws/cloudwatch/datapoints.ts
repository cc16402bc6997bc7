import { type EpochMs, instant } from '../../../kernel/time.ts';
import type { Bag, MetricIdentity, SeriesStore } from './series.ts';
import { type Statistic, sampleCount, statisticOf } from './statistics.ts';

/** One number for one period; `at` is the period's start. */
export type Datapoint = { readonly at: EpochMs; readonly value: number; readonly sampleCount: number };

export type DatapointQuery = {
  readonly metric: MetricIdentity;
  readonly unit?: string;
  readonly statistic: Statistic;
  readonly periodMs: number;
  readonly from: EpochMs;
  readonly to: EpochMs;
};

/** The periods are counted from `from`; those without values give no datapoint. Oldest first. */
export function datapoints(store: SeriesStore, query: DatapointQuery): Datapoint[] {
  const { from, to, periodMs } = query;
  const byPeriod = new Map<number, Bag[]>();
  const slice = { from, to, periodMs, ...(query.unit === undefined ? {} : { unit: query.unit }) };
  for (const { start, bag } of store.bags(query.metric, slice)) {
    const period = from + Math.floor((start - from) / periodMs) * periodMs;
    const bags = byPeriod.get(period);
    if (bags) bags.push(bag);
    else byPeriod.set(period, [bag]);
  }
  const points: Datapoint[] = [];
  for (const [at, bags] of [...byPeriod].sort(([a], [b]) => a - b)) {
    const value = statisticOf(bags, query.statistic);
    if (value !== undefined) points.push({ at: instant(at), value, sampleCount: sampleCount(bags) });
  }
  return points;
}
