import type { Now } from '../../kernel/time.ts';

const minuteMs = 60_000;

/**
 * Anybody may post to a public door, so its refusals must not be able to fill the trail: of each kind the first in a minute
 * is written, the others are counted and told with the next one that is written. The count lives in this process only.
 */
export function makeRefusalCount(wall: Now) {
  const kinds = new Map<string, { until: number; unwritten: number }>();
  /** Undefined: only count it. A number: write it, with so many of its kind before that were only counted. */
  return function refusalsToTell(kind: string): number | undefined {
    const at = wall();
    const seen = kinds.get(kind);
    if (seen && at < seen.until) {
      seen.unwritten += 1;
      return undefined;
    }
    kinds.set(kind, { until: at + minuteMs, unwritten: 0 });
    return seen?.unwritten ?? 0;
  };
}
