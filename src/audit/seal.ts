import { z } from 'zod';
import { digestOf } from '../kernel/digest.ts';

/** Line `seq` of a chain: names one entry by id and by the hash of its body, and the line before by its hash. */
export const Seal = z.object({
  chain: z.string(),
  /** From 1, without gaps. */
  seq: z.number().int().positive(),
  entryId: z.string(),
  /** SHA-256 of the entry's stored body. */
  bodyHash: z.string(),
  prevHash: z.string(),
  /** SHA-256 over the canonical JSON of the other members. */
  hash: z.string(),
});
export type Seal = z.infer<typeof Seal>;

/** What the first line of a chain names as the line before it. */
export const genesisHash = '0'.repeat(64);

/** Where a chain ends: the last line's number and hash. */
export type ChainEnd = { readonly seq: number; readonly hash: string };

export const emptyChain: ChainEnd = { seq: 0, hash: genesisHash };

/** The hash that a line must have, whatever it claims. */
export function sealHash({ chain, seq, entryId, bodyHash, prevHash }: Omit<Seal, 'hash'>): string {
  return digestOf({ chain, seq, entryId, bodyHash, prevHash });
}

/** Appends `entries` behind `end`, in the order given. */
export function sealAfter(
  end: ChainEnd,
  chain: string,
  entries: readonly { readonly id: string; readonly bodyHash: string }[],
): readonly Seal[] {
  let prevHash = end.hash;
  return entries.map(({ id, bodyHash }, place) => {
    const line = { chain, seq: end.seq + place + 1, entryId: id, bodyHash, prevHash };
    const hash = sealHash(line);
    prevHash = hash;
    return { ...line, hash };
  });
}
