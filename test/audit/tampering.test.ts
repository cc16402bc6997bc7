import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entryBody } from '../../src/audit/entry-body.ts';
import { sealAfter } from '../../src/audit/seal.ts';
import { plus } from '../../src/kernel/time.ts';
import { entryAt } from '../kit/acts.ts';
import { openTestStore, type TestStore } from '../kit/dynamodb.ts';
import { openTrail } from '../kit/trail.ts';

let world: TestStore;
let trail: ReturnType<typeof openTrail>;
let ids: readonly string[];

/** Five sealed lines, with a checkpoint at line 5. */
beforeEach(async () => {
  world = await openTestStore();
  trail = openTrail(world);
  ids = (await trail.write(5)).map(({ id }) => id);
  await trail.seal();
});
afterEach(() => world.close());

const entryKey = (line: number) => ({ pk: 'promo', sk: `ENTRY#${ids[line - 1]}` });
const sealKey = (line: number) => ({ pk: 'promo', sk: `SEAL#${String(line).padStart(12, '0')}` });
const remove = (Key: Record<string, string>) =>
  world.raw.send(new DeleteCommand({ TableName: world.tables.audit, Key }));
const overwrite = (Item: Record<string, unknown>) =>
  world.raw.send(new PutCommand({ TableName: world.tables.audit, Item }));
const read = async (Key: Record<string, string>) =>
  (await world.raw.send(new GetCommand({ TableName: world.tables.audit, Key }))).Item ?? {};
const report = async () => (await trail.verify('promo'))[0];

describe('verification finds what was done to the tables', () => {
  it('nothing, when nothing was done', async () => {
    expect(await report()).toMatchObject({ lines: 5, verifiedUpTo: 5, since: 0, unsealed: [], firstBad: undefined });
  });

  it('an edited entry, and an edit of the copies beside it changes nothing', async () => {
    const item = await read(entryKey(3));
    await overwrite({ ...item, actor: 'U0MALLORY' });
    expect((await report())?.firstBad).toBeUndefined();
    await overwrite({ ...item, body: String(item.body).replace('Bo approved', 'Ana approved') });
    expect((await report())?.firstBad).toMatchObject({ line: 3, entry: ids[2], why: expect.stringMatching(/changed/) });
  });

  it('an entry edited before it was sealed', async () => {
    const [late] = await trail.write(1);
    const key = { pk: 'promo', sk: `ENTRY#${late?.id}` };
    const item = await read(key);
    await overwrite({ ...item, body: String(item.body).replace('done', 'failed') });
    await trail.seal();
    expect((await report())?.firstBad).toMatchObject({ line: 6, why: expect.stringMatching(/changed/) });
  });

  it('a body that is not even text any more', async () => {
    await overwrite({ ...entryKey(2), body: 7 });
    expect((await report())?.firstBad).toMatchObject({ line: 2 });
    await expect(world.store.audit.entries('promo', { limit: 9 })).rejects.toThrow(new RegExp(`${ids[1]}.*promo`));
  });

  it('a deleted entry', async () => {
    await remove(entryKey(4));
    expect((await report())?.firstBad).toMatchObject({ line: 4, why: expect.stringMatching(/deleted/) });
  });

  it('a deleted line', async () => {
    await remove(sealKey(2));
    expect((await report())?.firstBad).toMatchObject({ line: 2, why: 'line 2 is missing; line 3 follows' });
  });

  it('a damaged line', async () => {
    await overwrite({ ...(await read(sealKey(2))), hash: 12 });
    expect((await report())?.firstBad).toMatchObject({ line: 2 });
  });

  it('lines that changed places', async () => {
    const [second, third] = [await read(sealKey(2)), await read(sealKey(3))];
    await overwrite({ ...third, ...sealKey(2) });
    await overwrite({ ...second, ...sealKey(3) });
    expect((await report())?.firstBad).toMatchObject({ line: 2 });
  });

  it('an entry slipped in is never sealed, and is named once the chain has moved on', async () => {
    const forged = entryAt(world.clock.at, { sentence: 'Bo approved everything.' });
    await overwrite({ pk: 'promo', sk: `ENTRY#${forged.id}`, body: entryBody(forged) });
    world.clock.at = plus(world.clock.at, 11 * 60_000);
    expect((await report())?.unsealed).toEqual([{ id: forged.id, ageMs: 11 * 60_000 }]);
    await trail.write(1);
    await trail.seal();
    expect((await report())?.firstBad).toMatchObject({ line: 6, entry: forged.id });
  });

  it('the tail cut off with its checkpoint: the copy elsewhere remembers', async () => {
    await remove({ pk: 'promo', sk: 'CHECKPOINT#000000000005' });
    for (const line of [4, 5]) {
      await remove(entryKey(line));
      await remove(sealKey(line));
    }
    expect((await report())?.firstBad).toMatchObject({ line: 4, why: expect.stringMatching(/vouches for 5 lines/) });
  });

  it('a checkpoint that was changed', async () => {
    const key = { pk: 'promo', sk: 'CHECKPOINT#000000000005' };
    await overwrite({ ...(await read(key)), at: 0 });
    expect(await report()).toMatchObject({ firstBad: { line: 5, why: expect.stringMatching(/signature is wrong/) } });
  });

  it('the head put back does not make the sealer write over lines', async () => {
    await world.raw.send(
      new UpdateCommand({
        TableName: world.tables.state,
        Key: { pk: 'chain-head#promo' },
        UpdateExpression: 'SET body = :body',
        ExpressionAttributeValues: { ':body': JSON.stringify({ chain: 'promo', seq: 2, hash: 'x', fence: 1 }) },
      }),
    );
    await trail.write(1);
    await trail.write(1, 'churn');
    await expect(trail.seal()).rejects.toThrow(/lines up to 5, but the sealer stopped at 2/);
    expect((await trail.verify('churn'))[0]).toMatchObject({ lines: 1, unsealed: [] });
  });

  it('a line appended by somebody else is not built upon', async () => {
    const last = await world.store.audit.lastSeal('promo');
    const [forged] = sealAfter(last ?? { seq: 0, hash: '' }, 'promo', [{ id: ids[0] ?? '', bodyHash: 'x' }]);
    await overwrite({ ...sealKey(6), ...forged });
    await trail.write(1);
    await expect(trail.seal()).rejects.toMatchObject({ code: 'audit-foreign-lines' });
    expect((await report())?.firstBad).toMatchObject({ line: 6 });
  });
});
