import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { startBotProcess } from '../../src/local/bots.ts';
import { inHome } from '../cli/kit.ts';

const folder = mkdtempSync(join(tmpdir(), 'understudy-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A program in the place of the bot's command line. */
function program(text: string): string {
  const path = join(folder, `program-${Math.abs(hash(text))}.mjs`);
  writeFileSync(path, text);
  return path;
}

const hash = (text: string): number => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7);

const attached: string[] = [];
const world = {
  configText: () => 'version: 1\n',
  secrets: { SLACK_BOT_TOKEN: 'xoxb-local' },
  attach: async (url: string) => void attached.push(`+${url}`),
  detach: (url: string) => void attached.push(`-${url}`),
};

const listens = "process.stdout.write('Understudy listens on http://127.0.0.1:4999\\n');";

describe('a replica of the bot as a process', () => {
  it('starts with the world’s secrets and nothing of the machine but PATH; stops when told to', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAREAL');
    vi.stubEnv('HTTPS_PROXY', 'http://10.0.0.5:3128');
    vi.stubEnv('HOME', '/home/ana');
    const said: string[] = [];
    const cli = program(
      `console.log(JSON.stringify(process.env)); console.log(process.argv[3]); ${listens} const stay = setInterval(() => {}, 1e6);
       process.once('SIGTERM', () => { console.log('goodbye'); clearInterval(stay); });`,
    );
    const bot = await startBotProcess(world, cli, (line) => said.push(line));
    vi.unstubAllEnvs();
    const environment = JSON.parse(said[0] ?? '{}');
    expect(environment).toMatchObject({ SLACK_BOT_TOKEN: 'xoxb-local', PATH: process.env.PATH });
    expect(environment.AWS_ACCESS_KEY_ID).toBe('understudy-local');
    expect(Object.keys(environment)).not.toContain('HTTPS_PROXY');
    expect(Object.keys(environment)).not.toContain('HOME');
    expect(attached).toEqual(['+http://127.0.0.1:4999']);
    await bot.stop();
    await bot.stop();
    expect(said).toContain('goodbye');
    expect(existsSync(said.find((line) => line.endsWith('understudy.yml')) ?? '/')).toBe(false);
    expect(attached).toContain('-http://127.0.0.1:4999');
    expect(isAlive(bot.pid)).toBe(false);
  });

  it('that is killed says no goodbye', async () => {
    const said: string[] = [];
    const cli = program(
      `${listens} setInterval(() => {}, 1e6); process.once('SIGTERM', () => console.log('goodbye again'));`,
    );
    const bot = await startBotProcess(world, cli, (line) => said.push(line));
    await bot.kill();
    expect(said).toEqual([]);
    expect(isAlive(bot.pid)).toBe(false);
  });

  it('that ends before it listens is told with its exit code', async () => {
    const cli = program('console.error("no configuration"); process.exitCode = 2;');
    const said: string[] = [];
    await expect(startBotProcess(world, cli, (line) => said.push(line))).rejects.toThrow('exit code 2');
    expect(said).toEqual(['no configuration']);
  });

  it('does not outlive its world, not even one that was killed, and not if it will not hear', async () => {
    const deaf = program(`${listens} setInterval(() => {}, 1e6); process.on('SIGTERM', () => {});`);
    const worldProgram = program(`
      import { startBotProcess } from ${JSON.stringify(inHome('dist/src/local/bots.js'))};
      const world = { configText: () => '', secrets: {}, attach: async () => {}, detach: () => {} };
      const bot = await startBotProcess(world, ${JSON.stringify(deaf)}, () => {});
      process.stdout.write(String(bot.pid) + '\\n');
      setInterval(() => {}, 1e6);`);
    const child = spawn(process.execPath, [worldProgram], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = Number(await new Promise((resolve) => child.stdout.once('data', resolve)));
    expect(isAlive(pid)).toBe(true);
    child.kill('SIGKILL');
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 8_000, interval: 50 });
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
