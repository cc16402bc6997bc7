import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { inHome } from '../cli/kit.ts';
import { openTraps, type Program, run, type Traps } from '../local-world/net-watch.ts';

const cli = inHome('dist/src/entry/cli.js');

let traps: Traps;
const programs: Program[] = [];
beforeAll(async () => {
  traps = await openTraps();
});
afterEach(async () => {
  for (const { child, ended } of programs.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
});
afterAll(() => traps.close());

function start(args: readonly string[], environment: Readonly<Record<string, string>> = traps.environment): Program {
  const program = run(args, environment, inHome(''));
  programs.push(program);
  return program;
}

/** The world is chosen by word: a local one does not care what the machine's environment holds. */
describe('a machine whose environment points elsewhere', { timeout: 60_000 }, () => {
  it('would catch a program that believes it, and this test would see it', async () => {
    const believer = `
      import { connect } from 'node:net';
      import { SageMakerClient, ListEndpointsCommand } from '@aws-sdk/client-sagemaker';
      delete process.env.AWS_PROFILE;
      delete process.env.AWS_USE_FIPS_ENDPOINT;
      const within = { abortSignal: AbortSignal.timeout(4_000) };
      await new SageMakerClient({ maxAttempts: 1 }).send(new ListEndpointsCommand({}), within).catch(() => {});
      // Newer Nodes send fetch to the proxy, which is a trap of its own; a plain socket looks its name up everywhere.
      await new Promise((done) => connect({ host: 'understudy-nowhere.invalid', port: 80 }).on('error', done));
      process.exit(0);`;
    await start(['--input-type=module', '-e', believer]).ended;
    const noted = traps.noted().map(({ kind, what }) => `${kind} ${what}`);
    expect(noted).toContain(`connect 127.0.0.1:${traps.trapPort}`);
    expect(noted).toContain('name understudy-nowhere.invalid');
    expect(traps.visits()).toBeGreaterThan(0);
  });

  it('moves no step of the demo off its own servers; told to stop it is gone within seconds, with exit code 0', async () => {
    const [before, visitsBefore] = [traps.noted().length, traps.visits()];
    const demo = start([cli, 'demo']);
    await demo.says('Approval needed');
    const began = performance.now();
    demo.child.kill('SIGTERM');
    expect((await demo.ended).code).toBe(0);
    expect(performance.now() - began).toBeLessThan(8_000);

    const noted = traps.noted().slice(before);
    const own = new Set(noted.filter(({ kind }) => kind === 'listen').map(({ what }) => what));
    const away = noted.filter(({ kind, what }) => kind !== 'listen' && !(kind === 'connect' && own.has(what)));
    expect(away).toEqual([]);
    expect([traps.visits() - visitsBefore, traps.wasAskedForCredentials()]).toEqual([0, false]);
    expect([...own].filter((address) => !address.startsWith('127.0.0.1:'))).toEqual([]);
    const byBot = noted.filter(({ kind, pid }) => kind === 'connect' && pid !== demo.child.pid).map(({ what }) => what);
    const told = [...demo.said().matchAll(/^ {2}(?:AWS|Slack|DynamoDB|clock) +http:\/\/(\S+)$/gm)].map(([, to]) => to);
    expect(told).toHaveLength(4);
    expect(byBot).toEqual(expect.arrayContaining(told));
  });

  it('does not bring a store from elsewhere into it: it refuses to stand, with a sentence', async () => {
    const before = traps.noted().length;
    const environment = { ...traps.environment, UNDERSTUDY_DYNAMODB_URL: 'http://192.0.2.1:8000' };
    const { code, said } = await start([cli, 'demo'], environment).ended;
    expect(code).not.toBe(0);
    expect(said).toContain('The local world stays on this machine, but the store would be at http://192.0.2.1:8000.');
    expect(
      traps
        .noted()
        .slice(before)
        .filter(({ kind }) => kind !== 'listen'),
    ).toEqual([]);
  });
});
