import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Checkpoint } from '../../src/audit/checkpoint.ts';
import { readEntry } from '../../src/audit/entry-body.ts';
import { Seal } from '../../src/audit/seal.ts';
import { verifyChain } from '../../src/audit/verify-chain.ts';
import { sha256Hex } from '../../src/kernel/digest.ts';
import { canonicalJson, type Json } from '../../src/kernel/json.ts';
import { makeVerifier } from '../../src/kernel/signing.ts';
import { type AuditedWorld, openAuditedWorld } from './trail-kit.ts';

let world: AuditedWorld;
beforeEach(async () => {
  world = await openAuditedWorld();
});
afterEach(() => world.close());

const chain = 'employee-promotion';
const Line = z.object({ kind: z.string() }).loose();
const KeyLine = z.object({ publicKey: z.string(), keyId: z.string() });
const EntryLine = z.object({ id: z.string(), body: z.string() });

/** What an auditor does with the file and nothing else. */
function verifyFile(text: string) {
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Line.parse(JSON.parse(line)));
  const of = (kind: string) => lines.filter((line) => line.kind === kind);
  const entries = of('entry').map((line) => EntryLine.parse(line));
  const stored = {
    chain,
    entries: entries.map(({ id, body }) => ({ id, bodyHash: sha256Hex(body) })),
    seals: of('seal').map((line) => Seal.parse(line)),
    checkpoints: of('checkpoint').map((line) => Checkpoint.parse(line)),
  };
  const keys = of('public-key').map((line) => KeyLine.parse(line));
  return {
    entries,
    report: verifyChain(
      stored,
      keys.map(({ publicKey }) => makeVerifier(publicKey)),
      world.clock.at,
    ),
  };
}

describe('audit export', () => {
  it('gives everything that verification elsewhere needs', async () => {
    const written = await world.write(3, { sentence: 'Bo approved C212 – “für alle” 🎭.' });
    await world.seal();
    await world.write(1);
    const { code, out } = await world.type(`audit export --chain ${chain}`);
    expect(code).toBe(0);
    const { entries, report } = verifyFile(out);
    expect(report).toMatchObject({ lines: 3, verifiedUpTo: 3, since: 0, firstBad: undefined });
    expect(report.unsealed).toHaveLength(1);
    expect(entries.slice(0, 3).map((line) => readEntry({ chain, ...line }))).toEqual(written);
  });

  it('whose every change shows', async () => {
    await world.write(3);
    await world.seal();
    const { out } = await world.type(`audit export --chain ${chain}`);
    expect(verifyFile(out.replace('Bo approved', 'Ana approved')).report.firstBad).toMatchObject({ line: 1 });
    const without = out.split('\n').filter((line) => !line.includes('"kind":"seal"') || !line.includes('"seq":2'));
    expect(verifyFile(without.join('\n')).report.firstBad).toMatchObject({ line: 2 });
  });

  it('of a chain longer than a page is whole', async () => {
    await world.write(510);
    await world.seal();
    const { out } = await world.type(`audit export --chain ${chain}`);
    expect(verifyFile(out).report).toMatchObject({ lines: 510, verifiedUpTo: 510, unsealed: [] });
  });

  it('writes a file that only its owner reads, and never over another', async () => {
    await world.write(2);
    await world.seal();
    const file = join(world.folder, 'trail.jsonl');
    const first = await world.type(`audit export --chain ${chain} --out ${file}`);
    expect(first).toEqual({ code: 0, out: '', said: `6 lines written to ${file}.` });
    expect(verifyFile(readFileSync(file, 'utf8')).report).toMatchObject({ lines: 2, verifiedUpTo: 2 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const second = await world.type(`audit export --chain ${chain} --out ${file}`);
    expect(second).toMatchObject({ code: 2, said: expect.stringMatching(/exists already; nothing is written over/) });
  });

  it('leaves nothing behind when a body is not as it was written', async () => {
    const [entry] = await world.write(1);
    const body = canonicalJson({ ...entry, note: 'added later' } as Json);
    await world.raw.send(
      new PutCommand({ TableName: world.tables.audit, Item: { pk: chain, sk: `ENTRY#${entry?.id}`, body } }),
    );
    const { code, out, said } = await world.type(`audit export --chain ${chain}`);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(said).toMatch(new RegExp(`Nothing was exported: entry ${entry?.id} .* is not as it was written`));
  });

  it('asks for the chain when it is not named', async () => {
    const { code, said } = await world.type('audit export');
    expect(code).toBe(2);
    expect(said).toMatch(/^Which chain\? There are _house, employee-promotion\./);
  });
});

describe('audit list', () => {
  it('shows the newest first: line, time, who, act, refusals marked', async () => {
    await world.write(2);
    await world.seal();
    const refused = { outcome: 'refused', act: 'change.approve', sentence: 'Ana may not approve her own.' } as const;
    await world.write(1, refused);
    const { code, out } = await world.type(`audit list --chain ${chain}`);
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      'unsealed  2026-11-23T09:00:08.000Z  Bo (U0BO)  change.approve C212 [refused]: Ana may not approve her own.',
      '       2  2026-11-23T09:00:02.000Z  Bo (U0BO)  change.approved C212: Bo approved C212.',
      '       1  2026-11-23T09:00:01.000Z  Bo (U0BO)  change.approved C212: Bo approved C212.',
    ]);
  });

  it('names the bot and callers of the command line', async () => {
    await world.write(1, { by: { kind: 'bot' } });
    await world.write(1, { by: { kind: 'caller', arn: 'arn:aws:iam::111122223333:role/ci' } });
    const { out } = await world.type(`audit list --chain ${chain}`);
    expect(out).toMatch(/ {2}arn:aws:iam::111122223333:role\/ci {2}.*\n.* {2}Understudy {2}/);
  });

  it('ends at the limit, and gives fields with --json', async () => {
    const written = await world.write(3);
    const { out } = await world.type(`audit list --chain ${chain} --limit 2 --json`);
    expect(JSON.parse(out)).toEqual({
      chain,
      lines: [
        { line: null, entry: written[2] },
        { line: null, entry: written[1] },
      ],
    });
  });

  it('lets no sentence rewrite the terminal', async () => {
    await world.write(1, { sentence: 'Ana\u001b[2K\rBo approved\u202e C9.' });
    expect((await world.type(`audit list --chain ${chain}`)).out).toContain('Ana\ufffd[2K Bo approved\ufffd C9.');
  });

  it.each(['0', '1001', 'all', '-1', '2.5'])('refuses the limit %s', async (limit) => {
    expect(await world.type(`audit list --chain ${chain} --limit=${limit}`)).toMatchObject({
      code: 2,
      said: expect.stringMatching(/whole number from 1 to 1000/),
    });
  });

  it('of a chain without a line says so', async () => {
    expect(await world.type('audit list --chain _house')).toMatchObject({ code: 0, out: 'Nothing is written yet.' });
  });
});
