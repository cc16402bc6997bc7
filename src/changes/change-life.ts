import type { Person } from '../access/person.ts';
import { castVote, type VoteRefusal } from '../approvals/cast-vote.ts';
import type { Need, Vote } from '../approvals/vote.ts';
import { accept, type Refused, type Result, refuse } from '../kernel/result.ts';
import type { Change, ChangeIn, ChangeState, Progress } from './change.ts';
import type { Plan } from './plan.ts';
import type { ChangeRefusal } from './refusal.ts';

/** Every transition of a change. Pure: the caller brings the instant, which is domain time, and writes the answer down. */

export type By = { readonly by: Person; readonly at: number };

/** A plan is kept half an hour; after that the world has moved on and it is planned again. */
export const planKeptMs = 30 * 60_000;

export function planned(change: Omit<Change, 'state' | 'schema'>): ChangeIn<'planned'> {
  return { ...change, schema: 1, state: { kind: 'planned', expiresAt: change.requestedAt + planKeptMs } };
}

/** Whoever planned it asks for it, within the half hour. */
export function mayAsk(change: Change, { by, at }: By): Result<ChangeIn<'planned'>, ChangeRefusal> {
  if (!isIn(change, 'planned')) return refuse(decided(change));
  if (at >= change.state.expiresAt)
    return refuse({ kind: 'expired', id: change.id, expiredAt: change.state.expiresAt });
  if (by.user !== change.requestedBy.user) {
    return refuse({ kind: 'not-the-planner', id: change.id, planner: change.requestedBy.name });
  }
  return accept(change);
}

export function asked(change: ChangeIn<'planned'>, at: number, expiresMs: number): ChangeIn<'awaiting-approval'> {
  return { ...change, state: { kind: 'awaiting-approval', askedAt: at, expiresAt: at + expiresMs, votes: [] } };
}

/** The change with one more yes, and whether it was the last one needed. */
export type Voted = { readonly change: ChangeIn<'awaiting-approval'>; readonly complete: boolean };

/** A yes. `membersNow` is who is in each group at the click. */
export function voted(
  change: Change,
  yes: By & { readonly membersNow: Readonly<Record<string, readonly string[]>> },
): Result<Voted, ChangeRefusal> {
  if (!isIn(change, 'awaiting-approval')) return refuse(decided(change));
  const { votes, expiresAt } = change.state;
  const needs = needsOf(change.plan);
  const cast = castVote({ requestedBy: change.requestedBy, needs, votes, expiresAt }, yes);
  if (!cast.ok) return refuse(inWords(cast.refusal, change));
  const state = { ...change.state, votes: [...cast.value.votes] };
  return accept({ change: { ...change, state }, complete: cast.value.complete });
}

/** Who has to agree. Plans of an older layout list all approvers together. */
export function needsOf(plan: Plan): readonly Need[] {
  return plan.approvals.map(({ group, count, members }) => ({ group, count, members: members ?? plan.approvers }));
}

/** It runs: `plan` is the one made again from the facts of this moment, with the same digest. */
export function started(change: Change, at: number, plan: Plan): ChangeIn<'running'> {
  return { ...change, plan, state: { kind: 'running', startedAt: at, votes: [...votesOf(change)], step: 0 } };
}

export function rejected(change: Change, { by, at }: By, reason: string): Result<Change, ChangeRefusal> {
  if (!isIn(change, 'awaiting-approval')) return refuse(decided(change));
  return accept({ ...change, state: { kind: 'rejected', by, at, reason } });
}

/** Only whoever asked takes a request back. */
export function withdrawn(change: Change, { by, at }: By): Result<Change, ChangeRefusal> {
  if (!isIn(change, 'awaiting-approval')) return refuse(decided(change));
  if (by.user !== change.requestedBy.user) {
    return refuse({ kind: 'not-the-planner', id: change.id, planner: change.requestedBy.name });
  }
  return accept({ ...change, state: { kind: 'withdrawn', by, at } });
}

