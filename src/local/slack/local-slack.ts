import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Now } from '../../kernel/time.ts';
import { type Admin, makeAdmin } from './admin.ts';
import { type Connection, openConnection } from './delivery/connection.ts';
import { eventRetriesMs, type FailedDelivery, openDeliveries } from './delivery/deliveries.ts';
import { makeTellApp } from './delivery/events.ts';
import { openResponseUrls } from './delivery/response-urls.ts';
import { openTriggers } from './delivery/triggers.ts';
import { type Faults, openFaults } from './faults.ts';
import type { Stage } from './people/ground.ts';
import { makePerson, type Person } from './people/person.ts';
import type { Names } from './people/plain-text.ts';
import { makeReads, type Reads } from './reads.ts';
import { acme, type Seed } from './seed.ts';
import { type MessageNews, messageNews, type ViewNews, viewNews } from './transcript.ts';
import { openDoor } from './web-api/door.ts';
import { allMethods } from './web-api/methods.ts';
import { openPacing } from './web-api/pacing.ts';
import { openToken } from './web-api/token.ts';
import { openMessages } from './workspace/messages.ts';
import { openViews } from './workspace/views.ts';
import { openWorkspace, type Workspace } from './workspace/workspace.ts';

export type LocalSlackOptions = {
  readonly wall: Now;
  readonly signingSecret: string;
  readonly botToken: string;
  /** 0 or left out: any free port. */
  readonly port?: number;
  readonly seed?: Seed;
  /** One post per channel in this time, after a burst of four; the method tiers scale with it, and 0 lifts every limit. 1,000 as Slack has it. */
  readonly postIntervalMs?: number;
  /** How long the app has for an answer: 3,000 as Slack has it. */
  readonly answerLimitMs?: number;
  /** What time it is for who reads a card, where that is not the wall's: "12 min ago" in the plain renderings. */
  readonly readerNow?: Now;
  /** The waits before an event is sent again. */
  readonly eventRetriesMs?: readonly number[];
};

/** A Slack workspace on this machine: the Web API for the app, and people who act in it. */
export type LocalSlack = Reads &
  Admin &
  Omit<Connection, 'wantedEvents'> & {
    readonly url: string;
    /** For `clientOptions.slackApiUrl`. */
    readonly apiUrl: string;
    readonly signingSecret: string;
    readonly botToken: string;
    readonly faults: Faults;
    readonly as: (user: string) => Person;
    /** Deliveries that are on their way, and events that wait for another try. */
    readonly pending: () => readonly string[];
    /** Deliveries that failed as the person saw it: late, unreachable, or not answered with 200. */
    readonly failures: () => readonly FailedDelivery[];
    /** From now on the app's token is refused. */
    readonly revokeToken: () => void;
    readonly onMessage: (tell: (news: MessageNews) => void) => () => void;
    readonly onView: (tell: (news: ViewNews) => void) => () => void;
    readonly close: () => Promise<void>;
  };

/** Starts the local Slack on 127.0.0.1. */
export async function openLocalSlack(options: LocalSlackOptions): Promise<LocalSlack> {
  const { wall, signingSecret, botToken, postIntervalMs = 1_000, answerLimitMs = 3_000 } = options;
  const workspace = openWorkspace(options.seed ?? acme, wall);
  const messages = openMessages(workspace);
  const faults = openFaults();
  const deliveries = openDeliveries(wall, options.eventRetriesMs ?? eventRetriesMs);
  const connection = openConnection({ wall, signingSecret, answerLimitMs, faults, deliveries });
  const tellApp = makeTellApp(workspace, deliveries, connection.wantedEvents);
  const ground = { workspace, messages, views: openViews(workspace), triggers: openTriggers(wall), tellApp };
  const responseUrls = openResponseUrls({ workspace, messages, baseUrl: () => url });
  const stage: Stage = {
    ...ground,
    deliveries,
    responseUrls,
    names: namesIn(workspace, options.readerNow ?? wall),
    offered: new Map(),
  };
  const token = openToken(botToken);
  const pacing = openPacing(wall, postIntervalMs);
  const server = openDoor({ ground, methods: allMethods(), pacing, faults, responseUrls, refuseToken: token.refuse });
  const url = await listen(server, options.port ?? 0);
  return {
    ...makeReads(stage),
    ...makeAdmin(workspace, tellApp),
    url,
    apiUrl: `${url}/api/`,
    signingSecret,
    botToken,
    faults,
    connectApp: connection.connectApp,
    as: (user) => makePerson(stage, user),
    pending: deliveries.pending,
    failures: deliveries.failed,
    sent: connection.sent,
    replay: connection.replay,
    revokeToken: token.revoke,
    onMessage: (tell) => messages.onHappening((happening) => tell(messageNews(stage, happening))),
    onView: (tell) => ground.views.onHappening((happening) => tell(viewNews(stage, happening))),
    close: () => {
      deliveries.close();
      return shut(server);
    },
  };
}

function namesIn({ users, groups, channels }: Workspace, now: Now): Names {
  return {
    now,
    user: (id) => users.get(id)?.real_name ?? id,
    group: (id) => groups.get(id)?.handle ?? id,
    channel: (id) => channels.get(id)?.name ?? id,
  };
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      // A TCP server's address is an object; only pipes have a string.
      const { port: given } = server.address() as AddressInfo;
      resolve(`http://127.0.0.1:${given}`);
    });
  });
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
