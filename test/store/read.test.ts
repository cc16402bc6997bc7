import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plus } from '../../src/kernel/time.ts';
import { put } from '../../src/ledger/kind.ts';
import { ensureTables } from '../../src/store/ensure-tables.ts';
import { openStore } from '../../src/store/open-store.ts';
import { act, entryAt, type Thing, Things } from '../kit/acts.ts';
import { clientAt, openTestStore, type TestStore } from '../kit/dynamodb.ts';

let world: TestStore;
beforeAll(async () => {
  world = await openTestStore();
});
afterAll(() => world.close());

async function keep(thing: Thing, expected = 0): Promise<void> {
  const done = await world.store.commit(act({ puts: [put(Things, thing, expected)] }));
  expect(done.ok).toBe(true);
}

const idsOf = (items: readonly { value: Thing }[]) => items.map(({ value }) => value.id);

async function spoil(key: string, attribute: string, value: unknown): Promise<void> {
  await world.raw.send(
    new UpdateCommand({
      TableName: world.tables.state,
      Key: { pk: key },
      UpdateExpression: 'SET #attribute = :value',
      ExpressionAttributeNames: { '#attribute': attribute },
      ExpressionAttributeValues: { ':value': value },
    }),
  );
}

describe('open items', () => {
  it('are listed by kind and by word until nobody has to look again', async () => {
    await keep({ id: 'o1', says: '', word: 'C0PROMO' });
    await keep({ id: 'o2', says: '', word: 'C0CHURN' });
    await keep({ id: 'o3', says: '' });
    expect(idsOf(await world.store.listOpen(Things)).sort()).toEqual(['o1', 'o2']);
    expect(idsOf(await world.store.listOpen(Things, 'C0PROMO'))).toEqual(['o1']);
    await keep({ id: 'o1', says: 'done' }, 1);
    expect(await world.store.listOpen(Things, 'C0PROMO')).toEqual([]);
  });

  it('a word is never taken for the beginning of another', async () => {
    await keep({ id: 'w1', says: '', word: 'team#a' });
    expect(await world.store.listOpen(Things, 'team')).toEqual([]);
  });
});

describe('a group', () => {
  it('gives its newest items first, as many as asked for', async () => {
    for (const order of ['001', '002', '003']) await keep({ id: `g${order}`, says: '', group: 'promo', order });
    expect(idsOf(await world.store.listGroup(Things, 'promo', 2))).toEqual(['g003', 'g002']);
    expect(await world.store.listGroup(Things, 'churn', 2)).toEqual([]);
  });

  it('fills its page past items that have expired', async () => {
    for (const order of ['1', '2', '3', '4', '5', '6']) {
      const until = Number(order) > 2 ? { until: plus(world.clock.at, 1_000) } : {};
      await keep({ id: `e${order}`, says: '', group: 'expiring', order, ...until });
    }
    world.clock.at = plus(world.clock.at, 1_000);
    expect(idsOf(await world.store.listGroup(Things, 'expiring', 2))).toEqual(['e2', 'e1']);
  });
});

describe('an expired item', () => {
  it('is unseen from its instant on, though it still lies in the table', async () => {
    await keep({ id: 'x1', says: '', word: 'expiring', until: plus(world.clock.at, 10) });
    expect(await world.store.find(Things, 'x1')).toBeDefined();
    world.clock.at = plus(world.clock.at, 10);
    expect(await world.store.find(Things, 'x1')).toBeUndefined();
    expect(await world.store.listOpen(Things, 'expiring')).toEqual([]);
  });

  it('gives its place to a new one', async () => {
    await keep({ id: 'x2', says: 'old', until: plus(world.clock.at, 10) });
    expect((await world.store.commit(act({ puts: [put(Things, { id: 'x2', says: 'early' }, 0)] }))).ok).toBe(false);
    world.clock.at = plus(world.clock.at, 10);
    await keep({ id: 'x2', says: 'new' });
    expect(await world.store.find(Things, 'x2')).toEqual({ value: { id: 'x2', says: 'new' }, version: 1 });
  });
});

