import { Fault } from '../../kernel/fault.ts';
import { actId } from '../../kernel/ids.ts';
import type { Result } from '../../kernel/result.ts';
import type { Signer } from '../../kernel/signing.ts';
import { type EpochMs, type Now, plus } from '../../kernel/time.ts';
import type { Commit, Find, LostRace } from '../../ledger/act.ts';
import { put, type Versioned } from '../../ledger/kind.ts';
import { type ChainHead, ChainHeads, CheckpointCopies, type CheckpointCopy, type Unsealed } from '../chain-state.ts';
import { type Checkpoint, checkpointText, isCheckpointDue } from '../checkpoint.ts';
import { emptyChain, type Seal, sealAfter } from '../seal.ts';

type Lease = { readonly fence: number; readonly renew: () => Promise<boolean>; readonly release: () => Promise<void> };
type Head = Versioned<ChainHead> | undefined;
type Copy = Versioned<CheckpointCopy> | undefined;

type Deps = {
  readonly takeLease: () => Promise<Lease | undefined>;
  readonly find: Find;
  readonly commit: Commit;
  readonly chains: () => Promise<readonly string[]>;
  readonly unsealed: (chain: string, settledBefore: EpochMs) => Promise<readonly Unsealed[]>;
  readonly lastSeal: (chain: string) => Promise<Seal | undefined>;
  readonly putSeals: (seals: readonly Seal[], place: { head: Head; fence: number }) => Promise<Result<void, LostRace>>;
  readonly putCheckpoint: (checkpoint: Checkpoint, copy: Copy) => Promise<Result<void, LostRace>>;
  /** Tells the audit channel; may be called again for the same checkpoint, so it must be safe to repeat. */
  readonly announce: (checkpoint: Checkpoint) => Promise<void>;
  readonly signer: Signer;
  readonly wall: Now;
};

/** What a run added, over all chains. */
export type Sealed = { readonly lines: number; readonly checkpoints: readonly Checkpoint[] };

/** An entry is sealed this long after it was written, so that those of one moment stand in the order of their ids. */
const settlingMs = 5_000;
/** Lines appended in one transaction. */
const linesAtOnce = 40;

/**
 * Appends what has settled to every chain and sets the checkpoints that are due. Safe to run anywhere, at any time;
 * undefined when another sealer is at work. A chain that cannot be sealed does not keep the others waiting.
 */
export function makeSealChains(deps: Deps) {
  return async function sealChains(): Promise<Sealed | undefined> {
    const lease = await deps.takeLease();
    if (!lease) return undefined;
    try {
      const chains = await deps.chains();
      const runs = await Promise.allSettled(chains.map((chain) => sealOne(deps, chain, lease)));
      const broken = runs.find((run) => run.status === 'rejected');
      if (broken) throw broken.reason;
      const sealed = runs.flatMap((run) => (run.status === 'fulfilled' ? [run.value] : []));
      return {
        lines: sealed.reduce((sum, { lines }) => sum + lines, 0),
        checkpoints: sealed.flatMap(({ checkpoints }) => checkpoints),
      };
    } finally {
      await lease.release();
    }
  };
}

async function sealOne(deps: Deps, chain: string, lease: Lease): Promise<Sealed> {
  const lines = await appendSettled(deps, chain, lease);
  return { lines, checkpoints: await setCheckpoint(deps, chain) };
}

/** Appends batch after batch until nothing settled is left or the lease is lost. Answers how many lines were added. */
async function appendSettled(deps: Deps, chain: string, lease: Lease): Promise<number> {
  let added = 0;
  for (;;) {
    const waiting = await deps.unsealed(chain, plus(deps.wall(), -settlingMs));
    const batch = [...waiting].sort(byId).slice(0, linesAtOnce);
    if (batch.length === 0 || !(await lease.renew())) return added;
    const head = await trustedHead(deps, chain);
    const put = await deps.putSeals(sealAfter(head?.value ?? emptyChain, chain, batch), { head, fence: lease.fence });
    // Another sealer has done it, or the list of waiting entries lags behind: the next run sees what is left.
    if (!put.ok) return added;
    added += batch.length;
    if (batch.length < linesAtOnce) return added;
  }
}

/**
 * Where to append. Lines that the sealer did not write must not become the ground for the next ones. The last line is read
 * before the head: both are written together, so a sealer at work in between can only make the head the newer one.
 */
async function trustedHead(deps: Deps, chain: string): Promise<Head> {
  const last = await deps.lastSeal(chain);
  const head = await deps.find(ChainHeads, chain);
  const known = head?.value.seq ?? 0;
  if (!last || last.seq <= known) return head;
  throw new Fault(
    'audit-foreign-lines',
    `Chain ${chain} has lines up to ${last.seq}, but the sealer stopped at ${known}: the state table was restored, or somebody else appended lines. Nothing more is sealed there until that is settled.`,
  );
}

async function setCheckpoint(deps: Deps, chain: string): Promise<readonly Checkpoint[]> {
  const last = await announced(deps, chain);
  const head = await deps.find(ChainHeads, chain);
  if (!head || !isCheckpointDue(head.value, last?.value.checkpoint, deps.wall())) return [];
  const checkpoint = await signed(deps, head.value);
  const put = await deps.putCheckpoint(checkpoint, last);
  if (!put.ok) return [];
  await announced(deps, chain);
  return [checkpoint];
}

async function signed(deps: Deps, { chain, seq, hash }: ChainHead): Promise<Checkpoint> {
  const statement = { chain, seq, hash, at: deps.wall(), keyId: deps.signer.keyId };
  return { ...statement, signature: await deps.signer.sign(checkpointText(statement)) };
}

/** The newest checkpoint, announced if a crash kept it from being so. */
async function announced(deps: Deps, chain: string): Promise<Copy> {
  const copy = await deps.find(CheckpointCopies, chain);
  if (!copy || copy.value.announced) return copy;
  const { checkpoint } = copy.value;
  await deps.announce(checkpoint);
  await deps.commit({
    id: actId(`announced/${chain}/${checkpoint.seq}`),
    puts: [put(CheckpointCopies, { checkpoint, announced: true }, copy.version)],
    entries: [],
    cards: [],
  });
  return await deps.find(CheckpointCopies, chain);
}

function byId(a: Unsealed, b: Unsealed): number {
  return a.id < b.id ? -1 : 1;
}
