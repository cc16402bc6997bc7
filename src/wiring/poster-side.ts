import { drawNote } from '../../blocks/notes.ts';
import { actId } from '../kernel/ids.ts';
import { put } from '../ledger/kind.ts';
import { makePostCards } from '../outbox/acts/post-cards.ts';
import { type Card, Notes } from '../outbox/card.ts';
import { type Poster, startPoster } from '../slack/poster.ts';
import type { SlackSide } from './connect-slack.ts';
import { makeDraw } from './draw.ts';
import type { Ground } from './ground.ts';

const pollEveryMs = 1_000;

/** Starts the poster on the store's outbox. `searchAfterMs`: when a lost answer is looked for in the history. */
export function startOutbox(ground: Ground, slack: Pick<SlackSide, 'posts'>, searchAfterMs: readonly number[]): Poster {
  const { store, clocks, commit, config, holder, newId, log } = ground;
  const notesDue = (channel?: string) => store.listOpen(Notes, channel);
  const wantAgain = async ({ subject, channel }: Card): Promise<void> => {
    await commit({ id: actId(`redraw/${newId()}`), puts: [], entries: [], cards: [{ subject, channel }] });
  };
  const postNext = makePostCards({
    cards: { ...store.cards, wantAgain },
    notes: {
      due: async (channel) => [...(await notesDue(channel))].sort((a, b) => (a.value.id < b.value.id ? -1 : 1)),
      save: async (note, expected) =>
        (
          await commit({
            id: actId(`note/${note.id}/${expected}`),
            puts: [put(Notes, note, expected)],
            entries: [],
            cards: [],
          })
        ).ok,
    },
    draw: makeDraw(store.find),
    drawNote,
    posts: slack.posts,
    wall: clocks.wall,
    onBroken: (id, error) => log.error({ id, error }, 'a card or note cannot be posted'),
    onPlain: (id, error) => log.error({ id, error }, 'Slack did not take a card as drawn; its text was sent alone'),
    searchAfterMs,
  });
  return startPoster({
    channelsDue: async () => {
      const [cards, notes] = await Promise.all([store.cards.due(), notesDue()]);
      return [...new Set([...cards.map((card) => card.channel), ...notes.map((note) => note.value.channel)])];
    },
    postNext,
    takeLease: (channel) => store.leases.take(`poster:${channel}`, holder, config.store.leaseMs),
    wall: clocks.wall,
    postEveryMs: config.slack.postEveryMs,
    pollEveryMs,
    onTrouble: (channel, error) => log.warn({ channel, error }, 'posting waits'),
  });
}
