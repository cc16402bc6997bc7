import { Fault } from '../kernel/fault.ts';

/** Slack refused for a while: how long it asks us to wait, in milliseconds. */
export class RateLimited extends Fault {
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number, cause: unknown) {
    super('slack-rate-limited', `Slack asks to wait ${retryAfterMs} ms`, { retryable: true, cause });
    this.retryAfterMs = retryAfterMs;
  }
}

/** Slack's own troubles. Its pages say of them that a part of the call may have been done. Every other word is a refusal. */
const ownTrouble = new Set(['fatal_error', 'internal_error', 'service_unavailable', 'request_timeout']);

/** The connection never stood, so nothing was sent. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * Every error of a Slack call becomes a Fault here. A word that Slack says is final, but for its own troubles. Lost answers
 * and 5xx are ambiguous: the call may have taken effect.
 */
export function slackFault(method: string, error: unknown): Fault {
  if (error instanceof Fault) return error;
  const retryAfter = numberIn(error, 'retryAfter');
  if (retryAfter !== undefined) return new RateLimited(retryAfter * 1_000, error);
  const said = platformError(error);
  if (said === 'ratelimited' || said === 'rate_limited') return new RateLimited(1_000, error);
  if (said !== undefined) return refusal(method, said, error);
  const status = numberIn(error, 'statusCode');
  if (status !== undefined && status < 500) {
    const code = `slack-http-${status}`;
    return new Fault(code, `Slack answered ${method} with status ${status}`, { retryable: true, cause: error });
  }
  const isSent = !neverSent.has(networkCode(error));
  return new Fault('slack-no-answer', `Slack gave no answer to ${method}`, {
    retryable: true,
    ambiguous: isSent,
    cause: error,
  });
}

function refusal(method: string, said: string, error: unknown): Fault {
  const isTrouble = ownTrouble.has(said);
  const why = reasons(error);
  const message = `Slack refused ${method}: ${said}${why.length === 0 ? '' : ` (${why.join('; ')})`}`;
  const more = { retryable: isTrouble, ambiguous: isTrouble, cause: error };
  return new Fault(`slack-${said.replaceAll('_', '-')}`, message, more);
}

/** The page of a proxy with status 200 reads as a platform error too, so only what looks like a word of Slack is one. */
function platformError(error: unknown): string | undefined {
  const said = member(member(error, 'data'), 'error');
  return typeof said === 'string' && /^[a-z][a-z0-9_]*$/.test(said) ? said : undefined;
}

/** Which block Slack did not like: places and rules, never the content. */
function reasons(error: unknown): readonly string[] {
  const said = member(member(member(error, 'data'), 'response_metadata'), 'messages');
  return Array.isArray(said) ? said.filter((each) => typeof each === 'string').slice(0, 3) : [];
}

/** `fetch` wraps the network's error in one or two others. */
function networkCode(error: unknown): string {
  const original = member(error, 'original');
  const code = member(member(original, 'cause'), 'code') ?? member(original, 'code');
  return typeof code === 'string' ? code : '';
}

function numberIn(error: unknown, name: string): number | undefined {
  const value = member(error, name);
  return typeof value === 'number' ? value : undefined;
}

function member(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[name] : undefined;
}
