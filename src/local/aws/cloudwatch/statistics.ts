import type { Bag } from './series.ts';

const simple = ['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount'] as const;

/** How the values of one period become one number. */
export type Statistic =
  | { readonly kind: (typeof simple)[number] }
  | { readonly kind: 'percentile'; readonly share: number };

/** `Average`, `Sum`, `Minimum`, `Maximum`, `SampleCount` or `p99.9`; undefined for what the stand-in does not compute. */
export function parseStatistic(text: string): Statistic | undefined {
  const kind = simple.find((each) => each === text);
  if (kind) return { kind };
  const percentile = /^p(\d{1,3}(?:\.\d{1,10})?)$/.exec(text);
  const percent = Number(percentile?.[1]);
  return percentile && percent <= 100 ? { kind: 'percentile', share: percent / 100 } : undefined;
}

/** Undefined when there is nothing to compute from: no values, or a percentile over pre-aggregated sets. */
export function statisticOf(bags: readonly Bag[], statistic: Statistic): number | undefined {
  const count = sampleCount(bags);
  if (count === 0) return undefined;
  switch (statistic.kind) {
    case 'SampleCount':
      return count;
    case 'Sum':
      return sumOf(bags);
    case 'Average':
      return sumOf(bags) / count;
    case 'Minimum':
      return extreme(bags, Math.min);
    case 'Maximum':
      return extreme(bags, Math.max);
    case 'percentile':
      return percentile(bags, statistic.share);
    default:
      return statistic satisfies never;
  }
}

export function sampleCount(bags: readonly Bag[]): number {
  let count = 0;
  for (const bag of bags) {
    for (const each of bag.counts) count += each;
    for (const set of bag.sets) count += set.count;
  }
  return count;
}

function sumOf(bags: readonly Bag[]): number {
  let sum = 0;
  for (const bag of bags) {
    for (const [index, value] of bag.values.entries()) sum += value * (bag.counts[index] ?? 1);
    for (const set of bag.sets) sum += set.sum;
  }
  return sum;
}

function extreme(bags: readonly Bag[], choose: (a: number, b: number) => number): number | undefined {
  let found: number | undefined;
  for (const bag of bags) {
    for (const value of bag.values) found = found === undefined ? value : choose(found, value);
    for (const set of bag.sets) {
      const own = choose(set.minimum, set.maximum);
      found = found === undefined ? own : choose(found, own);
    }
  }
  return found;
}

/** The smallest value that at least `share` of all samples do not exceed (nearest rank). */
function percentile(bags: readonly Bag[], share: number): number | undefined {
  const weighted: { value: number; count: number }[] = [];
  for (const bag of bags) {
    for (const [index, value] of bag.values.entries()) weighted.push({ value, count: bag.counts[index] ?? 1 });
    for (const set of bag.sets) {
      if (set.minimum !== set.maximum) return undefined;
      weighted.push({ value: set.minimum, count: set.count });
    }
  }
  weighted.sort((a, b) => a.value - b.value);
  const total = weighted.reduce((sum, { count }) => sum + count, 0);
  // Rounding guards 0.29 * 100 = 28.999999999999996, which would otherwise slip to the next rank.
  const rank = Math.max(1, Math.ceil(Number((share * total).toPrecision(12))));
  let seen = 0;
  for (const { value, count } of weighted) {
    seen += count;
    if (seen >= rank) return value;
  }
  return weighted.at(-1)?.value;
}
