import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, type Logger, LogLevel } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { instant, type Now, wallNow } from '../../src/kernel/time.ts';
import { type LocalSlack, type LocalSlackOptions, openLocalSlack } from '../../src/local/slack/local-slack.ts';

/** A workspace, a plain client for it, and a wall clock that can be moved on. */
export type Town = {
  readonly slack: LocalSlack;
  readonly client: WebClient;
  readonly wall: Now;
  readonly passMs: (ms: number) => void;
  readonly close: () => Promise<void>;
};

export async function openTown(options: Partial<LocalSlackOptions> = {}): Promise<Town> {
  let skippedMs = 0;
  const wall = () => instant(wallNow() + skippedMs);
  const slack = await openLocalSlack({
    wall,
    signingSecret: 'a-secret',
    botToken: 'xoxb-good',
    postIntervalMs: 0,
    ...options,
  });
  return {
    slack,
    client: clientOf(slack, 'xoxb-good'),
    wall,
    passMs: (ms) => {
      skippedMs += ms;
    },
    close: slack.close,
  };
}

/** These tests make calls fail on purpose; the SDK would report each. */
const silent: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

/** A client that tells of every failure at once instead of trying again. */
export function clientOf(slack: LocalSlack, token: string): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
  });
}

/** A real Bolt app behind a real HTTP receiver, and the workspace that it is installed in. */
export type BoltTown = Town & { readonly requestUrl: string };

export async function openBoltTown(
  install: (app: App) => void,
  options: Partial<LocalSlackOptions> = {},
): Promise<BoltTown> {
  const town = await openTown(options);
  const { slack } = town;
  const receiver = new HTTPReceiver({
    signingSecret: slack.signingSecret,
    logger: silent,
  });
  const app = new App({
    token: slack.botToken,
    botId: 'B0UNDERSTUDY',
    botUserId: 'U0BOT',
    receiver,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, logger: silent },
    logger: silent,
  });
  install(app);
  const { url, close } = await serve(createServer(receiver.requestListener));
  const requestUrl = `${url}/slack/events`;
  slack.connectApp({ requestUrl, events: ['app_home_opened', 'app_mention', 'message', 'reaction_added'] });
  return {
    ...town,
    requestUrl,
    close: async () => {
      await slack.close();
      await close();
    },
  };
}

/** Listens on a free port of 127.0.0.1. */
export async function serve(server: Server): Promise<{ url: string; close: () => Promise<void> }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, close };
}

/** The next news that fits: for what an app does after it has answered. */
export function next<T>(
  listen: (tell: (news: T) => void) => () => void,
  fits: (news: T) => boolean = () => true,
): Promise<T> {
  return new Promise((resolve) => {
    const stop = listen((news) => {
      if (!fits(news)) return;
      stop();
      resolve(news);
    });
  });
}

/** Slack's own word for why a call failed. */
export async function errorOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'no error';
  } catch (error) {
    const { data, code } = error as { data?: { error?: string }; code?: string };
    return data?.error ?? code ?? String(error);
  }
}

export const card = (text: string) => [{ type: 'header', text: { type: 'plain_text', text, emoji: true } }];
