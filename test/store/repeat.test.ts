import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Fault } from '../../src/kernel/fault.ts';
import { actId } from '../../src/kernel/ids.ts';
import { put } from '../../src/ledger/kind.ts';
import type { Store } from '../../src/store/open-store.ts';
import { act, entryAt, Things } from '../kit/acts.ts';
import { openTestStore, type TestStore } from '../kit/dynamodb.ts';
import { type FaultyWire, type Mishap, openFaultyWire } from '../kit/faulty-wire.ts';

let world: TestStore;
let wire: FaultyWire;
let store: Store;
beforeAll(async () => {
  world = await openTestStore();
  wire = await openFaultyWire(world.url);
  store = world.replica(wire.url);
});
afterAll(async () => {
  await wire.close();
  await world.close();
});

const lostRace = (id: string) => ({ ok: false, refusal: { kind: 'lost-race', item: { kind: 'thing', id } } });
const transaction = 'TransactWriteItems';
/** DynamoDB remembers a token for ten minutes; an act that comes back later is an act without a known token. */
const tokenForgotten: Mishap = {
  kind: 'rewrite',
  change: (body) => ({ ...body, ClientRequestToken: `other-${Math.random()}` }),
};
const cancelled = (...codes: string[]): Mishap => ({
  kind: 'refuse',
  error: {
    __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
    message: 'Transaction cancelled',
    CancellationReasons: codes.map((Code) => ({ Code })),
  },
});

describe('an act whose answer was lost', () => {
  it('is reported as not known, not as failed', async () => {
    wire.next(transaction, { kind: 'lose-answer' });
    const lost = store.commit(act({ puts: [put(Things, { id: 'ambiguous', says: '' }, 0)] }));
    await expect(lost).rejects.toMatchObject({ code: 'store-unreachable', ambiguous: true, retryable: true });
  });

  it('counts as written when it is committed again within ten minutes', async () => {
    const subject = { kind: 'thing', id: 'again' };
    const again = act({
      puts: [put(Things, { id: 'again', says: 'once' }, 0)],
      entries: [entryAt(world.clock.at)],
      cards: [{ subject, channel: 'C0PROMO' }],
    });
    wire.next(transaction, { kind: 'lose-answer' });
    await expect(store.commit(again)).rejects.toThrow(Fault);
    expect(await store.commit(again)).toEqual({ ok: true, value: undefined });
    expect(await store.find(Things, 'again')).toMatchObject({ version: 1 });
    expect(await store.cards.find('thing:again')).toMatchObject({ wanted: 1 });
  });

  it('counts as written when it is committed again later, and draws its card no second time', async () => {
    const subject = { kind: 'thing', id: 'later' };
    const later = act({
      puts: [put(Things, { id: 'later', says: 'once' }, 0)],
      entries: [entryAt(world.clock.at)],
      cards: [{ subject, channel: 'C0PROMO' }],
    });
    await store.commit(later);
    wire.next(transaction, tokenForgotten);
    expect(await store.commit(later)).toEqual({ ok: true, value: undefined });
    expect(await store.cards.find('thing:later')).toMatchObject({ wanted: 1 });
  });

  it('counts as written although others have moved the item on since: its entry proves it', async () => {
    const first = act({ puts: [put(Things, { id: 'moved', says: 'a' }, 0)], entries: [entryAt(world.clock.at)] });
    await store.commit(first);
    await store.commit(act({ puts: [put(Things, { id: 'moved', says: 'b' }, 1)] }));
    wire.next(transaction, tokenForgotten);
    expect(await store.commit(first)).toEqual({ ok: true, value: undefined });
    expect(await store.find(Things, 'moved')).toMatchObject({ value: { says: 'b' }, version: 2 });
  });

  it('without an entry it is known by its own mark on the item', async () => {
    const mine = act({ puts: [put(Things, { id: 'marked', says: 'a', word: undefined }, 0)] });
    await store.commit(mine);
    wire.next(transaction, tokenForgotten);
    expect(await store.commit(mine)).toEqual({ ok: true, value: undefined });
    const others = act({ puts: [put(Things, { id: 'marked', says: 'a' }, 0)] });
    expect(await store.commit(others)).toEqual(lostRace('marked'));
  });

  it('decided anew from an old reading it has lost the race', async () => {
    const id = actId('decided-twice');
    await store.commit(act({ id, puts: [put(Things, { id: 'anew', says: 'a' }, 0)] }));
    const anew = act({ id, puts: [put(Things, { id: 'anew', says: 'other words' }, 0)] });
    expect(await store.commit(anew)).toEqual(lostRace('anew'));
    expect(await store.find(Things, 'anew')).toMatchObject({ value: { says: 'a' } });
  });
});

describe('a crowded store', () => {
  it('is tried again after conflicts and throttling', async () => {
    wire.next(transaction, cancelled('TransactionConflict'), 2);
    wire.next(transaction, cancelled('ThrottlingError'), 1);
    const done = await store.commit(act({ puts: [put(Things, { id: 'crowded', says: '' }, 0)] }));
    expect(done.ok).toBe(true);
  });

  it('a failed condition among conflicts is final', async () => {
    wire.next(transaction, cancelled('TransactionConflict', 'ConditionalCheckFailed'));
    const puts = ['crowd-a', 'crowd-b'].map((id) => put(Things, { id, says: '' }, 0));
    expect(await store.commit(act({ puts }))).toEqual(lostRace('crowd-b'));
  });

  it('is given up after a bounded number of tries, as a fault that may be tried later', async () => {
    wire.next(transaction, cancelled('TransactionConflict'), 8);
    const tried = store.commit(act({ puts: [put(Things, { id: 'jammed', says: '' }, 0)] }));
    await expect(tried).rejects.toMatchObject({ code: 'store-busy', retryable: true, ambiguous: false });
    expect((await store.commit(act({ puts: [put(Things, { id: 'jammed', says: '' }, 0)] }))).ok).toBe(true);
  });
});

describe('a store that is not there', () => {
  it('nothing was sent, so nothing is in doubt', async () => {
    const nowhere = world.replica('http://127.0.0.1:1');
    await expect(nowhere.ping()).rejects.toMatchObject({
      code: 'store-unreachable',
      retryable: true,
      ambiguous: false,
    });
    await expect(nowhere.find(Things, 'x')).rejects.toThrow(/could not read thing x/);
  });

  it('refused rights are named as such', async () => {
    const error = { __type: 'com.amazon.coral.service#AccessDeniedException', message: 'not authorized' };
    wire.next('UpdateItem', { kind: 'refuse', error });
    await expect(store.ping()).rejects.toMatchObject({ code: 'store-denied', retryable: false });
  });
});
