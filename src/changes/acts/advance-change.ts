import { Fault } from '../../kernel/fault.ts';
import { type Put, put, type Versioned } from '../../ledger/kind.ts';
import { givenUp, type Intent, Intents } from '../../runner/intent.ts';
import { type Change, type ChangeIn, Changes } from '../change.ts';
import { botPerson, type Line, lineOf, named } from '../change-entry.ts';
import { type Ending, ended, isIn, progressed, pushedAgain, stepped, toldToWait } from '../change-life.ts';
import { changeNote, endNews, phaseNews, waitNews } from '../change-notes.ts';
import { type NextMove, nextMove, type Seen } from '../next-move.ts';
import type { ChangePolicy } from '../policy.ts';
import { isNews } from '../progress.ts';
import { abortIntent, stepIntent, stepIntentId } from '../step-intent.ts';
import { type After, afterShadowStep, afterSuccess, afterTrouble } from './after-change.ts';
import type { ChangeDeps } from './change-deps.ts';
import { readLockOfPlan, releasedLock } from './endpoint-lock.ts';
import { writeChange } from './write.ts';

/** `ended`: nothing more to do. `moved`: something was written, look again soon. `waiting`: look again on the next tick. */
export type Advance = 'ended' | 'moved' | 'waiting' | 'held';

const leaseMs = 60_000;
/** A data point of the abort metric holds the alarm for one period. */
const abortHoldsMs = 60_000;

/** Takes a running change one move further, by what AWS shows now. Safe to repeat, by anybody, at any time. */
export function makeAdvanceChange(deps: ChangeDeps) {
  return async function advanceChange(id: string): Promise<Advance> {
    const lease = await deps.lease(`change:${id}`, leaseMs);
    if (!lease) return 'held';
    try {
      const read = await deps.find(Changes, id);
      if (!read || !isIn(read.value, 'running')) return 'ended';
      // A model that has left the configuration has no account to look at; its change waits until it is back.
      const policy = deps.policyOf(read.value.model);
      if (!policy) return 'waiting';
      return await advance({ ...deps, policy }, { value: read.value, version: read.version });
    } finally {
      await lease.release();
    }
  };
}

type Running = Versioned<ChangeIn<'running'>>;
type Deps = ChangeDeps & { readonly policy: ChangePolicy };

async function advance(deps: Deps, read: Running): Promise<Advance> {
  const found = await deps.find(Intents, stepIntentId(read.value, read.value.state.step));
  const intent = found?.value;
  // Until AWS has taken the step, the endpoint has nothing to say about it; one that never left can still be given up.
  const isOpen = intent?.state.kind === 'wanted' || intent?.state.kind === 'sent';
  const canGiveUp = intent?.state.kind === 'wanted' && read.value.state.aborting !== undefined;
  if (isOpen && !canGiveUp) return await tellWait(deps, read, intent);
  const seen = await look(deps, read.value, intent);
  const move = nextMove(seen);
  switch (move.kind) {
    case 'wait':
      return await keepProgress(deps, read, move);
    case 'send-step':
      return await write(deps, read, { change: read.value, puts: intentPut(read.value) });
    case 'next-step':
      return await goOn(deps, read, seen);
    case 'push-abort':
      return await pushAbort(deps, read);
    case 'end':
      return await end(deps, read, { seen, ending: move.ending, puts: canGiveUp ? giveUp(deps, read, found) : [] });
    default:
      return move satisfies never;
  }
}

/** A pause of seconds is AWS's usual throttling and no news. */
const waitIsNewsMs = 30_000;

/** What holds a step up is said once, in the thread, with AWS's own words. */
async function tellWait(deps: Deps, read: Running, intent: Intent): Promise<Advance> {
  const { trouble, says } = intent;
  const { value: change, version: expected } = read;
  const isNews = trouble !== undefined && deps.clocks.wall() - trouble.since >= waitIsNewsMs;
  if (!isNews || change.state.waitTold === change.state.step) return 'waiting';
  const note = changeNote(change, deps.newId(), waitNews(deps.clocks.domain(), says, trouble.because));
  await writeChange(deps, { change: toldToWait(change), expected, lines: [], notes: [note] });
  return 'waiting';
}

/** In the same write as the end of the change: whoever is about to send it is overtaken, or overtakes us. */
function giveUp(deps: Deps, { value }: Running, found: Versioned<Intent> | undefined): readonly Put[] {
  const message = `${value.state.aborting?.by.name ?? 'Somebody'} aborted before it was sent`;
  return found ? [put(Intents, givenUp(found.value, message, deps.clocks.wall()), found.version)] : [];
}

