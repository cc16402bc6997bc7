import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actId } from '../../src/kernel/ids.ts';
import { put } from '../../src/ledger/kind.ts';
import { act, entryAt, Things } from '../kit/acts.ts';
import { openTestStore, type TestStore } from '../kit/dynamodb.ts';

let world: TestStore;
beforeAll(async () => {
  world = await openTestStore();
});
afterAll(() => world.close());

const subject = { kind: 'thing', id: 'card-1' };

describe('an act is written whole or not at all', () => {
  it('state, entry and card appear together', async () => {
    const entry = entryAt(world.clock.at);
    const thing = { id: 'whole', says: 'one' };
    const done = await world.store.commit(
      act({ puts: [put(Things, thing, 0)], entries: [entry], cards: [{ subject, channel: 'C0PROMO' }] }),
    );
    expect(done).toEqual({ ok: true, value: undefined });
    expect(await world.store.find(Things, 'whole')).toEqual({ value: thing, version: 1 });
    expect(await world.store.audit.entry('promo', entry.id)).toEqual(entry);
    expect(await world.store.cards.find('thing:card-1')).toMatchObject({ wanted: 1, drawn: 0, channel: 'C0PROMO' });
  });

  it('one unmet version keeps everything else from being written, and is named', async () => {
    await world.store.commit(act({ puts: [put(Things, { id: 'taken', says: 'first' }, 0)] }));
    const entry = entryAt(world.clock.at);
    const late = act({
      puts: [put(Things, { id: 'fresh', says: 'never' }, 0), put(Things, { id: 'taken', says: 'second' }, 0)],
      entries: [entry],
      cards: [{ subject: { kind: 'thing', id: 'never' }, channel: 'C0PROMO' }],
    });
    expect(await world.store.commit(late)).toEqual({
      ok: false,
      refusal: { kind: 'lost-race', item: { kind: 'thing', id: 'taken' } },
    });
    expect(await world.store.find(Things, 'fresh')).toBeUndefined();
    expect(await world.store.find(Things, 'taken')).toMatchObject({ value: { says: 'first' }, version: 1 });
    expect(await world.store.audit.entry('promo', entry.id)).toBeUndefined();
    expect(await world.store.cards.find('thing:never')).toBeUndefined();
  });

  it('an id of the trail is never given to a second entry', async () => {
    const entry = entryAt(world.clock.at);
    await world.store.commit(act({ entries: [entry] }));
    const other = await world.store.commit(act({ entries: [{ ...entry, sentence: 'Bo rejected C212.' }] }));
    expect(other).toMatchObject({ refusal: { item: { kind: 'entry', id: entry.id } } });
    expect(await world.store.audit.entry('promo', entry.id)).toEqual(entry);
  });

  it('of a hundred writers on one version exactly one wins', async () => {
    await world.store.commit(act({ puts: [put(Things, { id: 'hot', says: 'start' }, 0)] }));
    const writers = Array.from({ length: 100 }, (_, number) => number);
    const answers = await Promise.all(
      writers.map((number) =>
        world.store.commit(
          act({ puts: [put(Things, { id: 'hot', says: `writer ${number}` }, 1)], entries: [entryAt(world.clock.at)] }),
        ),
      ),
    );
    const winner = answers.findIndex((answer) => answer.ok);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await world.store.find(Things, 'hot')).toEqual({
      value: { id: 'hot', says: `writer ${winner}` },
      version: 2,
    });
  });

  it('two acts that would write the same words to a free place are still two: one wins', async () => {
    const claim = put(Things, { id: 'claim', says: 'mine' }, 0);
    const answers = await Promise.all([
      world.store.commit(act({ id: actId('replica-a'), puts: [claim] })),
      world.store.commit(act({ id: actId('replica-b'), puts: [claim] })),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  });

  it('an act that writes nothing is done', async () => {
    expect(await world.store.commit(act({}))).toEqual({ ok: true, value: undefined });
  });

  it('more than a transaction holds is a mistake of the programme, and says so', async () => {
    const puts = Array.from({ length: 101 }, (_, n) => put(Things, { id: `many-${n}`, says: '' }, 0));
    await expect(world.store.commit(act({ puts }))).rejects.toThrow(RangeError);
  });

  it('a number that JSON cannot carry is refused before it spoils the item', async () => {
    const puts = [put(Things, { id: 'nan', says: '', until: Number.NaN }, 0)];
    await expect(world.store.commit(act({ puts }))).rejects.toThrow(/until.*NaN/);
  });

  it('half a character in an entry does not keep the act from its line', async () => {
    const entry = entryAt(world.clock.at, { sentence: 'Because \ud83d', facts: { reason: '\ude00 done' } });
    await world.store.commit(act({ entries: [entry] }));
    const kept = await world.store.audit.entry('promo', entry.id);
    expect(kept).toMatchObject({ sentence: 'Because \ufffd', facts: { reason: '\ufffd done' } });
  });
});
