import { hangDoors } from '../../handlers/bolt.ts';
import { resume } from '../../handlers/resume.ts';
import type { Knocked } from '../access/delivery.ts';
import { makeFoldingCommit } from '../audit/acts/fold-refusals.ts';
import type { Config } from '../config/config.ts';
import { Fault } from '../kernel/fault.ts';
import { orderedIds } from '../kernel/ids.ts';
import type { Clocks } from '../kernel/time.ts';
import type { Store } from '../store/open-store.ts';
import { makeAccessSide } from './access-side.ts';
import { makeAlertSide } from './alert-side.ts';
import { makeAuditSide } from './audit-side.ts';
import { makeBot } from './bot-doors.ts';
import { makeChangeSide } from './change-side.ts';
import { connectSlack } from './connect-slack.ts';
import { connectStore } from './connect-store.ts';
import type { Ground } from './ground.ts';
import { startHeartbeat } from './heartbeat.ts';
import { openHttpServer } from './http-server.ts';
import { makeInFlight } from './in-flight.ts';
import { makeJournal } from './journal.ts';
import type { Log } from './log.ts';
import { startOutbox } from './poster-side.ts';
import { healthz, makeReadyz, type Readiness } from './readiness.ts';
import { makeSignallingCommit, type Wakes } from './signals.ts';
import { startWork } from './work.ts';

/** One running bot. */
export type RunningBot = {
  readonly url: string;
  readonly readiness: () => Promise<Readiness>;
  /** One beat now: every worker looks once. The heartbeat does this each second. */
  readonly beat: () => Promise<void>;
  /** Takes no new work, finishes what is under way, gives up its leases. */
  readonly stop: () => Promise<void>;
};

export type BotOptions = {
  readonly clocks: Clocks;
  readonly log: Log;
  /** When a lost answer of Slack is looked for in the channel's history, counted from the post. */
  readonly searchAfterMs?: readonly number[];
};

const usualSearchAfterMs = [5_000, 30_000];

/** Puts the bot together and starts it. Composition only: every decision is somewhere else. */
export async function startBot(config: Config, options: BotOptions): Promise<RunningBot> {
  const { clocks, log } = options;
  const store = connectStore(config, clocks.wall, log);
  await prepareTables(config, store, log);
  const wakes: { now: Wakes } = { now: { outbox: () => {}, inbox: () => {}, changes: () => {} } };
  const signalling = makeSignallingCommit(store.commit, () => wakes.now);
  const newId = orderedIds(clocks.wall);
  const commit = makeFoldingCommit({ find: store.find, commit: signalling.commit });
  const ground: Ground = { config, clocks, store, commit, newId, holder: `bot-${newId()}`, log };

  const doors = makeInFlight();
  const journal = makeJournal(ground);
  const slack = await connectSlack(config, clocks.wall, log);
  const access = makeAccessSide(ground, slack);
  const changes = makeChangeSide(ground, slack.accounts);
  const alerts = makeAlertSide(ground, changes);
  const audit = makeAuditSide(ground);
  const bot = makeBot(ground, { access, alerts, audit, changes, slack, track: doors.track, journal });
  hangDoors(slack.app, bot);

  const doLeftOver = async (): Promise<void> => {
    const givenUp = ({ kind, user, trigger }: Knocked): void =>
      log.error({ kind, user, trigger }, 'what was taken at a door took down three replicas and is not tried again');
    for (let each = await journal.takeLeftOver(givenUp); each; each = await journal.takeLeftOver(givenUp)) {
      await doors.track(resume(bot, each));
    }
  };
  const poster = startOutbox(ground, slack, options.searchAfterMs ?? usualSearchAfterMs);
  const work = startWork(ground, {
    alerts,
    audit,
    changes,
    poster,
    doors: { doLeftOver, keepUnderWay: journal.keepUnderWay },
  });
  wakes.now = work.wakes;
  const readiness = async (): Promise<Readiness> => ({
    ...work.readiness(),
    commits: signalling.commits(),
    pending: [...(doors.count() > 0 ? [`${doors.count()} doors are at work`] : []), ...(await work.pending())],
  });
  const server = await openHttpServer(
    {
      slack: slack.listener,
      sns: alerts.door,
      healthz,
      readyz: makeReadyz({
        ping: store.ping,
        readiness: async () => work.readiness(),
        now: clocks.wall,
        onTrouble: (error) => log.warn({ error }, 'not ready'),
      }),
    },
    config.server,
  );
  const heart = startHeartbeat(async () => work.pulse());
  const pollers = alerts.startPollers();
  return {
    url: server.url,
    readiness,
    beat: work.beat,
    stop: async () => {
      await heart.stop();
      await server.close();
      await doors.drained();
      await Promise.all(pollers.map((poller) => poller.stop()));
      await work.stop();
      await poster.stop();
    },
  };
}

/** Protections that the tables lack are said in a local world and stop the start in a real one: the trail rests on them. */
async function prepareTables(config: Config, store: Store, log: Log): Promise<void> {
  const missing = await store.ensureTables();
  if (missing.length > 0 && config.world.store === 'real') {
    throw new Fault(
      'tables-unprotected',
      `The tables are not protected as they have to be. Nothing was started.\n  ${missing.join('\n  ')}`,
    );
  }
  for (const sentence of missing) log.info(sentence);
}
