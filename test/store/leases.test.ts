import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plus } from '../../src/kernel/time.ts';
import type { Lease } from '../../src/store/leases.ts';
import { openTestStore, type TestStore } from '../kit/dynamodb.ts';
import { openFaultyWire } from '../kit/faulty-wire.ts';

let world: TestStore;
beforeAll(async () => {
  world = await openTestStore();
});
afterAll(() => world.close());

const ttlMs = 10_000;
const pass = (ms: number) => {
  world.clock.at = plus(world.clock.at, ms);
};

async function taken(name: string, holder: string): Promise<Lease> {
  const lease = await world.store.leases.take(name, holder, ttlMs);
  if (!lease) throw new Error(`${holder} did not get ${name}`);
  return lease;
}

describe('a lease has one holder', () => {
  it('of many who try at once', async () => {
    const tries = Array.from({ length: 20 }, (_, n) => world.store.leases.take('rush', `replica-${n}`, ttlMs));
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
  });

  it('and nobody else, not even under the same name, until it runs out', async () => {
    await taken('sealer', 'a');
    expect(await world.store.leases.take('sealer', 'b', ttlMs)).toBeUndefined();
    expect(await world.store.leases.take('sealer', 'a', ttlMs)).toBeUndefined();
    pass(ttlMs);
    expect(await world.store.leases.take('sealer', 'b', ttlMs)).toBeDefined();
  });

  it('renewed in time it goes on', async () => {
    const lease = await taken('long', 'a');
    pass(ttlMs - 1);
    expect(await lease.renew()).toBe(true);
    pass(ttlMs - 1);
    expect(await world.store.leases.take('long', 'b', ttlMs)).toBeUndefined();
  });

  it('released it is free at once', async () => {
    await (await taken('short', 'a')).release();
    await taken('short', 'b');
  });
});

describe('a lease that was taken over', () => {
  it('has a greater fence, and the old holder learns that it is lost', async () => {
    const old = await taken('over', 'a');
    pass(ttlMs);
    const next = await taken('over', 'b');
    expect(next.fence).toBeGreaterThan(old.fence);
    expect(await old.renew()).toBe(false);
  });

  it('is not let go by the late release of the old holder', async () => {
    const old = await taken('late', 'a');
    pass(ttlMs);
    await taken('late', 'b');
    await old.release();
    expect(await world.store.leases.take('late', 'c', ttlMs)).toBeUndefined();
  });

  it('goes on growing its fence over release', async () => {
    const first = await taken('fence', 'a');
    await first.release();
    expect((await taken('fence', 'a')).fence).toBe(first.fence + 1);
    expect(await first.renew()).toBe(false);
  });
});

describe('a taking whose answer was lost', () => {
  it('is not lost to the one who took it', async () => {
    const wire = await openFaultyWire(world.url);
    wire.next('UpdateItem', { kind: 'lose-answer' });
    const lease = await world.replica(wire.url, 3).leases.take('lost', 'a', ttlMs);
    expect(await lease?.renew()).toBe(true);
    await wire.close();
  });
});
