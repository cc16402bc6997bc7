import { z } from 'zod';
import { canonicalJson } from '../kernel/json.ts';
import type { EpochMs } from '../kernel/time.ts';
import type { ChainEnd } from './seal.ts';

/** A signed statement: "chain C had these lines up to N at that time". What lies below it cannot change unseen. */
export const Checkpoint = z.object({
  chain: z.string(),
  seq: z.number().int().positive(),
  /** Hash of line `seq`, and through it of every line before. */
  hash: z.string(),
  /** Wall instant. */
  at: z.number().transform((ms) => ms as EpochMs),
  keyId: z.string(),
  /** Ed25519 over the canonical JSON of the other members, base64. */
  signature: z.string(),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

const linesBetween = 100;
const msBetween = 10 * 60_000;

/** A checkpoint is due with the first line of a chain, then every 100 lines, and 10 min after the last if there is a line since. */
export function isCheckpointDue(end: ChainEnd, last: Pick<Checkpoint, 'seq' | 'at'> | undefined, at: EpochMs): boolean {
  const linesSince = end.seq - (last?.seq ?? 0);
  if (linesSince <= 0) return false;
  return last === undefined || linesSince >= linesBetween || at - last.at >= msBetween;
}

/** The text that is signed. */
export function checkpointText({ chain, seq, hash, at, keyId }: Omit<Checkpoint, 'signature'>): string {
  return canonicalJson({ chain, seq, hash, at, keyId });
}
