import { z } from 'zod';
import { Person } from '../access/person.ts';
import { Vote } from '../approvals/vote.ts';
import type { Kind } from '../ledger/kind.ts';
import { Plan } from './plan.ts';

/** What the endpoint showed when we last looked, in our words. */
export const Progress = z.object({
  lookedAt: z.number(),
  /** Share of production traffic that meets the new version, 0 to 1. */
  trafficShare: z.number(),
  phase: z.enum(['preparing', 'creating', 'canary', 'all-traffic', 'finishing']),
  /** Domain instant at which the present bake ends, when AWS says that it bakes. */
  bakesUntil: z.number().optional(),
  alarms: z.array(z.object({ name: z.string(), state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']) })),
});
export type Progress = z.infer<typeof Progress>;

/** The states of a change, each with the data that it really has. Transitions live in change-life.ts alone. */
export const ChangeState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('planned'), expiresAt: z.number() }),
  z.object({ kind: z.literal('awaiting-approval'), askedAt: z.number(), expiresAt: z.number(), votes: z.array(Vote) }),
  z.object({
    kind: z.literal('running'),
    startedAt: z.number(),
    votes: z.array(Vote),
    /** Index of the step that is being done; all before it are done. */
    step: z.number().int(),
    progress: Progress.optional(),
    /** The step of which the thread was told that AWS does not take it. */
    waitTold: z.number().int().optional(),
    /** Set when somebody pressed Abort. `pushes` counts how often the abort alarm was tripped. */
    aborting: z.object({ by: Person, at: z.number(), pushes: z.number().int().optional() }).optional(),
  }),
  z.object({ kind: z.literal('succeeded'), startedAt: z.number(), endedAt: z.number(), votes: z.array(Vote) }),
  z.object({
    kind: z.literal('rolled-back'),
    startedAt: z.number(),
    endedAt: z.number(),
    votes: z.array(Vote),
    reason: z.string(),
    /** The alarm that fired, when one did; undefined means that AWS went back in silence. */
    alarm: z.string().optional(),
    liveConfig: z.string(),
  }),
  z.object({
    kind: z.literal('failed'),
    startedAt: z.number(),
    endedAt: z.number(),
    votes: z.array(Vote),
    reason: z.string(),
    step: z.number().int(),
  }),
  z.object({
    kind: z.literal('interrupted'),
    startedAt: z.number(),
    at: z.number(),
    votes: z.array(Vote),
    reason: z.string(),
    step: z.number().int(),
  }),
  z.object({ kind: z.literal('rejected'), by: Person, at: z.number(), reason: z.string() }),
  z.object({ kind: z.literal('expired'), at: z.number() }),
  z.object({ kind: z.literal('withdrawn'), by: Person, at: z.number() }),
  z.object({ kind: z.literal('voided'), at: z.number(), reason: z.string() }),
]);
export type ChangeState = z.infer<typeof ChangeState>;

/** A deploy, promotion, rollback, shadow start or stop, from the wish to its end. */
export const Change = z.object({
  schema: z.literal(1),
  /** `C212` */
  id: z.string(),
  model: z.string(),
  channel: z.string(),
  plan: Plan,
  requestedBy: Person,
  requestedAt: z.number(),
  reason: z.string().optional(),
  requestId: z.string(),
  /** One more try of what an earlier change already tells of: it has neither card nor thread of its own. */
  isQuiet: z.boolean().optional(),
  state: ChangeState,
});
export type Change = z.infer<typeof Change>;
export type ChangeIn<K extends ChangeState['kind']> = Change & { readonly state: Extract<ChangeState, { kind: K }> };

export const Changes: Kind<Change> = {
  name: 'change',
  schema: Change,
  id: (change) => change.id,
  open: (change) =>
    change.state.kind === 'running' || change.state.kind === 'awaiting-approval' || change.state.kind === 'planned'
      ? change.state.kind
      : undefined,
  group: (change) => change.model,
  order: (change) => `${String(change.requestedAt).padStart(15, '0')}.${change.id}`,
};

/** One change at a time per endpoint: the holder, or nobody. */
export const EndpointLock = z.object({
  /** `<account>/<region>/<endpoint>` */
  endpoint: z.string(),
  holder: z.object({ change: z.string(), since: z.number(), by: Person }).optional(),
});
export type EndpointLock = z.infer<typeof EndpointLock>;

export const EndpointLocks: Kind<EndpointLock> = {
  name: 'endpoint-lock',
  schema: EndpointLock,
  id: (lock) => lock.endpoint,
};
