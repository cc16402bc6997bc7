import { z } from 'zod';
import type { Kind } from '../ledger/kind.ts';

/** A signed checkpoint as the audit channel shows it: a witness outside our tables. */
export const CheckpointCard = z.object({
  id: z.string(),
  chain: z.string(),
  seq: z.number().int(),
  hash: z.string(),
  at: z.number(),
  keyId: z.string(),
  signature: z.string(),
});
export type CheckpointCard = z.infer<typeof CheckpointCard>;

export const CheckpointCards: Kind<CheckpointCard> = {
  name: 'checkpoint-card',
  schema: CheckpointCard,
  id: (card) => card.id,
};
