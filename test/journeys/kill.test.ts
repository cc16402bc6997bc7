import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { instant, wallNow } from '../../src/kernel/time.ts';
import { type BotProcess, startBotProcess } from '../../src/local/bots.ts';
import { openWorld, type World } from '../../src/local/open-world.ts';
import { cardBecomes, makePlayer, newestCard, type Player, until } from '../../src/local/story/watch.ts';
import { connectStore } from '../../src/wiring/connect-store.ts';
import { twoVersions } from '../kit/journey.ts';

const model = 'employee-promotion';
const channel = 'C0PROMO';
const cli = join(import.meta.dirname, '../../dist/src/entry/cli.js');

/** The bot is a process of its own here, and the world goes on while it is dead. */
describe('the bot is killed between approval and the end of the rollout', { timeout: 170_000 }, () => {
  let world: World;
  let bot: BotProcess;
  let ana: Player;
  let bo: Player;
  const said: string[] = [];
  const startBot = (): Promise<BotProcess> => startBotProcess(world, cli, (line) => said.push(line));

  beforeAll(async () => {
    world = await openWorld({
      startAt: instant(wallNow()),
      speed: 60,
      versions: twoVersions(),
      postIntervalMs: 0,
      perMinute: 6,
      policySecondMs: 20,
    });
    world.aws.setWeather({ endpoint: model, latencyMs: { median: 18, spread: 0.3 } });
    ana = makePlayer(world.slack, 'U0ANA', channel);
    bo = makePlayer(world.slack, 'U0BO', channel);
    bot = await startBot();
  }, 60_000);
  afterAll(async () => {
    await bot?.kill();
    await world?.close();
  });

  it('is killed at the press on Approve, in the middle of the steps and during the canary; the rollout ends well', async () => {
    const first = await approved(`/model deploy ${model} 1`, /Approval needed · deploy/);
    await cardBecomes(world.slack, first, /Live/);
    world.traffic.start();

    const card = await approved(`/model promote ${model} 2`, /Approval needed · promote/);
    await bot.kill();
    bot = await startBot();
    await until('the model to be made', () => callsOf('sagemaker:CreateModel').length >= 2 || undefined);
    await bot.kill();
    bot = await startBot();
    await cardBecomes(world.slack, card, /Rolling out 50/);
    await bot.kill();
    bot = await startBot();
    await cardBecomes(world.slack, card, /Live · employee-promotion 1.→.2/);
    await until('the outbox to be empty', () => world.pending().length === 0 || undefined);
  });

  it('every step took effect once', () => {
    for (const operation of ['CreateModel', 'CreateEndpointConfig', 'UpdateModelPackage']) {
      expect(done(`sagemaker:${operation}`), operation).toHaveLength(2);
    }
    expect(done('sagemaker:CreateEndpoint')).toHaveLength(1);
    expect(done('sagemaker:UpdateEndpoint')).toHaveLength(1);
    expect(world.aws.sagemaker.serving(model)).toBeDefined();
  });

  it('no card stands twice', () => {
    const ids = world.slack
      .messages(channel)
      .map((message) => /\b(C\d+) · plan/.exec(world.slack.plainText(message))?.[1]);
    const cards = ids.filter((id) => id !== undefined);
    expect(cards).toHaveLength(2);
    expect(new Set(cards).size).toBe(2);
  });

  it('the trail is complete and verifies', async () => {
    const config = loadConfig(world.configText(), world.secrets);
    if (!config.ok) throw new Error('the world wrote a configuration that does not load');
    const store = connectStore(config.value, wallNow);
    const acts = (await store.audit.entries(model, { limit: 200 })).map((entry) => entry.act);
    expect(acts.filter((act) => act === 'change.approved')).toHaveLength(2);
    expect(acts.filter((act) => act === 'change.succeeded')).toHaveLength(2);
    expect(acts.filter((act) => act === 'aws.update-endpoint')).toHaveLength(1);
    const check = await ana.types(`/model audit ${model} verify`);
    expect(world.slack.plainText(check)).toMatch(/Audit trail is whole/);
  });

  async function approved(line: string, reading: RegExp) {
    const plan = await ana.types(line);
    await ana.presses(plan, 'Ask for approval');
    const card = await newestCard(world.slack, channel, reading);
    await bo.presses(card, 'Approve');
    return card;
  }

  /** Calls of the bot, sent or not answered; the team's own are left out. */
  function callsOf(operation: string) {
    return world.aws.calls().filter((call) => call.operation === operation && call.caller !== 'TEAM');
  }

  function done(operation: string) {
    return callsOf(operation).filter((call) => call.status === 200);
  }
});
