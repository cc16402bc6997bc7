import { type EpochMs, instant, type Now } from '../../../kernel/time.ts';

/** One metric with its full set of dimensions. Two sets that differ in one dimension are two series, as in CloudWatch. */
export type MetricIdentity = {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
};

/** A pre-aggregated datum: its percentiles are lost unless all its values were equal. */
export type StatisticSet = {
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
};

export type Datum = {
  readonly unit: string;
  readonly at: EpochMs;
  /** 60,000 for standard metrics, 1,000 for high-resolution ones. */
  readonly resolutionMs: number;
  readonly values: readonly { readonly value: number; readonly count: number }[];
  readonly set?: StatisticSet;
};

/** What fell into one slot of time. Equal neighbours share a count, so that 0/1 metrics stay small. */
export type Bag = {
  readonly resolutionMs: number;
  readonly values: number[];
  readonly counts: number[];
  readonly sets: StatisticSet[];
};

export type Slice = { readonly unit?: string; readonly from: EpochMs; readonly to: EpochMs; readonly periodMs: number };
export type ListedMetric = MetricIdentity & { readonly latest: EpochMs };

export type SeriesStore = {
  readonly add: (metric: MetricIdentity, datum: Datum) => void;
  /** The slots that start in [from, to), in no promised order. */
  readonly bags: (metric: MetricIdentity, slice: Slice) => { readonly start: number; readonly bag: Bag }[];
  readonly list: () => ListedMetric[];
  /** Grows whenever a value lands in a minute that was already over; alarms look again then. */
  readonly lateCount: () => number;
  /** Rolls old slots up and forgets the oldest, as CloudWatch's retention does. */
  readonly sweep: () => void;
};

type Series = {
  latest: EpochMs;
  held: number;
  readonly unit: string;
  readonly slots: Map<number, Bag>;
  /** Every slot starts at a multiple of one of these. */
  readonly steps: Set<number>;
};
type Metric = MetricIdentity & { readonly byUnit: Map<string, Series> };

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** CloudWatch keeps sub-minute data 3 hours, minutes 15 days, five minutes 63 days and hours 455 days. */
const retention = [
  { finerThanMs: minuteMs, afterMs: 3 * hourMs, toMs: minuteMs },
  { finerThanMs: 5 * minuteMs, afterMs: 15 * dayMs, toMs: 5 * minuteMs },
  { finerThanMs: hourMs, afterMs: 63 * dayMs, toMs: hourMs },
];
const forgetAfterMs = 455 * dayMs;
/** Bounds the memory of one series; beyond it the oldest slots go first. */
const maxHeldValues = 1_000_000;

/** Keeps raw values by slot, so that percentiles over any period are exact. */
export function openSeriesStore(now: Now): SeriesStore {
  const metrics = new Map<string, Metric>();
  let late = 0;

  function seriesOf(identity: MetricIdentity, unit: string): Series {
    const key = keyOf(identity);
    const { namespace, metric, dimensions } = identity;
    const known = metrics.get(key) ?? { namespace, metric, dimensions, byUnit: new Map<string, Series>() };
    metrics.set(key, known);
    const series = known.byUnit.get(unit) ?? emptySeries(unit);
    known.byUnit.set(unit, series);
    return series;
  }

  function add(identity: MetricIdentity, datum: Datum): void {
    const series = seriesOf(identity, datum.unit);
    const start = floorTo(datum.at, datum.resolutionMs);
    const bag = series.slots.get(start) ?? emptyBag(datum.resolutionMs);
    series.slots.set(start, bag);
    series.steps.add(datum.resolutionMs);
    const before = sizeOf(bag);
    for (const { value, count } of datum.values) addValue(bag, value, count);
    if (datum.set) bag.sets.push(datum.set);
    series.held += sizeOf(bag) - before;
    if (datum.at > series.latest) series.latest = datum.at;
    if (datum.at < floorTo(now(), minuteMs)) late += 1;
    if (series.held > maxHeldValues) dropOldest(series, maxHeldValues * 0.9);
  }

  function bags(identity: MetricIdentity, slice: Slice): { start: number; bag: Bag }[] {
    const found: { start: number; bag: Bag }[] = [];
    // Standard metrics show once a minute even under a finer period; what retention rolled up needs a coarser one.
    const finest = Math.max(slice.periodMs, minuteMs);
    for (const series of metrics.get(keyOf(identity))?.byUnit.values() ?? []) {
      if (slice.unit !== undefined && slice.unit !== series.unit) continue;
      for (const start of startsIn(series, slice)) {
        const bag = series.slots.get(start);
        if (bag && bag.resolutionMs <= finest) found.push({ start, bag });
      }
    }
    return found;
  }

  function list(): ListedMetric[] {
    return [...metrics.values()].map(({ namespace, metric, dimensions, byUnit }) => {
      const latest = Math.max(...[...byUnit.values()].map((series) => series.latest)) as EpochMs;
      return { namespace, metric, dimensions, latest };
    });
  }

  function sweep(): void {
    for (const metric of metrics.values()) for (const series of metric.byUnit.values()) rollUp(series, now());
  }

  return { add, bags, list, lateCount: () => late, sweep };
}

