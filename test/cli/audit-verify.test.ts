import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entryBody } from '../../src/audit/entry-body.ts';
import { emptyChain, sealAfter } from '../../src/audit/seal.ts';
import { sha256Hex } from '../../src/kernel/digest.ts';
import { newSigningKey } from '../../src/kernel/signing.ts';
import { plus } from '../../src/kernel/time.ts';
import { type AuditedWorld, configText, openAuditedWorld } from './trail-kit.ts';

let world: AuditedWorld;
beforeEach(async () => {
  world = await openAuditedWorld();
});
afterEach(() => world.close());

/** Somebody with rights on the table puts other words into a sealed entry. */
async function falsify(id: string | undefined): Promise<void> {
  const TableName = world.tables.audit;
  const Key = { pk: 'employee-promotion', sk: `ENTRY#${id}` };
  const { Item } = await world.raw.send(new GetCommand({ TableName, Key }));
  const body = String(Item?.body).replace('Bo approved', 'Ana approved');
  await world.raw.send(new PutCommand({ TableName, Item: { ...Item, body } }));
}

describe('audit verify says up to where the trail is complete', () => {
  it('with the lines since the last checkpoint', async () => {
    await world.write(3);
    await world.seal();
    await world.write(2);
    await world.seal();
    const { code, out } = await world.type('audit verify');
    expect(code).toBe(0);
    expect(out).toMatch(/^_house: nothing is written yet\.$/m);
    expect(out).toMatch(
      /^employee-promotion: 5 lines, complete up to checkpoint 3 of 2026-11-23T09:00:08.000Z, 2 lines since\.$/m,
    );
    expect(out).toMatch(/^Signing key [0-9a-f]{16}\.$/m);
  });

  it('with what is not sealed yet, and for how long', async () => {
    await world.write(1);
    await world.seal();
    const [waiting] = await world.write(1);
    world.clock.at = plus(world.clock.at, 175_000);
    const { code, out } = await world.type('audit verify --chain employee-promotion');
    expect(code).toBe(0);
    expect(out).toContain(`  Not sealed yet: entry ${waiting?.id}, written 3\u00a0min ago.`);
    expect(out).not.toContain('_house');
  });

  it('counts the unsealed entries that it does not name', async () => {
    await world.write(13);
    const { out } = await world.type('audit verify');
    expect(out.match(/Not sealed yet: entry/g)).toHaveLength(10);
    expect(out).toContain('Not sealed yet: 3 more entries.');
  });

  it('as fields with --json', async () => {
    await world.write(2);
    await world.seal();
    const { out } = await world.type('audit verify --json --chain employee-promotion');
    expect(JSON.parse(out)).toMatchObject({
      keyId: expect.stringMatching(/^[0-9a-f]{16}$/),
      chains: [{ standing: 'verified', chain: 'employee-promotion', lines: 2, since: 0, checkpoint: { line: 2 } }],
    });
  });
});

describe('audit verify cannot say yet', () => {
  it('when nothing was ever written', async () => {
    expect(await world.type('audit verify')).toMatchObject({
      code: 3,
      out: expect.stringMatching(/nothing is written/),
    });
  });

  it('when no checkpoint vouches for the lines of one chain, whatever holds for the others', async () => {
    await world.write(2);
    await world.seal();
    await world.write(1, { chain: '_house' });
    const { code, out } = await world.type('audit verify');
    expect(code).toBe(3);
    expect(out).toMatch(/^_house: nothing is sealed yet\.\n {2}Not sealed yet: entry/m);
  });

  it('when the lines hold together but the first checkpoint is missing', async () => {
    const [entry] = await world.write(1);
    const body = { id: entry?.id ?? '', bodyHash: sha256Hex(entry ? entryBody(entry) : '') };
    const seals = sealAfter(emptyChain, 'employee-promotion', [body]);
    await world.store.audit.putSeals(seals, { head: undefined, fence: 1 });
    const { code, out } = await world.type('audit verify');
    expect(code).toBe(3);
    expect(out).toMatch(
      /^employee-promotion: 1 line that holds together\. There is no checkpoint yet, so nobody vouches/m,
    );
  });

  it('when the store does not answer', async () => {
    const deaf = join(world.folder, 'deaf.yml');
    writeFileSync(deaf, configText('http://127.0.0.1:9'));
    const { code, out, said } = await world.type(`audit verify --config ${deaf}`);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(said).toMatch(/^The store could not .*ECONNREFUSED/);
  });
});

describe('audit verify finds', () => {
  it('the first line that is not as it was sealed', async () => {
    const entries = await world.write(4);
    await world.seal();
    await falsify(entries[2]?.id);
    const { code, out } = await world.type('audit verify');
    expect(code).toBe(1);
    expect(out).toMatch(/^employee-promotion: BROKEN\. 4 lines, none of them vouched for\.$/m);
    expect(out).toContain(`  First bad line 3: entry ${entries[2]?.id} was changed after it was written.`);
    expect(out).toMatch(/^ {2}Stored {3}[0-9a-f]{64}\n {2}Computed [0-9a-f]{64}$/m);
    expect(JSON.parse((await world.type('audit verify --json')).out).chains).toContainEqual(
      expect.objectContaining({ standing: 'broken', firstBad: expect.objectContaining({ line: 3 }) }),
    );
  });

  it('a checkpoint that another key signed', async () => {
    await world.write(1);
    await world.seal();
    const { code, out } = await world.type('audit verify', { UNDERSTUDY_AUDIT_KEY: newSigningKey() });
    expect(code).toBe(1);
    expect(out).toMatch(/signed with the key [0-9a-f]{16}, which is not known here/);
  });
});

describe('audit verify is refused', () => {
  it('with the nearest name when there is no such chain', async () => {
    const { code, said } = await world.type('audit verify --chain employe-promotion');
    expect(code).toBe(2);
    expect(said).toMatch(/There is no chain employe-promotion\. Did you mean employee-promotion\?\nUsage: /);
  });

  it('with every fault of the configuration, one a line', async () => {
    const { code, said } = await world.type('audit verify', { SLACK_BOT_TOKEN: '', UNDERSTUDY_AUDIT_KEY: '' });
    expect(code).toBe(2);
    expect(said.split('\n')).toEqual([
      expect.stringMatching(/understudy.yml has faults, so no trail was read\.$/),
      '  audit.signingKey: Environment variable UNDERSTUDY_AUDIT_KEY is not set.',
      '  slack.botToken: Environment variable SLACK_BOT_TOKEN is not set.',
    ]);
  });

  it('with the next step when the bot has never run on this store', async () => {
    const file = join(world.folder, 'new.yml');
    const store = 'store: { tables: { state: never-made, audit: never-made-either } }';
    writeFileSync(file, configText(world.url).replace(/^store:.*$/m, store));
    const { code, said } = await world.type(`audit verify --config ${file}`);
    expect(code).toBe(2);
    expect(said).toMatch(/^The store could not list never-made: .* The bot makes its tables when it first starts\.$/);
  });

  it('when the signing key is no key, without showing it', async () => {
    const { code, said } = await world.type('audit verify', { UNDERSTUDY_AUDIT_KEY: 'not-a-key-at-all' });
    expect(code).toBe(2);
    expect(said).toMatch(/^UNDERSTUDY_AUDIT_KEY does not hold an Ed25519 private key in PEM/);
    expect(said).not.toContain('not-a-key-at-all');
  });
});
