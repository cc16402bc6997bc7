import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeByOneReplica } from '../../src/incidents/acts/by-one-replica.ts';
import { plus } from '../../src/kernel/time.ts';
import { openTestStore, type TestStore } from '../kit/dynamodb.ts';

const ttlMs = 60_000;
let world: TestStore;
beforeAll(async () => {
  world = await openTestStore();
});
afterAll(() => world.close());

/** Replicas at one work; `worked` says who did it, in order. */
function replicas(name: string, ...holders: readonly string[]) {
  const worked: string[] = [];
  const asked: string[] = [];
  const rounds = holders.map((holder) => {
    const take = async () => {
      asked.push(holder);
      return await world.replica().leases.take(name, holder, ttlMs);
    };
    const byOne = makeByOneReplica({ take, ttlMs, wall: () => world.clock.at });
    return byOne(async () => void worked.push(holder));
  });
  return { worked, asked, rounds };
}

const pass = (ms: number): void => {
  world.clock.at = plus(world.clock.at, ms);
};

describe('of two replicas, one asks the sources', () => {
  it('the same one, beat after beat', async () => {
    const { worked, rounds } = replicas('steady', 'a', 'b');
    for (let beat = 0; beat < 20; beat += 1) {
      for (const round of rounds) await round();
      pass(10_000);
    }
    expect(worked).toEqual(Array.from({ length: 20 }, () => 'a'));
  });

  it('the other one when the first has fallen', async () => {
    const { worked, rounds } = replicas('fallen', 'a', 'b');
    const [a, b] = rounds;
    await a?.();
    await b?.();
    pass(ttlMs - 1);
    await b?.();
    expect(worked).toEqual(['a']);
    pass(ttlMs);
    await b?.();
    await a?.();
    expect(worked).toEqual(['a', 'b']);
  });

  it('and the store is asked twice in the life of a lease, not at every beat', async () => {
    const { asked, rounds } = replicas('seldom', 'a', 'b');
    for (let second = 0; second < 60; second += 1) {
      for (const round of rounds) await round();
      pass(1_000);
    }
    expect(asked).toEqual(['a', 'b', 'b']);
  });
});
