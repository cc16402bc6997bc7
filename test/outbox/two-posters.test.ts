import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { wallNow } from '../../src/kernel/time.ts';
import { Notes } from '../../src/outbox/card.ts';
import { startPoster } from '../../src/slack/poster.ts';
import { openTestStore, type TestStore } from '../kit/dynamodb.ts';
import { openOutbox } from './outbox-bench.ts';

let world: TestStore;
beforeAll(async () => {
  world = await openTestStore();
});
afterAll(() => world.close());

const channel = 'C0PROMO';

describe('two replicas post from one outbox', () => {
  it('every card and note stands once, in order, and never two messages are sent at once', async () => {
    const box = openOutbox(world.store, world.clock);
    let sending = 0;
    let most = 0;
    const post = async (wish: Parameters<typeof box.posts.post>[0]) => {
      sending += 1;
      most = Math.max(most, sending);
      await new Promise((resolve) => setImmediate(resolve));
      const posted = await box.posts.post(wish);
      sending -= 1;
      return posted;
    };
    const troubles: unknown[] = [];
    const start = (holder: string) => {
      const store = world.replica();
      return startPoster({
        channelsDue: async () => [
          ...new Set([...(await store.cards.due()), ...(await notes())].map((one) => one.channel)),
        ],
        postNext: box.hands({ posts: { ...box.posts, post } }),
        takeLease: (name) => store.leases.take(`poster:${name}`, holder, 10_000),
        wall: wallNow,
        postEveryMs: 0,
        pollEveryMs: 10,
        onTrouble: (_, error) => troubles.push(error),
      });
    };
    const notes = async () => (await world.store.listOpen(Notes)).map(({ value }) => value);
    const names = Array.from({ length: 12 }, (_, place) => `I${place}`);
    const posters = [start('a'), start('b')];
    await Promise.all(
      names.map(async (name) => {
        await box.tell(name, `card ${name}`);
        await box.note(`${name}-1`, name);
        await box.note(`${name}-2`, name);
        await box.tell(name, `card ${name}, changed`);
        for (const poster of posters) poster.wake();
      }),
    );
    await vi.waitFor(async () => {
      expect(await world.store.cards.due(channel)).toEqual([]);
      expect(await notes()).toEqual([]);
    }, 10_000);
    await Promise.all(posters.map((poster) => poster.stop()));
    const markers = box.shown().map(({ marker }) => marker);
    expect(markers).toHaveLength(36);
    expect(new Set(markers).size).toBe(36);
    expect(most).toBe(1);
    expect(troubles).toEqual([]);
    for (const name of names) {
      const card = await box.card(name);
      const thread = box.shown().filter((one) => one.threadTs === card.ts);
      expect(box.shown().find((one) => one.ts === card.ts)?.message.text).toBe(`card ${name}, changed`);
      expect(thread.map(({ marker }) => marker)).toEqual([`${name}-1`, `${name}-2`]);
    }
  });
});
