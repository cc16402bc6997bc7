import { type EpochMs, instant, plus } from '../kernel/time.ts';

type Posting = { readonly marker: string; readonly since: number; readonly tries: number };

/** When a lost post is searched for, counted from the post, and how many of those searches this process has done. */
export type Searches = { readonly afterMs: readonly number[]; readonly done: number };

/** What to do with a message that has no ts yet. */
export type BeforePosting =
  | { readonly kind: 'post' }
  | { readonly kind: 'wait'; readonly until: EpochMs }
  | {
      readonly kind: 'search';
      readonly marker: string;
      readonly sinceMs: number;
      /** The how manyth search this is; one stands for those that were missed. */
      readonly search: number;
      /** True when finding nothing now means that it is not there and may be posted again. */
      readonly last: boolean;
      readonly nextSearchAt: EpochMs;
    };

/**
 * A message whose posting was begun and never confirmed may stand in the channel already. It is searched for once at each
 * of the delays (5 s and 30 s: Slack's history lags), and posted again only when the last search finds nothing.
 */
export function beforePosting(posting: Posting | undefined, now: EpochMs, searches: Searches): BeforePosting {
  const { afterMs, done } = searches;
  if (!posting || afterMs.length === 0) return { kind: 'post' };
  const begun = instant(posting.since);
  const due = afterMs.filter((after) => now >= begun + after).length;
  const last = due === afterMs.length;
  const nextSearchAt = plus(begun, afterMs[Math.min(due, afterMs.length - 1)] ?? 0);
  if (due === 0 || (due <= done && !last)) return { kind: 'wait', until: nextSearchAt };
  return { kind: 'search', marker: posting.marker, sinceMs: posting.since, search: due, last, nextSearchAt };
}
