import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plus } from '../../src/kernel/time.ts';
import type { Card } from '../../src/outbox/card.ts';
import { act } from '../kit/acts.ts';
import { openTestStore, type TestStore } from '../kit/dynamodb.ts';
import { openFaultyWire } from '../kit/faulty-wire.ts';

let world: TestStore;
beforeAll(async () => {
  world = await openTestStore();
});
afterAll(() => world.close());

const want = (id: string, channel = 'C0PROMO') =>
  world.store.commit(act({ cards: [{ subject: { kind: 'incident', id }, channel }] }));

async function card(id: string): Promise<Card> {
  const found = await world.store.cards.find(`incident:${id}`);
  if (!found) throw new Error(`No card for ${id}`);
  return found;
}

async function isDue(id: string): Promise<boolean> {
  return (await world.store.cards.due('C0PROMO')).some((one) => one.id === `incident:${id}`);
}

const post = (marker: string) => ({ marker, since: world.clock.at });

describe('a card is drawn as often as it takes', () => {
  it('many wishes are one drawing of the present state', async () => {
    await want('I1');
    await want('I1');
    await want('I1');
    const read = await card('I1');
    expect(read).toMatchObject({ wanted: 3, drawn: 0, subject: { kind: 'incident', id: 'I1' } });
    expect(await world.store.cards.markDrawn(read, { ts: '1.1', drawn: read.wanted })).toBe(true);
    expect(await isDue('I1')).toBe(false);
    expect(await card('I1')).toMatchObject({ wanted: 3, drawn: 3, ts: '1.1' });
  });

  it('two wishes of one act are one', async () => {
    const need = { subject: { kind: 'incident', id: 'I2' }, channel: 'C0PROMO' };
    await world.store.commit(act({ cards: [need, need] }));
    expect(await card('I2')).toMatchObject({ wanted: 1 });
  });

  it('a wish that comes during the drawing keeps it due', async () => {
    await want('I3');
    const read = await card('I3');
    await want('I3');
    expect(await world.store.cards.markDrawn(read, { ts: '3.1', drawn: read.wanted })).toBe(true);
    expect(await isDue('I3')).toBe(true);
    expect(await card('I3')).toMatchObject({ wanted: 2, drawn: 1, ts: '3.1' });
  });

  it('drawn and wanted again, it is due again, in its first channel', async () => {
    await want('I4');
    const first = await card('I4');
    await world.store.cards.markDrawn(first, { ts: '4.1', drawn: 1 });
    await want('I4', 'C0OTHER');
    expect(await isDue('I4')).toBe(true);
    expect(await card('I4')).toMatchObject({ channel: 'C0PROMO', wanted: 2, drawn: 1, ts: '4.1' });
    expect(await world.store.cards.due('C0OTHER')).toEqual([]);
  });

  it('every channel sees its own cards, and nobody names the channel to see all', async () => {
    await want('I5', 'C0CHURN');
    expect((await world.store.cards.due('C0CHURN')).map(({ id }) => id)).toEqual(['incident:I5']);
    expect((await world.store.cards.due()).map(({ channel }) => channel)).toContain('C0CHURN');
  });
});

describe('an older drawing never covers a newer', () => {
  it('the slow poster is told that it came too late', async () => {
    await want('I6');
    await world.store.cards.markDrawn(await card('I6'), { ts: '6.1', drawn: 1 });
    const slow = await card('I6');
    await want('I6');
    await want('I6');
    await world.store.cards.markDrawn(await card('I6'), { ts: '6.1', drawn: 3 });
    expect(await world.store.cards.markDrawn(slow, { ts: '6.1', drawn: 2 })).toBe(false);
    expect(await card('I6')).toMatchObject({ wanted: 3, drawn: 3 });
  });

  it('of two first posts one is the message of the card', async () => {
    await want('I7');
    const read = await card('I7');
    await want('I7');
    expect(await world.store.cards.markDrawn(read, { ts: '7.1', drawn: 1 })).toBe(true);
    expect(await world.store.cards.markDrawn(read, { ts: '7.2', drawn: 2 })).toBe(false);
    expect(await card('I7')).toMatchObject({ ts: '7.1', drawn: 1 });
  });

  it('a message that was deleted may be replaced by whoever knew of it', async () => {
    await want('I8');
    await world.store.cards.markDrawn(await card('I8'), { ts: '8.1', drawn: 1 });
    await want('I8');
    expect(await world.store.cards.markDrawn(await card('I8'), { ts: '8.2', drawn: 2 })).toBe(true);
    expect(await card('I8')).toMatchObject({ ts: '8.2' });
  });
});

