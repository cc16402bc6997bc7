import { Fault } from '../../kernel/fault.ts';
import type { EpochMs } from '../../kernel/time.ts';
import { makePassedOver, type PassedOver } from '../passed-over.ts';
import { makeDrawCard } from './draw-card.ts';
import { makeMayPost } from './may-post.ts';
import type { Drained, OutboxDeps } from './outbox-deps.ts';
import { makePostNote } from './post-note.ts';

export type { Drained, OutboxDeps, Posts } from './outbox-deps.ts';

/**
 * Brings one channel up to date by one message: the first card that needs drawing, else the next note whose card stands.
 * The caller holds the channel's lease and keeps Slack's pace; one message a call, so that the lease can be renewed between.
 */
export function makePostCards(deps: OutboxDeps) {
  const over = makePassedOver(deps.wall);
  const ground = {
    ...deps,
    mayPost: makeMayPost({
      findByMarker: deps.posts.findByMarker,
      wall: deps.wall,
      searchAfterMs: deps.searchAfterMs,
    }),
  };
  const drawCard = makeDrawCard(ground);
  const postNote = makePostNote(ground);

  async function nextCard(channel: string): Promise<Drained> {
    let waitUntil: EpochMs | undefined;
    for (const card of await deps.cards.due(channel)) {
      if (over.rests(card.id, card.wanted)) continue;
      const item = { id: card.id, wanted: card.wanted };
      const drained = await unlessBroken(item, () => drawCard(card), { over, onBroken: deps.onBroken });
      if (drained.sent) return drained;
      waitUntil = earliest(waitUntil, drained.waitUntil);
    }
    return { sent: false, waitUntil };
  }

  /** Notes of one card keep their order: behind one that waits nothing goes; behind one that is refused the rest goes on. */
  async function nextNote(channel: string): Promise<Drained> {
    let waitUntil: EpochMs | undefined;
    const waiting = new Set<string>();
    for (const note of await deps.notes.due(channel)) {
      const { id, card } = note.value;
      if (waiting.has(card)) continue;
      const rest = over.rests(id, 0);
      const drained: Drained & { readonly isBroken?: boolean } = rest
        ? { sent: false, isBroken: rest.isFinal }
        : await unlessBroken({ id, wanted: 0 }, () => postNote(note), { over, onBroken: deps.onBroken });
      if (drained.sent) return drained;
      if (!drained.isBroken) waiting.add(card);
      waitUntil = earliest(waitUntil, drained.waitUntil);
    }
    return { sent: false, waitUntil };
  }

  return async function postNext(channel: string): Promise<Drained> {
    const cards = await nextCard(channel);
    if (cards.sent) return cards;
    const notes = await nextNote(channel);
    return notes.sent ? notes : { sent: false, waitUntil: earliest(cards.waitUntil, notes.waitUntil) };
  };
}

type Item = { readonly id: string; readonly wanted: number };

/** What is refused is told and passed over. Trouble of Slack or the store ends the look, and the item goes to the back. */
async function unlessBroken(
  { id, wanted }: Item,
  send: () => Promise<Drained>,
  { over, onBroken }: { readonly over: PassedOver; readonly onBroken: OutboxDeps['onBroken'] },
): Promise<Drained & { readonly isBroken?: boolean }> {
  try {
    const drained = await send();
    if (drained.sent) over.forget(id);
    return drained;
  } catch (error) {
    const passes = error instanceof Fault && error.retryable;
    if (!(passes && isRateLimit(error))) over.add(id, wanted, !passes);
    if (passes) throw error;
    onBroken(id, error);
    return { sent: false, isBroken: true };
  }
}

/** A rate limit says nothing about the message: it stays the next one. */
function isRateLimit(fault: Fault): boolean {
  return fault.code === 'slack-rate-limited';
}

function earliest(a: EpochMs | undefined, b: EpochMs | undefined): EpochMs | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}
