import { Fault } from '../../kernel/fault.ts';
import { type EpochMs, type Now, plus } from '../../kernel/time.ts';
import type { Versioned } from '../../ledger/kind.ts';
import type { Card, Note, Subject } from '../card.ts';
import type { DrawnMessage } from '../message.ts';
import { beforePosting } from '../posting.ts';

/** What the outbox needs of Slack. Every failure is a Fault; `ambiguous` when the message may be there all the same. */
export type Posts = {
  readonly post: (wish: {
    readonly channel: string;
    readonly threadTs?: string | undefined;
    readonly broadcast: boolean;
    readonly marker: string;
    readonly message: DrawnMessage;
  }) => Promise<{ readonly ts: string }>;
  readonly edit: (wish: {
    readonly channel: string;
    readonly ts: string;
    readonly message: DrawnMessage;
  }) => Promise<void>;
  readonly findByMarker: (wish: {
    readonly channel: string;
    readonly threadTs?: string | undefined;
    readonly marker: string;
    readonly sinceMs: number;
  }) => Promise<string | undefined>;
};

export type OutboxDeps = {
  readonly cards: {
    readonly due: (channel?: string) => Promise<readonly Card[]>;
    readonly find: (id: string) => Promise<Card | undefined>;
    readonly markPosting: (
      card: Card,
      posting: { readonly marker: string; readonly since: EpochMs },
    ) => Promise<boolean>;
    /** The post is known not to be there (Slack refused it): the next one needs no search. */
    readonly forgetPosting: (card: Card) => Promise<void>;
    readonly markDrawn: (card: Card, drawn: { readonly ts: string; readonly drawn: number }) => Promise<boolean>;
  };
  readonly notes: {
    readonly due: (channel?: string) => Promise<readonly Versioned<Note>[]>;
    readonly save: (note: Note, expected: number) => Promise<boolean>;
  };
  /** Draws the present state of a card's subject; undefined when there is nothing to show any more. */
  readonly draw: (subject: Subject) => Promise<DrawnMessage | undefined>;
  readonly drawNote: (note: Note) => DrawnMessage;
  readonly posts: Posts;
  readonly wall: Now;
  /** One item that cannot be drawn or that Slack will never take must not silence its channel: it is told here and passed over. */
  readonly onBroken: (id: string, error: unknown) => void;
  /** When to look in the history after an ambiguous post, counted from the post. The last one allows a new post. */
  readonly searchAfterMs: readonly number[];
};

/** What became of one look at a channel: whether something was sent, and when to look again at the earliest. */
export type Drained = { readonly sent: boolean; readonly waitUntil?: EpochMs | undefined };

/**
 * Brings one channel up to date by one message: the oldest card that needs drawing, else the next note whose card stands.
 * The caller holds the channel's lease and keeps Slack's pace; one message a call, so that the lease can be renewed between.
 */
export function makePostCards(deps: OutboxDeps) {
  return async function postNext(channel: string): Promise<Drained> {
    let waitUntil: EpochMs | undefined;
    for (const card of await deps.cards.due(channel)) {
      const drained = await unlessBroken(deps, card.id, () => drawCard(deps, card));
      if (drained.sent) return drained;
      waitUntil = earliest(waitUntil, drained.waitUntil);
    }
    for (const note of await deps.notes.due(channel)) {
      const drained = await unlessBroken(deps, note.value.id, () => postNote(deps, note));
      if (drained.sent) return drained;
      waitUntil = earliest(waitUntil, drained.waitUntil);
    }
    return { sent: false, waitUntil };
  };
}

async function unlessBroken(deps: OutboxDeps, id: string, send: () => Promise<Drained>): Promise<Drained> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof Fault && error.retryable) throw error;
    deps.onBroken(id, error);
    return { sent: false };
  }
}

