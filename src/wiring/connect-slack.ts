import type { RequestListener } from 'node:http';
import { App, HTTPReceiver } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { isFresh } from '../access/delivery.ts';
import type { Config } from '../config/config.ts';
import { Fault } from '../kernel/fault.ts';
import type { Now } from '../kernel/time.ts';
import type { Posts } from '../outbox/acts/post-cards.ts';
import { type Accounts, makeAccounts } from '../slack/accounts.ts';
import { makeChannels } from '../slack/channels.ts';
import { makeSlackClient } from '../slack/clients.ts';
import { makePosts } from '../slack/messages.ts';
import { slackFault } from '../slack/slack-fault.ts';
import type { Log } from './log.ts';
import { slackLog } from './slack-log.ts';

export type SlackSide = {
  readonly app: App;
  /** Bolt's own listener, for our server. */
  readonly listener: RequestListener;
  readonly client: WebClient;
  readonly accounts: Accounts;
  readonly posts: Posts;
  readonly channelIsShared: (channel: string) => Promise<boolean>;
};

/**
 * The Bolt app on an HTTP receiver of our own making, and the clients beside it. The token is asked for its bot user once,
 * here, so that a wrong token stops the start with a sentence.
 */
export async function connectSlack(config: Config, wall: Now, log: Log): Promise<SlackSide> {
  const token = config.slack.botToken.reveal();
  const apiUrl =
    config.override.slack === undefined ? {} : { apiUrl: `${config.override.slack.replace(/\/$/, '')}/api/` };
  const client = makeSlackClient({ token, logger: slackLog(log), ...apiUrl });
  const { botId, botUserId } = await whoAmI(client);
  const receiver = new HTTPReceiver({
    signingSecret: secretOf(config),
    endpoints: '/slack/events',
    bodyLimit: '1mb',
    logger: slackLog(log),
  });
  const app = new App({
    receiver,
    authorize: () => Promise.resolve({ botToken: token, botId, botUserId }),
    logger: slackLog(log),
    convoStore: false,
    clientOptions: {
      ...(apiUrl.apiUrl === undefined ? {} : { slackApiUrl: apiUrl.apiUrl }),
      timeout: 2_500,
      retryConfig: { retries: 0 },
    },
  });
  return {
    app,
    listener: onlyFresh(receiver.requestListener, wall),
    client,
    accounts: makeAccounts({ client, wall }),
    posts: makePosts(client),
    channelIsShared: makeChannels(client, wall),
  };
}

/** A request from the future would pass Bolt's own check for ever, so both sides of the clock are checked before it. */
function onlyFresh(listener: RequestListener, wall: Now): RequestListener {
  return (request, response) => {
    const sentAt = Number(request.headers['x-slack-request-timestamp']) * 1_000;
    if (isFresh(sentAt, wall())) listener(request, response);
    else response.writeHead(401).end('Not taken: the request is not of this moment.\n');
  };
}

function secretOf(config: Config): string {
  if (config.slack.mode === 'http') return config.slack.signingSecret.reveal();
  throw new Fault('not-yet', 'slack.mode: socket is not used yet; write slack.mode: http');
}

async function whoAmI(client: WebClient): Promise<{ readonly botId: string; readonly botUserId: string }> {
  try {
    const me = await client.auth.test();
    return { botId: String(me.bot_id), botUserId: String(me.user_id) };
  } catch (error) {
    throw slackFault('auth.test', error);
  }
}
