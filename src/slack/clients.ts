import { LogLevel, WebClient } from '@slack/web-api';

const timeoutMs = 10_000;

/**
 * A Slack client that tries once and says at once when it is rate limited. The outbox decides when to try again: a client
 * that retries by itself posts a slow message several times.
 */
export function makeSlackClient(access: { readonly token: string; readonly apiUrl?: string }): WebClient {
  return new WebClient(access.token, {
    ...(access.apiUrl === undefined ? {} : { slackApiUrl: access.apiUrl }),
    timeout: timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
  });
}
