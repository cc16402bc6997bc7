import type { Fault } from '../kernel/fault.ts';
import type { Intent } from './intent.ts';
import type { Look } from './operation.ts';
import type { WireInput } from './wire-input.ts';

type IntentState = Intent['state'];
export type Unsettled = Extract<IntentState, { kind: 'wanted' | 'sent' }>;

/** What comes next for an intent, after AWS was looked at. Instants are wall time. */
export type SendMove =
  | { readonly kind: 'send' }
  | { readonly kind: 'found'; readonly output?: WireInput | undefined }
  | { readonly kind: 'fail'; readonly code: string; readonly message: string }
  | { readonly kind: 'wait'; readonly state: Unsettled; readonly until: number };

/** What AWS has taken shows after a moment, not at once. */
export const settleMs = 5_000;
/** How often AWS must show nothing, `settleMs` apart, before a call that may have been taken is sent again. */
const looksBeforeResend = 2;
/** A call that AWS never answers is given up; somebody has to look. */
const triesMost = 8;

/**
 * The effect is wanted once. What was never sent is sent as soon as AWS shows nothing of it; what may have arrived is
 * looked for twice first.
 */
export function decideSend(state: Unsettled, look: Look, now: number): SendMove {
  switch (look.kind) {
    case 'ours':
      return { kind: 'found', output: look.output };
    case 'foreign':
      return { kind: 'fail', code: 'foreign', message: look.says };
    case 'busy':
      return { kind: 'wait', state, until: now + settleMs };
    case 'absent':
      return state.kind === 'wanted' ? { kind: 'send' } : resend(state, now);
    default:
      return look satisfies never;
  }
}

function resend(state: Extract<Unsettled, { kind: 'sent' }>, now: number): SendMove {
  const lookedLately = state.lookedAt !== undefined && now < state.lookedAt + settleMs;
  if (lookedLately) return { kind: 'wait', state, until: (state.lookedAt ?? now) + settleMs };
  const looks = state.looks + 1;
  if (looks < looksBeforeResend) {
    return { kind: 'wait', state: { ...state, looks, lookedAt: now }, until: now + settleMs };
  }
  if (state.tries < triesMost) return { kind: 'send' };
  return {
    kind: 'fail',
    code: 'no-answer',
    message: `AWS gave no answer ${state.tries} times, and shows nothing of it.`,
  };
}

/** When an unsettled intent may be looked at again; at once when nothing is said. */
export function notBefore(state: Unsettled): number {
  return state.kind === 'wanted' ? (state.notBefore ?? 0) : (state.lookedAt ?? state.at) + settleMs;
}

/** The state of an intent whose call is about to leave. Written before it does. */
export function beforeSend(state: Unsettled, now: number): Extract<Unsettled, { kind: 'sent' }> {
  return { kind: 'sent', at: now, tries: state.kind === 'sent' ? state.tries + 1 : 1, looks: 0 };
}

export type AfterFault =
  | { readonly kind: 'unsettled'; readonly state: Unsettled; readonly until: number }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/**
 * What a call that threw has left behind. Not known whether it arrived: it stays sent, to be looked for. Not now: wanted
 * again, later. Never: failed, with AWS's own sentence, which names the action when it was denied.
 */
export function afterFault(sent: Extract<Unsettled, { kind: 'sent' }>, refusals: number, fault: Fault): AfterFault {
  // "Already exists" says that somebody made it; the next look tells whether that was us.
  if (fault.ambiguous || fault.code === 'aws-exists')
    return { kind: 'unsettled', state: sent, until: sent.at + settleMs };
  if (!fault.retryable) return { kind: 'failed', code: fault.code, message: fault.message };
  const until = sent.at + backOffMs(refusals);
  return { kind: 'unsettled', state: { kind: 'wanted', notBefore: until, refusals: refusals + 1 }, until };
}

/** 1 s, 2 s, 4 s … to a minute. */
function backOffMs(refusals: number): number {
  return Math.min(60_000, 1_000 * 2 ** refusals);
}
