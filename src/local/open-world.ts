import { randomBytes } from 'node:crypto';
import { newSigningKey } from '../kernel/signing.ts';
import { type EpochMs, wallNow } from '../kernel/time.ts';
import { type LocalAws, openLocalAws } from './aws/open-local-aws.ts';
import { openSignals, type Signals } from './aws/open-signals.ts';
import type { Timings } from './aws/sagemaker/deployment.ts';
import { type Balancer, openBalancer } from './balancer.ts';
import { serveClock } from './clock/clock-server.ts';
import { type DomainClock, openDomainClock } from './clock/domain-clock.ts';
import { logisticRegressionContainer } from './data/ml/logistic-regression-container.ts';
import type { TrainedVersion } from './data/ml/train-versions.ts';
import { registerVersions } from './data/seed-registry.ts';
import { openTraffic, type Traffic } from './data/traffic/open-traffic.ts';
import { openDynamoDb } from './dynamodb/open-dynamodb.ts';
import { furnish, subscribe } from './furnish.ts';
import { requireLoopback } from './loopback.ts';
import { type LocalSlack, openLocalSlack } from './slack/local-slack.ts';
import { type TeamClients, teamClients } from './world-clients.ts';
import { type WorldAddresses, worldConfig } from './world-config.ts';

export type WorldOptions = {
  readonly startAt: EpochMs;
  /** Domain seconds for each wall second; 0: by hand. */
  readonly speed: number;
  /** What is in the registry when the world opens. */
  readonly versions: readonly TrainedVersion[];
  /** Slack's pace: 1,000 ms between posts as the real one has it; tests shorten it. */
  readonly postIntervalMs?: number;
  /** Requests for each domain minute once traffic runs. */
  readonly perMinute?: number;
  readonly timings?: Partial<Timings>;
  /** Wall length of one second of SNS's retry rules; tests shorten it. */
  readonly policySecondMs?: number;
};

/** AWS, Slack, the store's engine and time, on this machine. Bots are put into it from outside. */
export type World = {
  readonly clock: DomainClock;
  readonly aws: LocalAws;
  readonly signals: Signals;
  readonly slack: LocalSlack;
  readonly team: TeamClients;
  readonly traffic: Traffic;
  readonly addresses: WorldAddresses;
  /** The bot's configuration file and the environment it starts with; nothing else of the machine is handed on. */
  readonly configText: (port?: number) => string;
  readonly secrets: Readonly<Record<string, string>>;
  /** Puts a replica behind the balancer; the first one also subscribes it to the topic. */
  readonly attach: (botUrl: string) => Promise<void>;
  readonly detach: (botUrl: string) => void;
  /** What is still on its way in the world itself. */
  readonly pending: () => readonly string[];
  readonly close: () => Promise<void>;
};

const account = '111122223333';
const region = 'us-east-1';
const endpoint = 'employee-promotion';

