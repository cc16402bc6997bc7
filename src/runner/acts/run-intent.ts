import { Fault } from '../../kernel/fault.ts';
import { actId } from '../../kernel/ids.ts';
import type { Clocks } from '../../kernel/time.ts';
import type { Commit, Find } from '../../ledger/act.ts';
import { put, type Versioned } from '../../ledger/kind.ts';
import { afterFault, beforeSend, decideSend, notBefore, type Unsettled } from '../decide-send.ts';
import { type Intent, Intents, withTrouble } from '../intent.ts';
import { type Ended, intentEntry } from '../intent-entry.ts';
import type { TakeLease } from '../lease.ts';
import type { Answer, Operation, Operations } from '../operation.ts';

export type RunIntentDeps = {
  readonly find: Find;
  readonly commit: Commit;
  readonly lease: TakeLease;
  readonly clocks: Clocks;
  readonly newId: () => string;
  /** The operations on the account of a model; undefined for one that has left the configuration. */
  readonly operationsOf: (model: string) => Operations | undefined;
  /** AWS's id of the request behind a Fault. */
  readonly awsRequestId: (fault: unknown) => string | undefined;
};

/** `again`: there is more to do, not before this wall instant. `held`: somebody else is at it. */
export type IntentRun =
  | { readonly kind: 'settled' }
  | { readonly kind: 'held' }
  | { readonly kind: 'again'; readonly at: number; readonly because?: string };

const leaseMs = 60_000;

/** Carries out one intent as far as it goes now: look, send at most once, write down what came of it. Safe to repeat. */
export function makeRunIntent(deps: RunIntentDeps) {
  return async function runIntent(id: string): Promise<IntentRun> {
    const lease = await deps.lease(`intent:${id}`, leaseMs);
    if (!lease) return { kind: 'held' };
    try {
      return await step(deps, id, lease.renew);
    } finally {
      await lease.release();
    }
  };
}

async function step(deps: RunIntentDeps, id: string, stillOurs: () => Promise<boolean>): Promise<IntentRun> {
  const found = await deps.find(Intents, id);
  const state = found?.value.state;
  if (!found || !state || state.kind === 'done' || state.kind === 'failed') return { kind: 'settled' };
  const now = deps.clocks.wall();
  if (notBefore(state) > now) return { kind: 'again', at: notBefore(state) };
  const operations = deps.operationsOf(found.value.model);
  if (!operations) return await troubled(deps, found, noAccount(found.value));
  const operation = operations[found.value.operation];
  if (!operation) return await end(deps, found, failed(deps, unknownOperation(found.value)));

  const look = await looking(operation, found.value);
  if (look instanceof Fault) return await cannotLook(deps, { ...found, state }, look);
  const move = decideSend(state, look, deps.clocks.wall());
  switch (move.kind) {
    case 'found':
      return await end(deps, found, {
        kind: 'done',
        at: deps.clocks.wall(),
        how: 'found',
        answer: { output: move.output },
      });
    case 'fail':
      return await end(deps, found, failed(deps, move));
    case 'wait':
      return await waiting(deps, found, move);
    case 'send':
      return (await stillOurs()) ? await send(deps, operation, { ...found, state }) : { kind: 'held' };
    default:
      return move satisfies never;
  }
}

/** Looking costs nothing but time, so it is tried again without counting, unless AWS says that it never will answer. */
const retryLookMs = 5_000;

async function cannotLook(deps: RunIntentDeps, found: Unfinished, fault: Fault): Promise<IntentRun> {
  if (fault.retryable) return await troubled(deps, found, fault.message);
  const mayHaveArrived = found.state.kind === 'sent' ? ' It was sent before; whether it arrived cannot be seen.' : '';
  const message = `${fault.message}${mayHaveArrived}`;
  return await end(deps, found, failed(deps, { code: fault.code, message, requestId: deps.awsRequestId(fault) }));
}

/** Waits, and keeps why: once for as long as the words stay the same. */
async function troubled(deps: RunIntentDeps, found: Versioned<Intent>, because: string): Promise<IntentRun> {
  const value = withTrouble(found.value, because, deps.clocks.wall());
  if (value !== found.value) await write(deps, { ...found, value }, value.state);
  return { kind: 'again', at: deps.clocks.wall() + retryLookMs, because };
}

async function looking(operation: Operation, intent: Intent) {
  try {
    return await operation.look(intent.input);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

type Unfinished = Versioned<Intent> & { readonly state: Unsettled };

/** Marks first, sends then: after a crash in between it counts as sent, and is looked for before it is sent again. */
async function send(deps: RunIntentDeps, operation: Operation, found: Unfinished): Promise<IntentRun> {
  const sent = beforeSend(found.state, deps.clocks.wall());
  if (!(await write(deps, found, sent))) return { kind: 'held' };
  const marked = { value: { ...found.value, state: sent }, version: found.version + 1 };
  const outcome = await attempting(operation, found.value);
  if (!(outcome instanceof Fault)) {
    return await end(deps, marked, { kind: 'done', at: deps.clocks.wall(), how: 'answered', answer: outcome });
  }
  const refusals = found.state.kind === 'wanted' ? found.state.refusals : 0;
  const after = afterFault(sent, refusals, outcome);
  if (after.kind === 'failed') {
    return await end(deps, marked, failed(deps, { ...after, requestId: deps.awsRequestId(outcome) }));
  }
  if (after.state.kind !== 'sent') {
    const value = withTrouble(marked.value, outcome.message, deps.clocks.wall());
    await write(deps, { ...marked, value }, after.state);
  }
  return { kind: 'again', at: after.until, because: outcome.message };
}

async function attempting(operation: Operation, intent: Intent): Promise<Answer | Fault> {
  try {
    return await operation.send(intent.input);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

async function waiting(
  deps: RunIntentDeps,
  found: Versioned<Intent>,
  move: { state: Unsettled; until: number },
): Promise<IntentRun> {
  if (move.state !== found.value.state) await write(deps, found, move.state);
  return { kind: 'again', at: move.until };
}

function failed(
  deps: RunIntentDeps,
  failure: { code: string; message: string; requestId?: string | undefined },
): Ended {
  const { code, message, requestId } = failure;
  return { kind: 'failed', at: deps.clocks.wall(), failure: { code, message, requestId } };
}

function unknownOperation({ operation }: Intent): { code: string; message: string } {
  return { code: 'unknown-operation', message: `Nobody here knows how to send ${operation}.` };
}

function noAccount({ model }: Intent): string {
  return `The configuration has no model ${model}, so there is no account to send to.`;
}

async function end(deps: RunIntentDeps, found: Versioned<Intent>, ended: Ended): Promise<IntentRun> {
  return (await write(deps, found, ended)) ? { kind: 'settled' } : { kind: 'held' };
}

/** The entry stands in the transaction that ends the intent, so neither is there without the other. */
async function write(deps: RunIntentDeps, found: Versioned<Intent>, state: Intent['state']): Promise<boolean> {
  const next: Intent = { ...found.value, state };
  const isEnd = state.kind === 'done' || state.kind === 'failed';
  const written = await deps.commit({
    id: actId(deps.newId()),
    puts: [put(Intents, next, found.version)],
    entries: isEnd ? [intentEntry(next, state, { clocks: deps.clocks, id: deps.newId() })] : [],
    cards: [],
  });
  return written.ok;
}
