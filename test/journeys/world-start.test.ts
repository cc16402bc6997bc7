import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { instant, wallNow } from '../../src/kernel/time.ts';
import { openWorld } from '../../src/local/open-world.ts';
import { inHome } from '../cli/kit.ts';
import { exampleText, exampleWith } from '../config/kit/real-world.ts';
import { serve } from '../contracts/local-slack-kit.ts';
import { openTraps, type Program, run } from '../local-world/net-watch.ts';

const cli = inHome('dist/src/entry/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'understudy-'));
const programs: Program[] = [];
afterEach(async () => {
  for (const { child, ended } of programs.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const quiet = { PATH: process.env.PATH ?? '', NODE_NO_WARNINGS: '1' };

function start(args: readonly string[], environment: Readonly<Record<string, string>> = quiet, cwd = folder): Program {
  const program = run(args, environment, cwd);
  programs.push(program);
  return program;
}

function written(text: string): string {
  const path = join(folder, `${programs.length}-${text.length}.yml`);
  writeFileSync(path, text);
  return path;
}

describe('start in a real world', () => {
  it('lists every missing value, starts nothing and exits with 2', async () => {
    const { code, said } = await start([cli, 'start', written(exampleText)]).ended;
    expect(code).toBe(2);
    expect(said).toMatch(/ has 3 faults\. Nothing was started\.\n/);
    for (const name of ['UNDERSTUDY_AUDIT_KEY', 'SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET'])
      expect(said).toContain(`Environment variable ${name} is not set.`);
  });

  it('never falls back to a local one: nothing is listened on, nobody is asked', async () => {
    const traps = await openTraps();
    const bare = 'version: 1\nworld: { slack: real, aws: real, store: real }\n';
    const { code, said } = await start([cli, 'start', written(bare)], traps.environment).ended;
    expect(code).toBe(2);
    for (const path of ['audit.channel', 'slack.team', 'models'])
      expect(said).toMatch(new RegExp(`^ {2}${path}: `, 'm'));
    expect(said).not.toContain('listens');
    expect([traps.noted(), traps.visits()]).toEqual([[], 0]);
    await traps.close();
  });

  it('is not redirected in silence: each address in the file or the environment is a fault', async () => {
    const text = exampleWith(['override', { aws: 'http://127.0.0.1:4001', clock: 'http://127.0.0.1:4002' }]);
    const environment = { SLACK_API_URL: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1' };
    const { code, said } = await start([cli, 'start', written(text)], { ...quiet, ...environment }).ended;
    expect(code).toBe(2);
    for (const at of ['override.aws', 'override.clock', 'environment.SLACK_API_URL', 'AWS_ENDPOINT_URL_DYNAMODB'])
      expect(said).toMatch(new RegExp(`${at}: world\\.\\w+ is real, so its address cannot be overridden`));
  });
});

describe('start with a port that is taken', { timeout: 60_000 }, () => {
  it('says which and what to do, and ends by itself', async () => {
    const world = await openWorld({ startAt: instant(wallNow()), speed: 1, versions: [], postIntervalMs: 0 });
    const other = await serve(createServer());
    const port = Number(new URL(other.url).port);
    const file = written(world.configText(port));
    const { code, said } = await start([cli, 'start', file], { ...quiet, ...world.secrets }).ended;
    expect(code).toBe(2);
    expect(said).toContain(`Port ${port} is in use: stop what listens there, or set server.port to another one.`);
    expect(said).not.toContain('listens on');
    await Promise.all([other.close(), world.close()]);
  });
});

describe('a bot that is told to stop', { timeout: 60_000 }, () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('by %s is gone within seconds, with exit code 0', async (signal) => {
    const world = await openWorld({ startAt: instant(wallNow()), speed: 60, versions: [], postIntervalMs: 0 });
    const bot = start([cli, 'start', written(world.configText())], { ...quiet, ...world.secrets });
    await bot.says('Understudy listens on ');
    const began = performance.now();
    bot.child.kill(signal);
    expect((await bot.ended).code).toBe(0);
    expect(performance.now() - began).toBeLessThan(5_000);
    await world.close();
  });
});

describe('a machine without an embedded DynamoDB', { timeout: 60_000 }, () => {
  it('is told the exact lines to type; nothing is left open and the world ends by itself', async () => {
    const home = productWithoutDynamoDb();
    const { code, said } = await start([join(home, 'dist/src/entry/cli.js'), 'world'], { PATH: '' }, folder).ended;
    expect(code).toBe(1);
    expect(said).toContain(
      [
        'There is no embedded DynamoDB for this platform. Start one and say where it is:',
        '  docker run --rm -p 8000:8000 amazon/dynamodb-local',
        '  export UNDERSTUDY_DYNAMODB_URL=http://127.0.0.1:8000',
      ].join('\n'),
    );
  });
});

/** The built product as npm installs it where the optional package does not exist. */
function productWithoutDynamoDb(): string {
  const home = mkdtempSync(join(folder, 'product-'));
  cpSync(inHome('dist'), join(home, 'dist'), { recursive: true });
  for (const name of ['data', 'package.json', 'manifest.yml']) symlinkSync(inHome(name), join(home, name));
  mkdirSync(join(home, 'node_modules'));
  for (const name of readdirSync(inHome('node_modules')))
    if (name !== '@dynoxide') symlinkSync(inHome(`node_modules/${name}`), join(home, 'node_modules', name));
  return home;
}