async function drawCard(deps: OutboxDeps, card: Card): Promise<Drained> {
  const message = await deps.draw(card.subject);
  if (!message) {
    await deps.cards.markDrawn(card, { ts: card.ts ?? '', drawn: card.wanted });
    return { sent: false };
  }
  if (card.ts !== undefined) {
    await deps.posts.edit({ channel: card.channel, ts: card.ts, message });
    await deps.cards.markDrawn(card, { ts: card.ts, drawn: card.wanted });
    return { sent: true };
  }
  const allowed = await mayPost(deps, card, undefined);
  if (allowed.kind === 'found') {
    await deps.cards.markDrawn(card, { ts: allowed.ts, drawn: 0 });
    return { sent: true };
  }
  if (allowed.kind === 'wait') return { sent: false, waitUntil: allowed.until };
  const since = deps.wall();
  if (!(await deps.cards.markPosting(card, { marker: card.id, since }))) return { sent: false };
  const posted = await postOrWait(deps, {
    post: () => deps.posts.post({ channel: card.channel, broadcast: false, marker: card.id, message }),
    refused: () => deps.cards.forgetPosting(card),
  });
  if (!posted.ts) return { sent: false, waitUntil: posted.waitUntil };
  await deps.cards.markDrawn(card, { ts: posted.ts, drawn: card.wanted });
  return { sent: true };
}

async function postNote(deps: OutboxDeps, note: Versioned<Note>): Promise<Drained> {
  const card = await deps.cards.find(note.value.card);
  if (!card?.ts) return { sent: false };
  const allowed = await mayPost(deps, note.value, card.ts);
  if (allowed.kind === 'found') {
    await deps.notes.save({ ...note.value, posted: { ts: allowed.ts } }, note.version);
    return { sent: true };
  }
  if (allowed.kind === 'wait') return { sent: false, waitUntil: allowed.until };
  const tries = (note.value.posting?.tries ?? 0) + 1;
  const begun: Note = { ...note.value, posting: { marker: note.value.id, since: deps.wall(), tries } };
  if (!(await deps.notes.save(begun, note.version))) return { sent: false };
  const posted = await postOrWait(deps, {
    post: () =>
      deps.posts.post({
        channel: card.channel,
        threadTs: card.ts,
        broadcast: note.value.broadcast,
        marker: note.value.id,
        message: deps.drawNote(note.value),
      }),
    refused: async () => {
      await deps.notes.save({ ...begun, posting: undefined }, note.version + 1);
    },
  });
  if (!posted.ts) return { sent: false, waitUntil: posted.waitUntil };
  await deps.notes.save({ ...begun, posted: { ts: posted.ts } }, note.version + 1);
  return { sent: true };
}

type Allowed = { kind: 'post' } | { kind: 'found'; ts: string } | { kind: 'wait'; until: EpochMs };
type Begun = { readonly id: string; readonly channel: string; readonly posting?: Card['posting'] };

/** A post that was begun before and not confirmed is searched for in the history before anybody posts again. */
async function mayPost(deps: OutboxDeps, item: Begun, threadTs: string | undefined): Promise<Allowed> {
  const next = beforePosting(item.posting, deps.wall(), deps.searchAfterMs);
  if (next.kind === 'post') return next;
  if (next.kind === 'wait') return { kind: 'wait', until: next.until };
  const ts = await deps.posts.findByMarker({
    channel: item.channel,
    threadTs,
    marker: next.marker,
    sinceMs: next.sinceMs,
  });
  if (ts !== undefined) return { kind: 'found', ts };
  return next.last ? { kind: 'post' } : { kind: 'wait', until: next.nextSearchAt };
}

/** Posts. After a lost answer the message may stand there, so a search comes first; after a refusal it does not. */
async function postOrWait(
  deps: OutboxDeps,
  wish: { readonly post: () => Promise<{ readonly ts: string }>; readonly refused: () => Promise<void> },
): Promise<{ readonly ts?: string; readonly waitUntil?: EpochMs }> {
  try {
    return await wish.post();
  } catch (error) {
    if (error instanceof Fault && error.ambiguous) return { waitUntil: plus(deps.wall(), deps.searchAfterMs[0] ?? 0) };
    await wish.refused();
    throw error;
  }
}

function earliest(a: EpochMs | undefined, b: EpochMs | undefined): EpochMs | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}
