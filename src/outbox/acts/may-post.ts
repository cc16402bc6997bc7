import type { EpochMs, Now } from '../../kernel/time.ts';
import type { Card } from '../card.ts';
import { beforePosting } from '../posting.ts';
import type { Posts } from './outbox-deps.ts';

/** Whether a message without a confirmed place may be posted: yes, no because it was found, or not before an instant. */
export type Allowed =
  | { readonly kind: 'post' }
  | { readonly kind: 'found'; readonly ts: string }
  | { readonly kind: 'wait'; readonly until: EpochMs };

export type Begun = { readonly id: string; readonly channel: string; readonly posting?: Card['posting'] };
export type MayPost = (item: Begun, threadTs: string | undefined) => Promise<Allowed>;

/** A post that was begun before and not confirmed is searched for in the history before anybody posts again. */
export function makeMayPost(deps: {
  readonly findByMarker: Posts['findByMarker'];
  readonly wall: Now;
  readonly searchAfterMs: readonly number[];
}): MayPost {
  // Another process that takes over searches once more; nothing is lost when this one forgets.
  const searched = new Map<string, { readonly since: number; readonly done: number }>();
  return async function mayPost(item, threadTs) {
    const before = searched.get(item.id);
    const done = before && before.since === item.posting?.since ? before.done : 0;
    const next = beforePosting(item.posting, deps.wall(), { afterMs: deps.searchAfterMs, done });
    if (next.kind !== 'search') return next;
    const { marker, sinceMs } = next;
    const ts = await deps.findByMarker({ channel: item.channel, threadTs, marker, sinceMs });
    if (ts === undefined && !next.last) {
      searched.set(item.id, { since: sinceMs, done: next.search });
      return { kind: 'wait', until: next.nextSearchAt };
    }
    searched.delete(item.id);
    return ts === undefined ? { kind: 'post' } : { kind: 'found', ts };
  };
}
