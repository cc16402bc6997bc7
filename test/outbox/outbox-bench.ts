import { Fault } from '../../src/kernel/fault.ts';
import { type EpochMs, instant, plus } from '../../src/kernel/time.ts';
import { put } from '../../src/ledger/kind.ts';
import { makePostCards, type OutboxDeps, type Posts } from '../../src/outbox/acts/post-cards.ts';
import { type Card, cardId, type Note, Notes } from '../../src/outbox/card.ts';
import type { DrawnMessage } from '../../src/outbox/message.ts';
import type { Store } from '../../src/store/open-store.ts';
import { act } from '../kit/acts.ts';

/** What the channel does to the next call: takes it and loses the answer, loses the call, or refuses with a word. */
export type Mishap =
  | { readonly kind: 'answer-lost' }
  | { readonly kind: 'call-lost' }
  | { readonly kind: 'refused'; readonly fault: Fault };

export type Shown = {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | undefined;
  readonly broadcast: boolean;
  readonly marker: string;
  message: DrawnMessage;
};

/** Channels in memory that behave as Slack's: stamps grow, edits replace, what was lost can be found by its marker. */
export function openChannels(wall: () => EpochMs) {
  const shown: Shown[] = [];
  const calls: { readonly kind: 'post' | 'edit' | 'search'; readonly at: EpochMs; readonly text: string }[] = [];
  const coming: { readonly on: 'post' | 'edit' | 'search'; readonly mishap: Mishap }[] = [];
  let stamp = 0;

  function meet(kind: 'post' | 'edit' | 'search', text: string): Mishap | undefined {
    calls.push({ kind, at: wall(), text });
    const place = coming.findIndex(({ on }) => on === kind);
    const mishap = place < 0 ? undefined : coming.splice(place, 1)[0]?.mishap;
    if (mishap?.kind === 'refused') throw mishap.fault;
    if (mishap?.kind === 'call-lost') throw lost();
    return mishap;
  }

  const posts: Posts = {
    post: async ({ channel, threadTs, broadcast, marker, message }) => {
      const mishap = meet('post', message.text);
      stamp += 1;
      const ts = `${Math.floor(wall() / 1_000)}.${String(stamp).padStart(6, '0')}`;
      shown.push({ channel, ts, threadTs, broadcast, marker, message });
      if (mishap) throw lost();
      return { ts };
    },
    edit: async ({ channel, ts, message }) => {
      const mishap = meet('edit', message.text);
      const place = shown.findIndex((one) => one.channel === channel && one.ts === ts);
      const old = shown[place];
      if (!old) throw new Fault('slack-message-not-found', 'Slack refused chat.update: message_not_found');
      shown[place] = { ...old, message };
      if (mishap) throw lost();
    },
    findByMarker: async ({ channel, threadTs, marker, sinceMs }) => {
      meet('search', marker);
      const isIt = (one: Shown): boolean =>
        one.channel === channel && one.threadTs === threadTs && one.marker === marker;
      return shown.find((one) => isIt(one) && Number(one.ts) * 1_000 >= sinceMs - 60_000)?.ts;
    },
  };

  return {
    posts,
    calls,
    shown: (channel = 'C0PROMO') => shown.filter((one) => one.channel === channel),
    texts: (channel = 'C0PROMO') => shown.filter((one) => one.channel === channel).map(({ message }) => message.text),
    /** The next `times` calls of a kind meet with this. */
    next: (on: 'post' | 'edit' | 'search', mishap: Mishap, times = 1) => {
      for (let time = 0; time < times; time += 1) coming.push({ on, mishap });
    },
    remove: (ts: string) => {
      const place = shown.findIndex((one) => one.ts === ts);
      shown.splice(place, 1);
    },
  };
}

export const lost = (): Fault =>
  new Fault('slack-no-answer', 'Slack gave no answer', { retryable: true, ambiguous: true });
export const refusal = (word: string): Fault => new Fault(`slack-${word}`, `Slack refused: ${word}`);

/** What a subject says now, by id. A face draws it; `broken` is one that no face can draw. */
export function openOutbox(store: Store, clock: { at: EpochMs }) {
  const says = new Map<string, string>();
  const channels = openChannels(() => clock.at);
  const broken: string[] = [];
  const plain: string[] = [];

  const words = (text: string): DrawnMessage => ({ text, blocks: [{ type: 'divider' }] });

  const deps = (more: Partial<OutboxDeps> = {}): OutboxDeps => ({
    cards: {
      ...store.cards,
      wantAgain: async ({ subject, channel }: Card) => {
        await store.commit(act({ cards: [{ subject, channel }] }));
      },
    },
    notes: {
      due: async (channel) =>
        [...(await store.listOpen(Notes, channel))].sort((a, b) => (a.value.id < b.value.id ? -1 : 1)),
      save: async (note, expected) => (await store.commit(act({ puts: [put(Notes, note, expected)] }))).ok,
    },
    draw: async ({ id }) => {
      const text = says.get(id);
      if (text === 'broken') throw new TypeError('this face cannot draw');
      return text === undefined ? undefined : words(text);
    },
    drawNote: (note) => words(String(note.facts.says)),
    posts: channels.posts,
    wall: () => clock.at,
    onBroken: (id) => broken.push(id),
    onPlain: (id) => plain.push(id),
    searchAfterMs: [5_000, 30_000],
    ...more,
  });

  return {
    ...channels,
    broken,
    plain,
    deps,
    says,
    /** A poster's hands: one message a call. */
    hands: (more: Partial<OutboxDeps> = {}) => makePostCards(deps(more)),
    /** The subject says something new, and its card wants drawing. */
    tell: async (id: string, text: string, channel = 'C0PROMO') => {
      says.set(id, text);
      await store.commit(act({ cards: [{ subject: { kind: 'incident', id }, channel }] }));
    },
    note: async (id: string, on: string, more: Partial<Note> = {}) => {
      const note: Note = {
        id,
        card: cardId({ kind: 'incident', id: on }),
        channel: 'C0PROMO',
        face: 'incident-opener',
        schema: 1,
        facts: { says: `note ${id}` },
        broadcast: false,
        ...more,
      };
      await store.commit(act({ puts: [put(Notes, note, 0)] }));
    },
    card: async (id: string): Promise<Card> => {
      const found = await store.cards.find(cardId({ kind: 'incident', id }));
      if (!found) throw new Error(`no card of ${id}`);
      return found;
    },
    pass: (ms: number) => {
      clock.at = plus(clock.at, ms);
    },
  };
}

export type Outbox = ReturnType<typeof openOutbox>;

/** Calls the hands until they have nothing to send, as a poster does. */
export async function drainAll(hands: ReturnType<Outbox['hands']>, channel = 'C0PROMO') {
  for (let sent = 0; ; sent += 1) {
    const drained = await hands(channel);
    if (!drained.sent) return { sent, waitUntil: drained.waitUntil };
    if (sent > 100) throw new Error('the outbox never comes to an end');
  }
}

export const seconds = (from: EpochMs, count: number): EpochMs => instant(from + count * 1_000);
