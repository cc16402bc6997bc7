import { z } from 'zod';
import { Person } from '../access/person.ts';
import type { Kind } from '../ledger/kind.ts';

/** A candidate on mirrored traffic, from start to proven clean-up. Started and stopped by changes. */
export const ShadowTest = z.object({
  schema: z.literal(1),
  /** `S31` */
  id: z.string(),
  model: z.string(),
  channel: z.string(),
  endpoint: z.string(),
  productionVariant: z.string(),
  shadowVariant: z.string(),
  productionVersion: z.number().int(),
  candidateVersion: z.number().int(),
  candidatePackageArn: z.string(),
  /** The config that serves without the shadow: where a stop goes back to. */
  plainConfig: z.string(),
  shadowConfig: z.string(),
  samplingShare: z.number(),
  startedBy: Person,
  startedAt: z.number(),
  endsAt: z.number(),
  startChange: z.string(),
  /** When its end was last tried without somebody asking (domain time), how often, and the change whose card tells of it. */
  lastStop: z.object({ at: z.number(), tries: z.number().int(), change: z.string().optional() }).optional(),
  state: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('starting') }),
    z.object({ kind: z.literal('running'), since: z.number() }),
    z.object({ kind: z.literal('stopping'), change: z.string() }),
    z.object({ kind: z.literal('closed'), at: z.number(), because: z.string() }),
  ]),
});
export type ShadowTest = z.infer<typeof ShadowTest>;

export const ShadowTests: Kind<ShadowTest> = {
  name: 'shadow-test',
  schema: ShadowTest,
  id: (test) => test.id,
  open: (test) => (test.state.kind === 'closed' ? undefined : test.model),
  group: (test) => test.model,
  order: (test) => `${String(test.startedAt).padStart(15, '0')}.${test.id}`,
};

/** Operations of one variant over a window, from CloudWatch alone. Latencies in milliseconds; null when nothing was measured. */
export const Operations = z.object({
  requests: z.number(),
  errors: z.number(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
});
export type Operations = z.infer<typeof Operations>;

/** A scheduled card: shadow beside production over one window. Its numbers never change once written. */
export const Summary = z.object({
  schema: z.literal(1),
  /** `<shadow test>@<slot>`: the same slot is never summarised twice. */
  id: z.string(),
  shadowTest: z.string(),
  model: z.string(),
  slot: z.number(),
  from: z.number(),
  to: z.number(),
  productionVersion: z.number().int(),
  candidateVersion: z.number().int(),
  production: Operations,
  shadow: Operations,
  samplingShare: z.number(),
  /** What the card says first. Without the judge there is no verdict, and it says so. */
  verdict: z.enum(['promote', 'keep-running', 'do-not-promote', 'no-verdict']),
  sentence: z.string(),
  margins: z.object({ latencyRatio: z.number(), errorRate: z.number() }),
});
export type Summary = z.infer<typeof Summary>;

export const Summaries: Kind<Summary> = {
  name: 'summary',
  schema: Summary,
  id: (summary) => summary.id,
  group: (summary) => summary.shadowTest,
  order: (summary) => String(summary.slot).padStart(15, '0'),
};
