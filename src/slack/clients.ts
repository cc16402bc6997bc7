import { type Logger, LogLevel, WebClient } from '@slack/web-api';

const timeoutMs = 10_000;

/**
 * A Slack client that tries once and says at once when it is rate limited. The outbox decides when to try again: a client
 * that retries by itself posts a slow message several times.
 */
export function makeSlackClient(access: {
  readonly token: string;
  readonly apiUrl?: string;
  /** Where the client's own words go; its console would print requests beside our log. */
  readonly logger?: Logger;
}): WebClient {
  return new WebClient(access.token, {
    ...(access.apiUrl === undefined ? {} : { slackApiUrl: access.apiUrl }),
    timeout: timeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    ...(access.logger === undefined ? { logLevel: LogLevel.ERROR } : { logger: access.logger }),
  });
}
