import { type EpochMs, instant, plus } from '../kernel/time.ts';

type Posting = { readonly marker: string; readonly since: number; readonly tries: number };

/** What to do with a message that has no ts yet. */
export type BeforePosting =
  | { readonly kind: 'post' }
  | { readonly kind: 'wait'; readonly until: EpochMs }
  | {
      readonly kind: 'search';
      readonly marker: string;
      readonly sinceMs: number;
      /** True when finding nothing now means that it is not there and may be posted again. */
      readonly last: boolean;
      readonly nextSearchAt: EpochMs;
    };

/**
 * A message whose posting was begun and never confirmed may stand in the channel already. It is searched for at the given
 * delays after the post (5 s and 30 s: Slack's history lags), and posted again only when the last search finds nothing.
 */
export function beforePosting(
  posting: Posting | undefined,
  now: EpochMs,
  searchAfterMs: readonly number[],
): BeforePosting {
  if (!posting) return { kind: 'post' };
  const begun = instant(posting.since);
  const due = searchAfterMs.filter((after) => now >= begun + after).length;
  if (due === 0) return { kind: 'wait', until: plus(begun, searchAfterMs[0] ?? 0) };
  const last = due === searchAfterMs.length;
  const nextSearchAt = plus(begun, searchAfterMs[Math.min(due, searchAfterMs.length - 1)] ?? 0);
  return { kind: 'search', marker: posting.marker, sinceMs: posting.since, last, nextSearchAt };
}