/** A plan that nobody has asked anybody about may be dropped by anyone. */
export function discarded(change: Change, { by, at }: By): Result<Change, ChangeRefusal> {
  if (!isIn(change, 'planned')) return refuse(decided(change));
  return accept({ ...change, state: { kind: 'withdrawn', by, at } });
}

/** Undefined while there is time. */
export function expired(change: Change, at: number): Change | undefined {
  if (!isIn(change, 'planned') && !isIn(change, 'awaiting-approval')) return undefined;
  return at < change.state.expiresAt ? undefined : { ...change, state: { kind: 'expired', at } };
}

/** The world is no longer the one that was agreed to. */
export function voided(change: Change, at: number, reason: string): Change {
  return { ...change, state: { kind: 'voided', at, reason } };
}

/** Abort works where the plan has an alarm to trip. */
export function aborting(change: Change, { by, at }: By): Result<ChangeIn<'running'>, ChangeRefusal> {
  const canAbort = isIn(change, 'running') && change.plan.rollout.abortAlarm !== undefined && !change.state.aborting;
  if (!canAbort) return refuse({ kind: 'nothing-to-abort', id: change.id, state: change.state.kind });
  return accept({ ...change, state: { ...change.state, aborting: { by, at, pushes: 1 } } });
}

/** The abort alarm is tripped once more: a data point lasts a minute, and only bakes listen. */
export function pushedAgain(change: ChangeIn<'running'>): ChangeIn<'running'> {
  const { aborting: abort } = change.state;
  if (!abort) return change;
  return { ...change, state: { ...change.state, aborting: { ...abort, pushes: (abort.pushes ?? 1) + 1 } } };
}

/** One step on. */
export function stepped(change: ChangeIn<'running'>): ChangeIn<'running'> {
  const { progress: _past, ...state } = change.state;
  return { ...change, state: { ...state, step: state.step + 1 } };
}

export function progressed(change: ChangeIn<'running'>, progress: Progress): ChangeIn<'running'> {
  return { ...change, state: { ...change.state, progress } };
}

/** The thread knows that the present step waits. */
export function toldToWait(change: ChangeIn<'running'>): ChangeIn<'running'> {
  return { ...change, state: { ...change.state, waitTold: change.state.step } };
}

/** How a running change ends. */
export type Ending =
  | { readonly kind: 'succeeded' }
  | {
      readonly kind: 'rolled-back';
      readonly reason: string;
      readonly alarm?: string | undefined;
      readonly liveConfig: string;
    }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'interrupted'; readonly reason: string };

export function ended(change: ChangeIn<'running'>, ending: Ending, at: number): Change {
  const { startedAt, votes, step } = change.state;
  switch (ending.kind) {
    case 'succeeded':
      return { ...change, state: { kind: 'succeeded', startedAt, endedAt: at, votes } };
    case 'rolled-back':
      return { ...change, state: { ...ending, startedAt, endedAt: at, votes } };
    case 'failed':
      return { ...change, state: { ...ending, startedAt, endedAt: at, votes, step } };
    case 'interrupted':
      return { ...change, state: { ...ending, startedAt, at, votes, step } };
    default:
      return ending satisfies never;
  }
}

export function isIn<K extends ChangeState['kind']>(change: Change, kind: K): change is ChangeIn<K> {
  return change.state.kind === kind;
}

function votesOf(change: Change): readonly Vote[] {
  return 'votes' in change.state ? change.state.votes : [];
}

function decided(change: Change): ChangeRefusal {
  const { state } = change;
  if (state.kind === 'expired') return { kind: 'expired', id: change.id, expiredAt: state.at };
  const who = 'by' in state ? state.by.name : votesOf(change).at(-1)?.by.name;
  return { kind: 'already-decided', id: change.id, state: state.kind, by: who };
}

function inWords(refusal: VoteRefusal, { id, plan }: Change): Refused<ChangeRefusal>['refusal'] {
  switch (refusal.kind) {
    case 'own-request':
      return { kind: 'own-request', id, change: plan.kind };
    case 'expired':
    case 'already-voted':
    case 'joined-later':
    case 'not-an-approver':
      return { ...refusal, id };
    default:
      return refusal satisfies never;
  }
}
