import { connect, createServer, type Socket } from 'node:net';
import { PublishCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { type EpochMs, parseInstant, wallNow } from '../../src/kernel/time.ts';
import { openWorld, type World } from '../../src/local/open-world.ts';
import { newestCard, until } from '../../src/local/story/watch.ts';
import { connectStore } from '../../src/wiring/connect-store.ts';
import { openLog } from '../../src/wiring/log.ts';
import { type RunningBot, startBot } from '../../src/wiring/start-bot.ts';
import { twoVersions } from '../kit/journey.ts';
import { model } from './doors-kit.ts';

/** The way to the store: open, held (bytes wait, as behind a dead router), or cut (nobody listens). */
type Way = 'open' | 'held' | 'cut';

describe('when the store is ill', { timeout: 60_000 }, () => {
  let world: World;
  let gate: Awaited<ReturnType<typeof openGate>>;
  let bot: RunningBot;
  /** What becomes of a read that nobody answers. It takes its time, which passes while the others run. */
  let silence: Promise<unknown>;
  let deaf: Awaited<ReturnType<typeof openGate>>;
  beforeAll(async () => {
    world = await openWorld({
      startAt: parseInstant('2026-11-23T08:58:30Z') as EpochMs,
      speed: 0,
      versions: twoVersions(),
      postIntervalMs: 0,
      policySecondMs: 5,
    });
    [gate, deaf] = await Promise.all([openGate(world.addresses.store), openGate(world.addresses.store)]);
    deaf.set('held');
    silence = storeAt(deaf.url)
      .audit.entries(model, { limit: 1 })
      .catch((error: unknown) => error);
    const config = configAt(gate.url);
    const clocks = { wall: wallNow, domain: world.clock.now };
    bot = await startBot(config, { clocks, log: openLog('silent'), searchAfterMs: [50, 150] });
    await world.attach(bot.url);
  }, 60_000);
  afterAll(async () => {
    gate?.set('open');
    await bot?.stop();
    await Promise.all([gate?.close(), deaf?.close()]);
    await world?.close();
  });

  const type = (line: string) => world.slack.as('U0ANA').command('C0PROMO', line);
  const told = () => world.slack.ephemerals('U0ANA');
  function configAt(store: string) {
    const config = loadConfig(world.configText().replaceAll(world.addresses.store, store), world.secrets);
    if (!config.ok) throw new Error(JSON.stringify(config.refusal));
    return config.value;
  }
  const storeAt = (url: string) => connectStore(configAt(url), wallNow);
  const trail = async () =>
    (await storeAt(world.addresses.store).audit.entries(model, { limit: 100 })).map((entry) => entry.act);
  const ask = async (path: string) => (await fetch(bot.url + path)).status;

  it('a press that cannot be written down is not taken, and Slack says so within its three seconds', async () => {
    for (const way of ['cut', 'held'] as const) {
      gate.set(way);
      const seen = await type(`/model deploy ${model} 1`);
      expect(seen.ms, way).toBeLessThan(3_000);
      expect(seen, way).toMatchObject({ failure: 'http_error', sentence: '/model failed with the error "http_error"' });
    }
    expect(told()).toEqual([]);
  });

  it('the bot lives, and says that it is not ready', async () => {
    gate.set('cut');
    expect([await ask('/healthz'), await ask('/readyz')]).toEqual([200, 503]);
  });

  it('once the store is back, what was refused is not done behind anybody’s back, and the next press is', async () => {
    gate.set('open');
    await type(`/model deploy ${model} 1`);
    const [plan] = await until('a plan', () => (told().length > 0 ? told() : undefined));
    expect(plan && world.slack.plainText(plan)).toMatch(/Plan · deploy employee-promotion 1/);
    expect(told()).toHaveLength(1);
    expect(await trail()).toEqual(['change.planned']);
  });

  it('a message of SNS that cannot be stored is sent again by SNS, and its card comes', async () => {
    gate.set('cut');
    await world.team.sns.send(new PublishCommand({ TopicArn: world.addresses.topic, Message: 'Disk is full.' }));
    await until('a first try that was put off', () => (world.signals.pending().length > 0 ? true : undefined));
    expect(world.slack.messages('C0PROMO')).toEqual([]);
    gate.set('open');
    await newestCard(world.slack, 'C0PROMO', /Unparsed[\s\S]*Disk is full\./);
    expect(world.signals.lost()).toEqual([]);
  });

  it('a connection that has gone silent becomes a fault, so that nothing waits for it without end', async () => {
    expect(await silence).toMatchObject({ name: 'Fault', code: 'store-unreachable', retryable: true });
  });
});

/** A loopback gate on the way to `target`. What is held goes on when the gate opens again. */
async function openGate(target: string) {
  const sockets = new Set<Socket>();
  const waiting: (() => void)[] = [];
  let way: Way = 'open';
  const { hostname, port } = new URL(target);
  const server = createServer((near) => {
    sockets.add(near);
    near.on('error', () => {}).on('close', () => sockets.delete(near));
    if (way === 'cut') near.destroy();
    else if (way === 'held') waiting.push(() => join(near));
    else join(near);
  });

  function join(near: Socket): void {
    const far = connect(Number(port), hostname);
    far.on('error', () => near.destroy()).on('close', () => near.destroy());
    near.on('close', () => far.destroy());
    near.pipe(far);
    far.pipe(near);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The gate has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    /** Connections that stand are ended by every change, so that the next call meets the gate as it is now. */
    set: (next: Way): void => {
      way = next;
      if (next === 'open') for (const go of waiting.splice(0)) go();
      else for (const socket of sockets) socket.destroy();
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
