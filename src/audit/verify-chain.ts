import { instantOf } from '../kernel/ids.ts';
import type { Verifier } from '../kernel/signing.ts';
import type { EpochMs } from '../kernel/time.ts';
import { type Checkpoint, checkpointText } from './checkpoint.ts';
import type { TrailCheck } from './page.ts';
import { genesisHash, type Seal, sealHash } from './seal.ts';

/** An entry as verification sees it: its id, and the hash of the body that is stored now. */
export type EntryHash = { readonly id: string; readonly bodyHash: string; readonly at?: EpochMs | undefined };

/** Everything that is stored of one chain. `checkpoints` holds those of the trail and the copies kept elsewhere. */
export type StoredChain = {
  readonly chain: string;
  readonly entries: readonly EntryHash[];
  readonly seals: readonly Seal[];
  readonly checkpoints: readonly Checkpoint[];
};

/** The first thing that is wrong, and the two hashes where one is not the other. */
export type BadLine = {
  readonly line: number;
  readonly why: string;
  readonly entry?: string | undefined;
  readonly stored?: string | undefined;
  readonly computed?: string | undefined;
};

export type ChainReport = Omit<TrailCheck, 'firstBad'> & {
  /** Line of the last signed checkpoint up to which everything holds; 0 when there is none. */
  readonly verifiedUpTo: number;
  readonly firstBad: BadLine | undefined;
};

/** The sealer takes an entry within seconds; one that a checkpoint passed by so much was slipped in afterwards. */
const passedOverMs = 10 * 60_000;

/** Reads one chain as an auditor would: every line, every body, every signature. Pure; `at` is the wall instant of reading. */
export function verifyChain(stored: StoredChain, verifiers: readonly Verifier[], at: EpochMs): ChainReport {
  const { chain, seals, entries } = stored;
  const broken = earlier(badLine(stored), badCheckpoint(stored, verifiers));
  const checkpoint = lastSigned(stored, verifiers, broken ? broken.line - 1 : seals.length);
  const instants = new Map(entries.map((entry) => [entry.id, entry.at]));
  return {
    chain,
    lines: seals.length,
    verifiedUpTo: checkpoint?.seq ?? 0,
    checkpoint: checkpoint && { line: checkpoint.seq, at: checkpoint.at, hash: checkpoint.hash },
    since: seals.length - (checkpoint?.seq ?? 0),
    unsealed: unsealedIn(stored).map(({ id }) => ({ id, ageMs: Math.max(0, at - (instantOf(id) ?? at)) })),
    lastHash: seals.at(-1)?.hash,
    firstAt: instants.get(seals[0]?.entryId ?? ''),
    lastAt: instants.get(seals.at(-1)?.entryId ?? ''),
    firstBad: broken ?? slippedIn(stored),
  };
}

function earlier(a: BadLine | undefined, b: BadLine | undefined): BadLine | undefined {
  return a && b ? (b.line < a.line ? b : a) : (a ?? b);
}

function badLine({ chain, seals, entries }: StoredChain): BadLine | undefined {
  const bodyHashes = new Map(entries.map(({ id, bodyHash }) => [id, bodyHash]));
  const taken = new Map<string, number>();
  let prevHash = genesisHash;
  for (const [place, seal] of seals.entries()) {
    const line = place + 1;
    const fault =
      numberFault(seal, line) ??
      chainFault(seal, chain) ??
      hashFault(seal, prevHash) ??
      bodyFault(seal, bodyHashes.get(seal.entryId)) ??
      repeatFault(taken.get(seal.entryId));
    if (fault) return { line, entry: seal.entryId || undefined, ...fault };
    taken.set(seal.entryId, line);
    prevHash = seal.hash;
  }
  return undefined;
}

type LineFault = Pick<BadLine, 'why' | 'stored' | 'computed'>;

function numberFault({ seq }: Seal, line: number): LineFault | undefined {
  if (seq === line) return undefined;
  if (seq > line) return { why: `line ${line} is missing; line ${seq} follows` };
  return { why: `line ${seq} stands twice or out of order` };
}

function chainFault(seal: Seal, chain: string): LineFault | undefined {
  return seal.chain === chain ? undefined : { why: `line ${seal.seq} was taken from the chain ${seal.chain}` };
}

function hashFault(seal: Seal, prevHash: string): LineFault | undefined {
  const computed = sealHash(seal);
  if (seal.hash !== computed) {
    return { why: `line ${seal.seq} was changed: its hash does not match what it says`, stored: seal.hash, computed };
  }
  if (seal.prevHash === prevHash) return undefined;
  const hashes = { stored: seal.prevHash, computed: prevHash };
  return { why: `line ${seal.seq} does not continue the line before it`, ...hashes };
}

function bodyFault(seal: Seal, computed: string | undefined): LineFault | undefined {
  if (computed === seal.bodyHash) return undefined;
  if (computed === undefined) return { why: `entry ${seal.entryId} was deleted` };
  return { why: `entry ${seal.entryId} was changed after it was written`, stored: seal.bodyHash, computed };
}

function repeatFault(earlier: number | undefined): LineFault | undefined {
  return earlier === undefined ? undefined : { why: `it seals the same entry as line ${earlier}` };
}

function badCheckpoint(
  { chain, seals, checkpoints }: StoredChain,
  verifiers: readonly Verifier[],
): BadLine | undefined {
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

/** Named by the line before which it would stand. */
function slippedIn(stored: StoredChain): BadLine | undefined {
  const last = inOrder(stored.checkpoints).at(-1);
  if (!last) return undefined;
  const entry = unsealedIn(stored).find(({ id }) => last.at - (instantOf(id) ?? last.at) > passedOverMs)?.id;
  if (entry === undefined) return undefined;
  const next = stored.seals.findIndex((seal) => seal.entryId > entry);
  const line = next < 0 ? stored.seals.length + 1 : next + 1;
  return { line, entry, why: `entry ${entry} was slipped in: it has no line although the chain was sealed past it` };
}

function unsealedIn({ entries, seals }: StoredChain): readonly EntryHash[] {
  const sealed = new Set(seals.map(({ entryId }) => entryId));
  return entries.filter(({ id }) => !sealed.has(id));
}

function lastSigned(
  { checkpoints, seals }: StoredChain,
  verifiers: readonly Verifier[],
  soundUpTo: number,
): Checkpoint | undefined {
  const holding = checkpoints.filter(
    (checkpoint) =>
      checkpoint.seq <= soundUpTo &&
      seals[checkpoint.seq - 1]?.hash === checkpoint.hash &&
      signatureFault(checkpoint, verifiers) === undefined,
  );
  return inOrder(holding).at(-1);
}

function inOrder(checkpoints: readonly Checkpoint[]): readonly Checkpoint[] {
  return [...checkpoints].sort((a, b) => a.seq - b.seq);
}
