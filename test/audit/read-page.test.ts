import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { act, entryAt } from '../kit/acts.ts';
import { openTestStore, type TestStore } from '../kit/dynamodb.ts';
import { openTrail } from '../kit/trail.ts';

let world: TestStore;
let trail: ReturnType<typeof openTrail>;
beforeAll(async () => {
  world = await openTestStore();
  trail = openTrail(world);
  await trail.write(18);
  await trail.seal();
  await world.store.commit(act({ entries: [entryAt(world.clock.at, { sentence: 'Ana asked for C213.' })] }));
});
afterAll(() => world.close());

const linesOf = (page: Awaited<ReturnType<typeof trail.readPage>>) => page.lines.map(({ line }) => line);

describe('a chain is read newest first', () => {
  it('a line that is not sealed yet has no number and is counted all the same', async () => {
    const page = await trail.readPage('promo');
    expect(linesOf(page)).toEqual([undefined, 18, 17, 16, 15, 14, 13, 12]);
    expect(page.lines[0]?.entry.sentence).toBe('Ana asked for C213.');
    expect(page.total).toBe(19);
  });

  it('page after page, each entry once, to the oldest', async () => {
    const first = await trail.readPage('promo');
    const second = await trail.readPage('promo', first.older);
    const third = await trail.readPage('promo', second.older);
    expect([...linesOf(second), ...linesOf(third)]).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(third.older).toBeUndefined();
  });

  it('an unknown chain is an empty page', async () => {
    expect(await trail.readPage('nobody')).toEqual({ chain: 'nobody', lines: [], total: 0, older: undefined });
  });
});

describe('entries within two ids', () => {
  it('neither end is included, in either direction', async () => {
    const all = await world.store.audit.entries('promo', { limit: 100 });
    const range = { after: all[2]?.id, before: all[6]?.id };
    const middle = all.slice(3, 6);
    expect(await world.store.audit.entries('promo', { ...range, limit: 100 })).toEqual(middle);
    expect(await world.store.audit.entries('promo', { ...range, limit: 2, newestFirst: true })).toEqual(
      middle.reverse().slice(0, 2),
    );
    expect(await world.store.audit.entries('promo', { after: all[2]?.id, before: all[2]?.id, limit: 9 })).toEqual([]);
  });
});
