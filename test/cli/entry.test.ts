import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inHome } from './kit.ts';

const entry = inHome('dist/src/entry/cli.js');
const away = mkdtempSync(join(tmpdir(), 'understudy-'));
afterAll(() => rmSync(away, { recursive: true }));

type Ended = { readonly code: number | null; readonly out: string; readonly said: string };

/** The built command line in a process of its own, started from a folder that is not the product's. */
function understudy(
  args: readonly string[],
  { env = {}, hangUp = false }: { readonly env?: Record<string, string>; readonly hangUp?: boolean } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: away,
    env: { PATH: process.env.PATH ?? '', NODE_NO_WARNINGS: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const heard = { out: '', said: '' };
  if (hangUp) child.stdout.destroy();
  child.stdout.on('data', (piece: Buffer) => {
    heard.out += piece.toString();
  });
  child.stderr.on('data', (piece: Buffer) => {
    heard.said += piece.toString();
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...heard })));
}

describe('the command line as a process', () => {
  it('lists what it starts and what it reads', async () => {
    const { code, out, said } = await understudy(['help']);
    expect({ code, said }).toEqual({ code: 0, said: '' });
    for (const verb of ['start', 'world', 'demo', 'tour', 'config check', 'manifest']) {
      expect(out).toContain(`understudy ${verb}`);
    }
  });

  it('finds its own files from anywhere', async () => {
    const { code, out } = await understudy(['manifest', '--socket']);
    expect(code).toBe(0);
    expect(JSON.parse(out).display_information.name).toBe('Understudy');
  });

  it('answers a wrong verb on stderr with exit code 2', async () => {
    const { code, out, said } = await understudy(['strat']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(said).toBe('There is no verb `strat`. Did you mean `understudy start`?\n');
  });

  it.each(['start', 'demo'])('%s takes no flag that it does not know, and starts nothing', async (verb) => {
    const { code, said } = await understudy([verb, '--fast']);
    expect(code).toBe(2);
    expect(said).toMatch(new RegExp(`^There is no flag --fast here\\.\\nUsage: understudy ${verb}`));
  });

  it('start without a configuration is one sentence, and a stack only when asked for', async () => {
    const plain = await understudy(['start']);
    expect(plain.code).toBe(2);
    expect(plain.said).toContain('The file cannot be read (ENOENT)');
    expect(plain.said).not.toMatch(/^ {4}at /m);
    const traced = await understudy(['start'], { env: { UNDERSTUDY_DEBUG: '1' } });
    expect(traced.said).toMatch(/^ {4}at /m);
  });

  it('ends quietly when its reader has gone', async () => {
    const { code, said } = await understudy(['help'], { hangUp: true });
    expect({ code, said }).toEqual({ code: 0, said: '' });
  });
});
