import { Fault } from '../kernel/fault.ts';

/** Errors by which Slack says "never, as it stands": asking again cannot help. */
const permanent = new Set([
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'invalid_auth',
  'token_revoked',
  'account_inactive',
  'missing_scope',
  'invalid_blocks',
  'msg_too_long',
  'msg_blocks_too_long',
  'cant_update_message',
  'message_not_found',
  'user_not_found',
]);

/** Slack refused for a while: how long it asks us to wait, in milliseconds. */
export class RateLimited extends Fault {
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number, cause: unknown) {
    super('slack-rate-limited', `Slack asks to wait ${retryAfterMs} ms`, { retryable: true, cause });
    this.retryAfterMs = retryAfterMs;
  }
}

/** Every error of a Slack call becomes a Fault here. Lost answers and 5xx are ambiguous: the call may have taken effect. */
export function slackFault(method: string, error: unknown): Fault {
  if (error instanceof Fault) return error;
  const retryAfter = numberIn(error, 'retryAfter');
  if (retryAfter !== undefined) return new RateLimited(retryAfter * 1_000, error);
  const said = platformError(error);
  if (said === 'ratelimited' || said === 'rate_limited') return new RateLimited(1_000, error);
  if (said !== undefined) {
    const retryable = !permanent.has(said);
    return new Fault(`slack-${said.replaceAll('_', '-')}`, `Slack refused ${method}: ${said}`, {
      retryable,
      cause: error,
    });
  }
  return new Fault('slack-no-answer', `Slack gave no answer to ${method}`, {
    retryable: true,
    ambiguous: true,
    cause: error,
  });
}

function platformError(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('data' in error)) return undefined;
  const data = error.data;
  if (typeof data !== 'object' || data === null || !('error' in data)) return undefined;
  return typeof data.error === 'string' ? data.error : undefined;
}

function numberIn(error: unknown, member: string): number | undefined {
  if (typeof error !== 'object' || error === null || !(member in error)) return undefined;
  const value = (error as Record<string, unknown>)[member];
  return typeof value === 'number' ? value : undefined;
}
