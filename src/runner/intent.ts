import { z } from 'zod';
import type { Kind } from '../ledger/kind.ts';
import { WireInput } from './wire-input.ts';

const Answer = z.object({ requestId: z.string().optional(), output: z.json().optional() });
const Failure = z.object({ code: z.string(), message: z.string(), requestId: z.string().optional() });

/**
 * One call to AWS that somebody decided on. It is written in the same transaction as the decision, sent at most once at
 * a time, and looked up in AWS before each sending, so that its effect happens once.
 */
export const Intent = z.object({
  /** `<subject id>.<step>`, steps from 0, e.g. `C212.3`; an abort is `C212.abort-1`. */
  id: z.string(),
  /** The change, shadow test or guardrail that wants it. */
  subject: z.object({ kind: z.string(), id: z.string() }),
  model: z.string(),
  /** `service:Operation`, e.g. `sagemaker:UpdateEndpoint`. */
  operation: z.string(),
  input: WireInput,
  /** One plain phrase for cards and trail: "make endpoint config employee-promotion-…". */
  says: z.string(),
  /** The request that decided on it, for the trail. */
  requestId: z.string().optional(),
  /** Why it waits, in AWS's words, and since when (wall time). Kept until it ends. */
  trouble: z.object({ since: z.number(), because: z.string() }).optional(),
  state: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('wanted'), notBefore: z.number().optional(), refusals: z.number().default(0) }),
    /** On its way, or its answer was lost. `looks` counts how often AWS was asked since and showed nothing of it. */
    z.object({
      kind: z.literal('sent'),
      at: z.number(),
      tries: z.number(),
      looks: z.number().default(0),
      lookedAt: z.number().optional(),
    }),
    z.object({
      kind: z.literal('done'),
      at: z.number(),
      how: z.enum(['answered', 'found']),
      answer: Answer.optional(),
    }),
    z.object({ kind: z.literal('failed'), at: z.number(), failure: Failure }),
  ]),
});
export type Intent = z.infer<typeof Intent>;

export const Intents: Kind<Intent> = {
  name: 'intent',
  schema: Intent,
  id: (intent) => intent.id,
  open: (intent) => (intent.state.kind === 'wanted' || intent.state.kind === 'sent' ? intent.subject.id : undefined),
};

/** Since when it waits stays; the words are the newest. */
export function withTrouble(intent: Intent, because: string, now: number): Intent {
  const { trouble } = intent;
  return trouble?.because === because ? intent : { ...intent, trouble: { since: trouble?.since ?? now, because } };
}

/** Nobody wants it any more, and it never left: what it would have done will not be done. */
export function givenUp(intent: Intent, message: string, at: number): Intent {
  return { ...intent, state: { kind: 'failed', at, failure: { code: 'aborted', message } } };
}
