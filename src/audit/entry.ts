import { z } from 'zod';
import type { Json } from '../kernel/json.ts';
import type { EpochMs } from '../kernel/time.ts';

const Instant = z.number().transform((ms) => ms as EpochMs);

/** Who did it: a person in Slack, a caller of the command line (an IAM principal), or the bot by itself. */
export const Actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), user: z.string(), name: z.string(), team: z.string().optional() }),
  z.object({ kind: z.literal('caller'), arn: z.string() }),
  z.object({ kind: z.literal('bot') }),
]);
export type Actor = z.infer<typeof Actor>;

/** The chain of configuration, roles and refused strangers; every other chain is a model's name. */
export const houseChain = '_house';

/** One line of the trail: an act or a refusal. Holds aggregates and names, never rows of personal data. */
export const Entry = z.object({
  schema: z.literal(1),
  /** Time-ordered id; the order of the chain once sealed. */
  id: z.string(),
  chain: z.string(),
  /** Domain instant: what operators mean. */
  at: Instant,
  /** Wall instant: when it was really written. */
  wallAt: Instant,
  /** `noun.verb`, e.g. `change.approved`, `incident.acknowledged`, `aws.update-endpoint`. */
  act: z.string(),
  outcome: z.enum(['done', 'refused', 'failed']),
  by: Actor,
  subject: z.object({ kind: z.string(), id: z.string() }).optional(),
  /** One plain sentence for a reader of the list. */
  sentence: z.string(),
  /** Digest, reason, AWS request id, before and after: whatever an auditor asks for. */
  facts: z.record(z.string(), z.json()).transform((facts) => facts as Readonly<Record<string, Json>>),
  /** The request that caused it, as shown to the person. */
  requestId: z.string(),
});
export type Entry = z.infer<typeof Entry>;