/** Where slots may start within the slice: counted out when that is shorter than looking through all slots. */
function startsIn({ slots, steps }: Series, { from, to }: Slice): Iterable<number> {
  const count = [...steps].reduce((sum, step) => sum + (to - from) / step, 0);
  if (count > slots.size) return [...slots.keys()].filter((start) => start >= from && start < to);
  const starts = new Set<number>();
  for (const step of steps) {
    for (let start = Math.ceil(from / step) * step; start < to; start += step) starts.add(start);
  }
  return starts;
}

function emptySeries(unit: string): Series {
  return { latest: instant(0), held: 0, unit, slots: new Map(), steps: new Set() };
}

function rollUp(series: Series, now: EpochMs): void {
  for (const [start, bag] of [...series.slots].sort(([a], [b]) => a - b)) {
    const ageMs = now - start;
    const rule = retention.findLast((each) => ageMs > each.afterMs && bag.resolutionMs < each.finerThanMs);
    if (ageMs <= forgetAfterMs && !rule) continue;
    series.slots.delete(start);
    if (ageMs > forgetAfterMs || !rule) {
      series.held -= sizeOf(bag);
      continue;
    }
    const target = floorTo(start, rule.toMs);
    const coarse = series.slots.get(target) ?? emptyBag(rule.toMs);
    pour(bag, coarse);
    series.slots.set(target, { ...coarse, resolutionMs: rule.toMs });
    series.steps.add(rule.toMs);
  }
}

function pour(from: Bag, into: Bag): void {
  for (const [index, value] of from.values.entries()) {
    into.values.push(value);
    into.counts.push(from.counts[index] ?? 1);
  }
  into.sets.push(...from.sets);
}

function addValue(bag: Bag, value: number, count: number): void {
  const last = bag.values.length - 1;
  if (last >= 0 && bag.values[last] === value) {
    bag.counts[last] = (bag.counts[last] ?? 0) + count;
    return;
  }
  bag.values.push(value);
  bag.counts.push(count);
}

function dropOldest(series: Series, target: number): void {
  for (const start of [...series.slots.keys()].sort((a, b) => a - b)) {
    if (series.held <= target) return;
    const bag = series.slots.get(start);
    if (bag) series.held -= sizeOf(bag);
    series.slots.delete(start);
  }
}

function emptyBag(resolutionMs: number): Bag {
  return { resolutionMs, values: [], counts: [], sets: [] };
}

function sizeOf(bag: Bag): number {
  return bag.values.length + bag.sets.length;
}

function keyOf({ namespace, metric, dimensions }: MetricIdentity): string {
  return JSON.stringify([namespace, metric, ...Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

export function floorTo(at: number, stepMs: number): number {
  return Math.floor(at / stepMs) * stepMs;
}