/** @throws {Fault} when it cannot stand, or would not stay on this machine; what was opened by then is closed again */
export async function openWorld(options: WorldOptions): Promise<World> {
  const opened = makeClosing();
  try {
    return await openOn(opened, options);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function openOn(opened: Closing, options: WorldOptions): Promise<World> {
  const clock = openDomainClock(options.startAt, 0);
  opened.add(clock.close);
  const secrets = makeSecrets();
  const servers = await openServers(opened, options, { clock, secrets });
  const { aws, slack, store, clockServer, balancer } = servers;
  requireLoopback({ AWS: aws.url, Slack: slack.url, 'the store': store.url, 'its clock': clockServer.url });
  const team = teamClients(aws.url, region);
  opened.add(team.close);
  const topic = await furnishTeam(team, options.versions);
  const perMinute = options.perMinute ?? 30;
  const traffic = openTraffic({ clock, runtime: team.runtime, endpoint, perMinute, seed: 'live' });
  const addresses = {
    aws: aws.url,
    slack: slack.url,
    store: store.url,
    clock: clockServer.url,
    topic,
    account,
    region,
  };
  const pace = { postEvery: options.postIntervalMs === undefined ? '1s' : '0s' };
  slack.connectApp({ requestUrl: `${balancer.url}/slack/events` });
  clock.setSpeed(options.speed);
  return {
    clock,
    aws,
    signals: servers.signals,
    slack,
    team,
    traffic,
    addresses,
    configText: (port = 0) => worldConfig(addresses, pace, port),
    secrets,
    attach: makeAttach(balancer, team, topic),
    detach: balancer.remove,
    pending: () => [...servers.signals.pending(), ...slack.pending(), ...underWay(traffic)],
    close: async () => {
      traffic.stop();
      await opened.close();
    },
  };
}

/** What was opened, to be closed the other way round. */
type Closing = { readonly add: (close: () => void | Promise<void>) => void; readonly close: () => Promise<void> };

function makeClosing(): Closing {
  const opened: (() => void | Promise<void>)[] = [];
  return {
    add: (close) => void opened.push(close),
    close: async () => {
      for (let close = opened.pop(); close; close = opened.pop()) await close();
    },
  };
}

type Servers = Pick<World, 'aws' | 'signals' | 'slack'> & {
  readonly store: Awaited<ReturnType<typeof openDynamoDb>>;
  readonly clockServer: Awaited<ReturnType<typeof serveClock>>;
  readonly balancer: Balancer;
};

/** The store first: it is the one that a machine may lack, and the last that is closed. */
async function openServers(
  opened: Closing,
  options: WorldOptions,
  { clock, secrets }: { readonly clock: DomainClock; readonly secrets: WorldSecrets },
): Promise<Servers> {
  const store = await openDynamoDb();
  opened.add(store.close);
  const { aws, signals } = await openAws(options, clock);
  opened.add(aws.close);
  const clockServer = await serveClock(clock);
  opened.add(clockServer.close);
  const balancer = await openBalancer();
  opened.add(balancer.close);
  const slack = await openLocalSlack({
    wall: wallNow,
    signingSecret: secrets.SLACK_SIGNING_SECRET,
    botToken: secrets.SLACK_BOT_TOKEN,
    readerNow: clock.now,
    ...(options.postIntervalMs === undefined ? {} : { postIntervalMs: options.postIntervalMs }),
  });
  opened.add(slack.close);
  return { aws, signals, slack, store, clockServer, balancer };
}

/** What the team has before Understudy: registered versions, a topic and a standing alarm. */
async function furnishTeam(team: TeamClients, versions: WorldOptions['versions']): Promise<string> {
  const { sagemaker, s3 } = team;
  await registerVersions({ sagemaker, s3, bucket: 'acme-models', group: endpoint, account, region, versions });
  const { topic } = await furnish(team, endpoint);
  return topic;
}

function underWay(traffic: Traffic): readonly string[] {
  return traffic.pending() > 0 ? [`traffic: ${traffic.pending()} requests under way`] : [];
}

async function openAws(options: WorldOptions, clock: DomainClock): Promise<{ aws: LocalAws; signals: Signals }> {
  let signals: Signals | undefined;
  const pace = options.policySecondMs === undefined ? {} : { policySecondMs: options.policySecondMs };
  const aws = await openLocalAws({
    clock,
    wall: wallNow,
    account,
    region,
    containers: [logisticRegressionContainer],
    ...(options.timings === undefined ? {} : { timings: options.timings }),
    extraServices: (ground) => {
      signals = openSignals(ground, pace);
      return signals;
    },
  });
  if (!signals) throw new Error('the local AWS opened without CloudWatch and SNS');
  return { aws, signals };
}

/** Made anew for each world, so that nothing outside it can speak to its bots. */
type WorldSecrets = ReturnType<typeof makeSecrets>;

function makeSecrets() {
  return {
    SLACK_BOT_TOKEN: `xoxb-local-${randomBytes(16).toString('hex')}`,
    SLACK_SIGNING_SECRET: randomBytes(16).toString('hex'),
    UNDERSTUDY_AUDIT_KEY: newSigningKey(),
  };
}

/** One subscription for the balancer, whoever stands behind it. */
function makeAttach(balancer: Balancer, team: TeamClients, topic: string): (botUrl: string) => Promise<void> {
  let subscribed = false;
  return async (botUrl) => {
    requireLoopback({ 'a bot': botUrl });
    balancer.add(botUrl);
    if (subscribed) return;
    subscribed = true;
    await subscribe(team.sns, topic, `${balancer.url}/sns`);
  };
}