async function look(deps: Deps, change: ChangeIn<'running'>, intent: Intent | undefined): Promise<Seen> {
  const { plan, state } = change;
  const reads = deps.readsOf(change.model);
  const endpoint = await reads.readEndpoint(plan.endpoint);
  const watched = plan.steps[state.step]?.awaits ? plan.rollout.alarms : [];
  const alarms = watched.length > 0 ? await orNone(reads.readAlarms(watched)) : [];
  const target = plan.steps[state.step]?.awaits?.configName;
  const mayHaveGoneBack = endpoint?.status === 'in-service' && endpoint.configName !== target && watched.length > 0;
  const firings = mayHaveGoneBack && intent ? await orNone(reads.readFirings(watched, state.startedAt)) : [];
  const at = deps.clocks.domain();
  const abortedAt = state.aborting?.at ?? at;
  return {
    change,
    intent,
    answeredAgoMs: intent?.state.kind === 'done' ? deps.clocks.wall() - intent.state.at : undefined,
    endpoint,
    alarms,
    firings,
    abortFaded: at >= abortedAt + (state.aborting?.pushes ?? 1) * abortHoldsMs,
    at,
  };
}

/** Alarms explain what the endpoint shows. Where we may not look at them, the change still comes to its end. */
async function orNone<T>(asked: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Fault && !error.retryable) return [];
    throw error;
  }
}

async function keepProgress(
  deps: ChangeDeps,
  read: Running,
  move: Extract<NextMove, { kind: 'wait' }>,
): Promise<Advance> {
  const { progress: was } = read.value.state;
  if (!move.progress || !isNews(was, move.progress)) return 'waiting';
  const news = phaseNews(was, move.progress);
  const change = progressed(read.value, move.progress);
  const notes = news ? [changeNote(change, deps.newId(), news)] : [];
  await writeChange(deps, { change, expected: read.version, lines: [], notes });
  return 'waiting';
}

/** The step is behind us; the next one is sent only if the endpoint is as this one left it. */
async function goOn(deps: Deps, read: Running, seen: Seen): Promise<Advance> {
  const change = stepped(read.value);
  const stopped = seen.change.plan.steps[seen.change.state.step]?.awaits;
  const after = stopped ? await afterShadowStep(deps, read.value, `${read.value.id} stopped it first`) : undefined;
  const next = nextMove({ ...seen, change, intent: undefined });
  if (next.kind === 'end')
    return await end(deps, { value: change, version: read.version }, { seen, ending: next.ending });
  const puts = next.kind === 'send-step' ? intentPut(change) : [];
  return await write(deps, read, { change, puts: [...puts, ...(after?.puts ?? [])], cards: after?.cards ?? [] });
}

async function pushAbort(deps: Deps, read: Running): Promise<Advance> {
  const change = pushedAgain(read.value);
  const push = put(Intents, abortIntent(change, change.state.aborting?.pushes ?? 1), 0);
  return await write(deps, read, { change, puts: [push] });
}

function intentPut(change: Change & ChangeIn<'running'>): readonly Put[] {
  const intent = stepIntent(change, change.state.step);
  return intent ? [put(Intents, intent, 0)] : [];
}

type Move = { readonly change: Change; readonly puts: readonly Put[]; readonly cards?: After['cards'] };

async function write(deps: Deps, read: Running, move: Move): Promise<Advance> {
  const written = await writeChange(deps, { ...move, expected: read.version, lines: [] });
  return written ? 'moved' : 'waiting';
}

type End = { readonly seen: Seen; readonly ending: Ending; readonly puts?: readonly Put[] };

async function end(deps: Deps, read: Running, how: End): Promise<Advance> {
  const { value: change, version } = read;
  const { seen, ending, puts = [] } = how;
  const at = deps.clocks.domain();
  const isGood = ending.kind === 'succeeded';
  const after = await (isGood ? afterSuccess(deps, change, deps.policy) : afterTrouble(deps, change, seen.endpoint));
  const lock = releasedLock(await readLockOfPlan(deps, deps.policy, change.plan), change.id);
  const line = endLine(change, ending);
  const note = changeNote(change, deps.newId(), endNews(change, ending, at));
  const written = await writeChange(deps, {
    change: ended(change, ending, at),
    expected: version,
    lines: [line],
    puts: [...after.puts, ...lock, ...puts],
    cards: after.cards,
    notes: [note],
  });
  return written ? 'ended' : 'waiting';
}

function endLine(change: ChangeIn<'running'>, ending: Ending): Line {
  const { requestId } = change;
  const act = `change.${ending.kind}`;
  const facts = { step: change.state.step, before: change.plan.from?.configName ?? null };
  const base = { act, by: botPerson, requestId };
  switch (ending.kind) {
    case 'succeeded':
      return lineOf(change, {
        ...base,
        sentence: `The ${named(change)} succeeded: ${change.plan.target.configName} serves.`,
        facts: { ...facts, after: change.plan.target.configName },
      });
    case 'rolled-back':
      return lineOf(change, {
        ...base,
        outcome: 'failed',
        sentence: `The ${named(change)} went back to ${ending.liveConfig}: ${ending.reason}`,
        facts: { ...facts, after: ending.liveConfig, alarm: ending.alarm ?? null, reason: ending.reason },
      });
    case 'failed':
    case 'interrupted':
      return lineOf(change, {
        ...base,
        outcome: 'failed',
        sentence: `The ${named(change)} ${ending.kind === 'failed' ? 'failed' : 'was interrupted'}: ${ending.reason}`,
        facts: { ...facts, reason: ending.reason },
      });
    default:
      return ending satisfies never;
  }
}