describe('a stored value that does not read', () => {
  it('is a fault that names it, not a value', async () => {
    await keep({ id: 'bad', says: '' });
    await world.raw.send(
      new UpdateCommand({
        TableName: world.tables.state,
        Key: { pk: 'thing#bad' },
        UpdateExpression: 'SET body = :body',
        ExpressionAttributeValues: { ':body': '{"id":"bad"}' },
      }),
    );
    await expect(world.store.find(Things, 'bad')).rejects.toMatchObject({
      code: 'store-unreadable',
      message: expect.stringMatching(/thing bad.*says/s),
    });
  });

  it('an item that the store did not write is named by its key', async () => {
    await world.raw.send(new PutCommand({ TableName: world.tables.state, Item: { pk: 'thing#alien', what: 1 } }));
    await expect(world.store.find(Things, 'alien')).rejects.toThrow(/thing#alien/);
  });
});

describe('a list with an item that does not read', () => {
  const told: string[] = [];
  const listing = () =>
    openStore({
      client: clientAt(world.url),
      tables: world.tables,
      wall: () => world.clock.at,
      onUnreadable: (error) => told.push(error.message),
    });
  beforeEach(() => void told.splice(0));

  it('gives the others and tells which one it passed over, whatever is wrong with it', async () => {
    for (const id of ['r1', 'r2', 'r3', 'r4']) await keep({ id, says: '', word: 'C0SPOILT' });
    await spoil('thing#r1', 'body', '{"id":"r1"}');
    await spoil('thing#r2', 'body', 'no json');
    await spoil('thing#r3', 'version', 'three');
    expect(idsOf(await listing().listOpen(Things, 'C0SPOILT'))).toEqual(['r4']);
    expect(told.map((sentence) => /thing.r\d/.exec(sentence)?.[0]?.slice(-2)).sort()).toEqual(['r1', 'r2', 'r3']);
    expect(idsOf(await world.store.listOpen(Things, 'C0SPOILT'))).toEqual(['r4']);
    await expect(listing().find(Things, 'r1')).rejects.toMatchObject({ code: 'store-unreadable' });
  });

  it('fills the page of a group past it', async () => {
    for (const order of ['1', '2', '3']) await keep({ id: `s${order}`, says: '', group: 'spoilt', order });
    await spoil('thing#s3', 'body', '{}');
    expect(idsOf(await listing().listGroup(Things, 'spoilt', 2))).toEqual(['s2', 's1']);
    expect(told).toHaveLength(1);
  });

  it('draws the other cards', async () => {
    for (const id of ['I1', 'I2']) {
      const card = { subject: { kind: 'incident', id }, channel: 'C0SPOILT' };
      await world.store.commit(act({ cards: [card] }));
    }
    await spoil('card#incident:I1', 'wanted', 'often');
    expect((await listing().cards.due('C0SPOILT')).map(({ id }) => id)).toEqual(['incident:I2']);
    expect(told).toHaveLength(1);
    await expect(listing().cards.find('incident:I1')).rejects.toMatchObject({ code: 'store-unreadable' });
  });
});

describe('the trail', () => {
  it('passes over nothing: an entry whose mark does not read stops the listing', async () => {
    const entry = entryAt(world.clock.at, { chain: 'spoilt' });
    await world.store.commit(act({ entries: [entry] }));
    await spoil(`unsealed#spoilt/${entry.id}`, 'body', '{}');
    await expect(world.store.audit.unsealed('spoilt', world.clock.at)).rejects.toMatchObject({
      code: 'store-unreadable',
    });
  });
});

describe('a counter', () => {
  it('gives each number once, from 1, whoever asks', async () => {
    const other = world.replica();
    const asked = Array.from({ length: 30 }, (_, n) => (n % 2 ? world.store : other).nextNumber('incident'));
    const numbers = (await Promise.all(asked)).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
    expect(await world.store.nextNumber('change')).toBe(1);
  });
});

describe('the tables', () => {
  it('are made once; what the endpoint lacks is said each time', async () => {
    const lacking = await world.store.ensureTables();
    expect(lacking).toEqual([
      'Table understudy-state has no point-in-time recovery: this endpoint does not know it.',
      'Table understudy-audit has no point-in-time recovery: this endpoint does not know it.',
      'Table understudy-audit has no put-only policy: this endpoint does not know it.',
    ]);
  });

  it('a table of that name with other keys is refused rather than used', async () => {
    const client = clientAt(world.url);
    await client.send(
      new CreateTableCommand({
        TableName: 'foreign',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'name', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'name', KeyType: 'HASH' }],
      }),
    );
    const tables = { state: 'foreign', audit: 'understudy-audit' };
    await expect(ensureTables(client, tables)).rejects.toThrow(/foreign exists but its key is name HASH/);
  });
});
