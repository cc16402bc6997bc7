import type { z } from 'zod';
import type { Environment } from '../environment.ts';
import { oneOf } from '../forms/form.ts';
import { duration } from '../forms/quantities.ts';
import { makeSecret, type Secret, secret } from '../forms/secret.ts';
import { section } from '../forms/section.ts';
import { slackTeam } from '../forms/slack-ids.ts';

/** How the bot hears Slack. Each mode needs the one secret that proves where a request comes from. */
type Door =
  | { readonly mode: 'http'; readonly signingSecret: Secret; readonly appToken?: Secret | undefined }
  | { readonly mode: 'socket'; readonly appToken: Secret; readonly signingSecret?: Secret | undefined };

const shape = (env: Environment) => ({
  mode: oneOf(['http', 'socket'])
    .prefault('http')
    .describe('How Slack reaches the bot: by HTTP requests to its server, or over a socket that the bot opens.'),
  botToken: secret(env, 'env:SLACK_BOT_TOKEN')
    .prefault('env:SLACK_BOT_TOKEN')
    .describe('Bot token (xoxb) of the installed app.'),
  signingSecret: secret(env, 'env:SLACK_SIGNING_SECRET')
    .optional()
    .describe('Signing secret of the app. Needed with `mode: http`, there env:SLACK_SIGNING_SECRET when not written.'),
  appToken: secret(env, 'env:SLACK_APP_TOKEN')
    .optional()
    .describe('App-level token (xapp). Needed with `mode: socket`, there env:SLACK_APP_TOKEN when not written.'),
  team: slackTeam().describe('The home workspace. People of any other workspace are refused everywhere.'),
  postEvery: duration({ from: '0s', to: '1m', example: '1s' })
    .prefault('1s')
    .describe("Pause between two posts to one channel. Slack's own limit is about one a second."),
});

/** The workspace and the app in it. */
export const slack = (env: Environment) =>
  section(shape(env)).transform(({ postEvery, mode, signingSecret, appToken, ...rest }) => {
    const door: Door =
      mode === 'http'
        ? { mode, appToken, signingSecret: signingSecret ?? makeSecret('SLACK_SIGNING_SECRET', env) }
        : { mode, signingSecret, appToken: appToken ?? makeSecret('SLACK_APP_TOKEN', env) };
    return { ...rest, ...door, postEveryMs: postEvery };
  });

export type SlackSection = z.output<ReturnType<typeof slack>>;
