import { z } from 'zod';
import type { Kind } from '../ledger/kind.ts';
import { Checkpoint } from './checkpoint.ts';

/**
 * An entry that has no line yet. Written in the entry's own transaction and removed in the one that seals it, so that an
 * entry that arrives late is sealed all the same, and one that was slipped into the table is not.
 */
export const Unsealed = z.object({
  chain: z.string(),
  id: z.string(),
  /** Taken when the entry was written: an edit before the sealing shows as well. */
  bodyHash: z.string(),
  wallAt: z.number(),
});
export type Unsealed = z.infer<typeof Unsealed>;

export const UnsealedEntries: Kind<Unsealed> = {
  name: 'unsealed',
  schema: Unsealed,
  id: ({ chain, id }) => `${chain}/${id}`,
  open: ({ chain }) => chain,
};

/** Where the sealer stopped. Kept in the state table, so it is also a witness against lines cut off the trail. */
export const ChainHead = z.object({
  chain: z.string(),
  seq: z.number().int().positive(),
  hash: z.string(),
  /** Fence of the sealer that wrote it; one with a smaller fence has lost its lease. */
  fence: z.number().int(),
});
export type ChainHead = z.infer<typeof ChainHead>;

export const ChainHeads: Kind<ChainHead> = {
  name: 'chain-head',
  schema: ChainHead,
  id: ({ chain }) => chain,
  open: () => 'chain',
};

/** The newest checkpoint of a chain, kept outside the trail, and whether the audit channel has it yet. */
export const CheckpointCopy = z.object({ checkpoint: Checkpoint, announced: z.boolean() });
export type CheckpointCopy = z.infer<typeof CheckpointCopy>;

export const CheckpointCopies: Kind<CheckpointCopy> = {
  name: 'checkpoint',
  schema: CheckpointCopy,
  id: ({ checkpoint }) => checkpoint.chain,
};
