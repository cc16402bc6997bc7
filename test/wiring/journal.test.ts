import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Knocked } from '../../src/access/delivery.ts';
import { orderedIds } from '../../src/kernel/ids.ts';
import { type EpochMs, instant, plus } from '../../src/kernel/time.ts';
import { makeJournal } from '../../src/wiring/journal.ts';
import { openTestStore } from '../kit/dynamodb.ts';

/** What is taken at a door is never lost and never done twice. */
describe('the journal of the doors', () => {
  let test: Awaited<ReturnType<typeof openTestStore>>;
  let wall: EpochMs;
  let pressed: Knocked;
  let presses = 0;
  const givenUp: Knocked[] = [];
  const replica = () => {
    const { store } = test;
    const clocks = { wall: () => wall, domain: () => wall };
    return makeJournal({ store, commit: store.commit, clocks, newId: orderedIds(clocks.wall) } as never);
  };
  /** Of the press of this test: earlier ones have left theirs. */
  const mine = (taken: readonly Knocked[]): readonly Knocked[] =>
    taken.filter(({ trigger }) => trigger === pressed.trigger);
  /** Everything that is left over, one after the other. */
  const takeAll = async (journal = replica()): Promise<readonly Knocked[]> => {
    const taken: Knocked[] = [];
    for (let each = await journal.takeLeftOver(tell); each; each = await journal.takeLeftOver(tell)) taken.push(each);
    return taken;
  };
  const tell = (knocked: Knocked): void => void givenUp.push(knocked);
  const later = (ms: number): void => {
    wall = plus(wall, ms);
  };
  beforeAll(async () => {
    test = await openTestStore();
  });
  afterAll(() => test.close());
  beforeEach(() => {
    wall = instant(Date.UTC(2026, 10, 23, 9));
    presses += 1;
    pressed = {
      kind: 'press',
      user: 'U0BO',
      channel: 'C0PROMO',
      action: 'change.approve',
      id: 'C1',
      trigger: `t${presses}`,
    };
  });

  it('takes a trigger once among all replicas', async () => {
    const took = await Promise.all([replica().begin(pressed), replica().begin(pressed), replica().begin(pressed)]);
    expect(took.filter(Boolean)).toHaveLength(1);
  });

  it('leaves what is under way alone', async () => {
    await replica().begin(pressed);
    later(5_000);
    expect(mine(await takeAll())).toEqual([]);
  });

  it('gives what a fallen replica left to one other, word for word', async () => {
    await replica().begin(pressed);
    later(16_000);
    const taken = await Promise.all([takeAll(), takeAll()]);
    expect(mine(taken.flat())).toEqual([pressed]);
  });

  it('forgets what is finished', async () => {
    const journal = replica();
    await journal.begin(pressed);
    await journal.finish(pressed.trigger);
    later(60_000);
    expect(mine(await takeAll(journal))).toEqual([]);
    expect(await journal.begin(pressed)).toBe(false);
  });

  it('gives up on what has taken down three replicas', async () => {
    await replica().begin(pressed);
    const tries: number[] = [];
    for (let each = 0; each < 4; each += 1) {
      later(16_000);
      tries.push(mine(await takeAll()).length);
    }
    expect(tries).toEqual([1, 1, 0, 0]);
  });
});