describe('two posters cannot both post', () => {
  it('one begins, the other is told', async () => {
    await want('P1');
    const read = await card('P1');
    const begun = await Promise.all(['a', 'b', 'c'].map((marker) => world.store.cards.markPosting(read, post(marker))));
    expect(begun.filter(Boolean)).toHaveLength(1);
    expect((await card('P1')).posting).toMatchObject({ tries: 1, since: world.clock.at });
  });

  it('a post that was begun and not finished may be begun again, once, and is counted', async () => {
    await want('P2');
    await world.store.cards.markPosting(await card('P2'), post('first'));
    const unfinished = await card('P2');
    world.clock.at = plus(world.clock.at, 30_000);
    const begun = await Promise.all(
      ['a', 'b'].map((marker) => world.store.cards.markPosting(unfinished, post(marker))),
    );
    expect(begun.filter(Boolean)).toHaveLength(1);
    expect((await card('P2')).posting).toMatchObject({ tries: 2, since: world.clock.at });
  });

  it('a finished post leaves no mark of its beginning', async () => {
    await want('P3');
    await world.store.cards.markPosting(await card('P3'), post('p3'));
    await world.store.cards.markDrawn(await card('P3'), { ts: '3.3', drawn: 1 });
    expect((await card('P3')).posting).toBeUndefined();
  });

  it('a post that Slack refused leaves no search behind', async () => {
    await want('P5');
    const read = await card('P5');
    await world.store.cards.markPosting(read, post('p5'));
    await world.store.cards.forgetPosting(read);
    expect((await card('P5')).posting).toBeUndefined();
  });

  it('forgetting leaves a post alone that somebody else began since', async () => {
    await want('P6');
    const read = await card('P6');
    await world.store.cards.markPosting(read, post('first'));
    await world.store.cards.markPosting(await card('P6'), post('second'));
    await world.store.cards.forgetPosting(read);
    expect((await card('P6')).posting).toMatchObject({ marker: 'second', tries: 2 });
  });

  it('a message that was found in the history is the card, and still wants drawing', async () => {
    await want('P7');
    await world.store.cards.markPosting(await card('P7'), post('p7'));
    expect(await world.store.cards.markDrawn(await card('P7'), { ts: '7.7', drawn: 0 })).toBe(true);
    expect(await card('P7')).toMatchObject({ ts: '7.7', drawn: 0, wanted: 1 });
    expect(await isDue('P7')).toBe(true);
  });

  it('a card with nothing to show settles without a message and can be posted later', async () => {
    await want('P8');
    expect(await world.store.cards.markDrawn(await card('P8'), { drawn: 1 })).toBe(true);
    expect(await isDue('P8')).toBe(false);
    await want('P8');
    expect(await world.store.cards.markPosting(await card('P8'), post('p8'))).toBe(true);
  });

  it('a card that nobody asked for cannot be marked', async () => {
    const ghost: Card = { ...(await card('P3')), id: 'incident:ghost', ts: undefined };
    expect(await world.store.cards.markPosting(ghost, post('g'))).toBe(false);
    expect(await world.store.cards.markDrawn(ghost, { ts: '0', drawn: 9 })).toBe(false);
  });

  it('a winner whose answer was lost and whose call was repeated still wins', async () => {
    await want('P4');
    const read = await card('P4');
    const wire = await openFaultyWire(world.url);
    const patient = world.replica(wire.url, 3);
    wire.next('UpdateItem', { kind: 'lose-answer' });
    expect(await patient.cards.markPosting(read, post('p4'))).toBe(true);
    expect((await card('P4')).posting).toMatchObject({ marker: 'p4', tries: 1 });
    await wire.close();
  });
});
