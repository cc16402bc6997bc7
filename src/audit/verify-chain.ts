import { instantOf } from '../kernel/ids.ts';
import type { Verifier } from '../kernel/signing.ts';
import type { EpochMs } from '../kernel/time.ts';
import { type Checkpoint, checkpointText } from './checkpoint.ts';
import { genesisHash, type Seal, sealHash } from './seal.ts';

/** An entry as verification sees it: its id, and the hash of the body that is stored now. */
export type EntryHash = { readonly id: string; readonly bodyHash: string };

/** Everything that is stored of one chain. `checkpoints` holds those of the trail and the copies kept elsewhere. */
export type StoredChain = {
  readonly chain: string;
  readonly entries: readonly EntryHash[];
  readonly seals: readonly Seal[];
  readonly checkpoints: readonly Checkpoint[];
};

/** The first thing that is wrong. `line` is missing when an entry has none. */
export type BadLine = { readonly line?: number; readonly entry?: string; readonly why: string };

export type ChainReport = {
  readonly chain: string;
  /** Line of the last signed checkpoint below which everything holds; 0 when there is none. */
  readonly verifiedUpTo: number;
  readonly lines: number;
  /** Lines since that checkpoint. */
  readonly since: number;
  readonly unsealed: readonly { readonly id: string; readonly ageMs: number }[];
  readonly firstBad?: BadLine;
};

/** The sealer takes an entry within seconds; one that a checkpoint passed by so much was slipped in afterwards. */
const passedOverMs = 10 * 60_000;

/** Reads one chain as an auditor would: every line, every body, every signature. Pure; `at` is the wall instant of reading. */
export function verifyChain(stored: StoredChain, verifiers: readonly Verifier[], at: EpochMs): ChainReport {
  const { chain, seals } = stored;
  const bad = earlier(badLine(stored), badCheckpoint(stored, verifiers)) ?? missedEntry(stored);
  const soundUpTo = bad?.line === undefined ? seals.length : bad.line - 1;
  const verifiedUpTo = lastSigned(stored, verifiers, soundUpTo);
  return {
    chain,
    verifiedUpTo,
    lines: seals.length,
    since: Math.max(0, seals.length - verifiedUpTo),
    unsealed: unsealedIn(stored).map(({ id }) => ({ id, ageMs: Math.max(0, at - (instantOf(id) ?? at)) })),
    ...(bad ? { firstBad: bad } : {}),
  };
}

type NumberedBadLine = BadLine & { readonly line: number };

function earlier(a: NumberedBadLine | undefined, b: NumberedBadLine | undefined): BadLine | undefined {
  return a && b ? (b.line < a.line ? b : a) : (a ?? b);
}

function badLine({ chain, seals, entries }: StoredChain): NumberedBadLine | undefined {
  const bodyHashes = new Map(entries.map(({ id, bodyHash }) => [id, bodyHash]));
  const taken = new Map<string, number>();
  let prevHash = genesisHash;
  for (const [place, seal] of seals.entries()) {
    const line = place + 1;
    const why =
      numberFault(seal, line) ??
      (seal.chain === chain ? undefined : `line ${line} was taken from the chain ${seal.chain}`) ??
      hashFault(seal, prevHash) ??
      bodyFault(seal, bodyHashes.get(seal.entryId)) ??
      repeatFault(taken.get(seal.entryId));
    if (why) return { line, ...(seal.entryId ? { entry: seal.entryId } : {}), why };
    taken.set(seal.entryId, line);
    prevHash = seal.hash;
  }
  return undefined;
}

function numberFault({ seq }: Seal, line: number): string | undefined {
  if (seq === line) return undefined;
  return seq > line ? `line ${line} is missing; line ${seq} follows` : `line ${seq} stands twice or out of order`;
}

function hashFault(seal: Seal, prevHash: string): string | undefined {
  if (seal.hash !== sealHash(seal)) return `line ${seal.seq} was changed: its hash is not the hash of what it says`;
  return seal.prevHash === prevHash ? undefined : `line ${seal.seq} does not continue the line before it`;
}

function bodyFault(seal: Seal, stored: string | undefined): string | undefined {
  if (stored === undefined) return `entry ${seal.entryId} was deleted`;
  return stored === seal.bodyHash ? undefined : `entry ${seal.entryId} was changed after it was written`;
}

function repeatFault(earlier: number | undefined): string | undefined {
  return earlier === undefined ? undefined : `it seals the same entry as line ${earlier}`;
}

function badCheckpoint(
  { chain, seals, checkpoints }: StoredChain,
  verifiers: readonly Verifier[],
): NumberedBadLine | undefined {
  for (const checkpoint of inOrder(checkpoints)) {
    const { seq } = checkpoint;
    const why = checkpoint.chain === chain ? signatureFault(checkpoint, verifiers) : 'it belongs to another chain';
    if (why) return { line: seq, why: `the checkpoint at line ${seq} does not hold: ${why}` };
    const seal = seals[seq - 1];
    if (!seal) return { line: seals.length + 1, why: `cut off: a signed checkpoint vouches for ${seq} lines` };
    if (seal.hash !== checkpoint.hash) {
      return { line: seq, why: `line ${seq} or one before it is not what the signed checkpoint vouches for` };
    }
  }
  return undefined;
}

function signatureFault(checkpoint: Checkpoint, verifiers: readonly Verifier[]): string | undefined {
  const verifier = verifiers.find(({ keyId }) => keyId === checkpoint.keyId);
  if (!verifier) return `it is signed with the key ${checkpoint.keyId || 'of nobody'}, which is not known here`;
  return verifier.holds(checkpointText(checkpoint), checkpoint.signature) ? undefined : 'its signature is wrong';
}

function missedEntry(stored: StoredChain): BadLine | undefined {
  const last = inOrder(stored.checkpoints).at(-1);
  if (!last) return undefined;
  const missed = unsealedIn(stored).find(({ id }) => last.at - (instantOf(id) ?? last.at) > passedOverMs);
  return missed && { entry: missed.id, why: `entry ${missed.id} has no line although the chain was sealed past it` };
}

function unsealedIn({ entries, seals }: StoredChain): readonly EntryHash[] {
  const sealed = new Set(seals.map(({ entryId }) => entryId));
  return entries.filter(({ id }) => !sealed.has(id));
}

function lastSigned({ checkpoints, seals }: StoredChain, verifiers: readonly Verifier[], soundUpTo: number): number {
  const holding = checkpoints.filter(
    (checkpoint) =>
      checkpoint.seq <= soundUpTo &&
      seals[checkpoint.seq - 1]?.hash === checkpoint.hash &&
      signatureFault(checkpoint, verifiers) === undefined,
  );
  return inOrder(holding).at(-1)?.seq ?? 0;
}

function inOrder(checkpoints: readonly Checkpoint[]): readonly Checkpoint[] {
  return [...checkpoints].sort((a, b) => a.seq - b.seq);
}
