import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSealChains } from '../../src/audit/acts/seal-chains.ts';
import { CheckpointCopies } from '../../src/audit/chain-state.ts';
import { sealAfter } from '../../src/audit/seal.ts';
import { makeSigner, newSigningKey } from '../../src/kernel/signing.ts';
import { plus } from '../../src/kernel/time.ts';
import { act, entryAt } from '../kit/acts.ts';
import { openTestStore, type TestStore } from '../kit/dynamodb.ts';
import { openTrail } from '../kit/trail.ts';

let world: TestStore;
let trail: ReturnType<typeof openTrail>;
beforeEach(async () => {
  world = await openTestStore();
  trail = openTrail(world);
});
afterEach(() => world.close());

const pass = (ms: number) => {
  world.clock.at = plus(world.clock.at, ms);
};
const sealedIds = async (chain = 'promo') =>
  (await world.store.audit.seals(chain, 1, 1_000)).map((seal) => seal.entryId);

describe('the sealer gives every entry its line', () => {
  it('in the order of their ids, each chain by itself', async () => {
    const promo = await trail.write(3);
    const house = await trail.write(2, '_house');
    expect(await world.store.audit.chains()).toEqual(['_house', 'promo']);
    expect(await trail.seal()).toMatchObject({ lines: 5 });
    expect(await sealedIds()).toEqual(promo.map(({ id }) => id));
    expect(await sealedIds('_house')).toEqual(house.map(({ id }) => id));
    expect(await world.store.audit.lastSeal('promo')).toMatchObject({ seq: 3, entryId: promo[2]?.id });
    expect(await world.store.audit.chains()).toEqual(['_house', 'promo']);
  });

  it('only after it has settled for five seconds', async () => {
    const entry = entryAt(world.clock.at);
    await world.store.commit(act({ entries: [entry] }));
    pass(4_999);
    expect(await trail.seal()).toMatchObject({ lines: 0 });
    pass(1);
    expect(await trail.seal()).toMatchObject({ lines: 1 });
  });

  it('also when it arrives after younger ones were sealed: the order of sealing is the order of the chain', async () => {
    const late = entryAt(world.clock.at);
    const [young] = await trail.write(1);
    await trail.seal();
    await world.store.commit(act({ entries: [late] }));
    await trail.seal();
    expect(await sealedIds()).toEqual([young?.id, late.id]);
    expect((await trail.verify('promo'))[0]).toMatchObject({ lines: 2, unsealed: [], firstBad: undefined });
  });

  it('in several transactions when there are many', async () => {
    const entries = await trail.write(95);
    expect(await trail.seal()).toMatchObject({ lines: 95 });
    expect(await sealedIds()).toEqual(entries.map(({ id }) => id));
  });

  it('once, however often it runs', async () => {
    await trail.write(3);
    await trail.seal();
    expect(await trail.seal()).toEqual({ lines: 0, checkpoints: [] });
    expect(await sealedIds()).toHaveLength(3);
  });
});

describe('two sealers', () => {
  it('one works, the other is told that somebody does', async () => {
    await trail.write(10);
    const runs = await Promise.all([trail.sealer('a')(), trail.sealer('b', world.replica())()]);
    expect(runs.filter((run) => run === undefined)).toHaveLength(1);
    expect(new Set(await sealedIds()).size).toBe(10);
  });

  it('without any lease between them still seal each entry once', async () => {
    const entries = await trail.write(30);
    const unleashed = (fence: number) =>
      makeSealChains({
        ...world.replica().audit,
        find: world.store.find,
        commit: world.store.commit,
        takeLease: async () => ({ fence, renew: async () => true, release: async () => {} }),
        announce: async () => {},
        signer: makeSigner(newSigningKey()),
        wall: () => world.clock.at,
      });
    await Promise.all([unleashed(1)(), unleashed(1)(), unleashed(1)()]);
    expect(await sealedIds()).toEqual(entries.map(({ id }) => id));
    expect((await trail.verify('promo'))[0]).toMatchObject({ lines: 30, unsealed: [] });
  });

  it('one with an older fence cannot append behind one with a newer', async () => {
    const { audit } = world.store;
    const [first, second] = await trail.write(2);
    const waiting = await audit.unsealed('promo', world.clock.at);
    const lines = sealAfter({ seq: 0, hash: '0'.repeat(64) }, 'promo', waiting);
    expect((await audit.putSeals(lines.slice(0, 1), { head: undefined, fence: 7 })).ok).toBe(true);
    const head = { value: { chain: 'promo', seq: 1, hash: lines[0]?.hash ?? '', fence: 7 }, version: 1 };
    expect((await audit.putSeals(lines.slice(1), { head, fence: 6 })).ok).toBe(false);
    expect((await audit.putSeals(lines.slice(1), { head: undefined, fence: 9 })).ok).toBe(false);
    expect((await audit.putSeals(lines.slice(1), { head, fence: 7 })).ok).toBe(true);
    expect(await sealedIds()).toEqual([first?.id, second?.id]);
  });
});

describe('a checkpoint is set and announced', () => {
  it('with the first line, then only when enough happened', async () => {
    await trail.write(1);
    await trail.seal();
    await trail.write(99);
    await trail.seal();
    expect(trail.announced.map(({ seq }) => seq)).toEqual([1]);
    await trail.write(1);
    await trail.seal();
    expect(trail.announced.map(({ seq }) => seq)).toEqual([1, 101]);
    expect((await world.store.audit.checkpoints('promo')).map(({ seq }) => seq)).toEqual([1, 101]);
    const copy = await world.store.find(CheckpointCopies, 'promo');
    expect(copy?.value).toMatchObject({ checkpoint: { seq: 101 }, announced: true });
  });

  it('ten minutes after the last, if there is a line since', async () => {
    await trail.write(1);
    await trail.seal();
    pass(10 * 60_000);
    await trail.seal();
    expect(trail.announced).toHaveLength(1);
    await trail.write(1);
    await trail.seal();
    expect(trail.announced.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('a crash before the announcement does not swallow it', async () => {
    await trail.write(1);
    const dying = makeSealChains({
      ...world.store.audit,
      find: world.store.find,
      commit: world.store.commit,
      takeLease: () => world.store.leases.take('sealer', 'dying', 30_000),
      announce: () => Promise.reject(new Error('killed')),
      signer: makeSigner(newSigningKey()),
      wall: () => world.clock.at,
    });
    await expect(dying()).rejects.toThrow('killed');
    await trail.seal();
    expect(trail.announced.map(({ seq }) => seq)).toEqual([1]);
  });
});
