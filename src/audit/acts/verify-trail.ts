import type { Verifier } from '../../kernel/signing.ts';
import type { Now } from '../../kernel/time.ts';
import type { CheckpointCopy } from '../chain-state.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { Seal } from '../seal.ts';
import { type ChainReport, type EntryHash, verifyChain } from '../verify-chain.ts';

type Deps = {
  readonly chains: () => Promise<readonly string[]>;
  readonly entryHashes: (chain: string) => Promise<readonly EntryHash[]>;
  readonly seals: (chain: string, from: number, limit: number) => Promise<readonly Seal[]>;
  readonly checkpoints: (chain: string) => Promise<readonly Checkpoint[]>;
  /** The second witness: the newest checkpoint as kept outside the trail. */
  readonly checkpointCopy: (chain: string) => Promise<CheckpointCopy | undefined>;
  readonly verifiers: readonly Verifier[];
  readonly wall: Now;
};

const sealsAtOnce = 500;

/** Verifies one chain, or all of them, and reports each; changes nothing. */
export function makeVerifyTrail(deps: Deps) {
  return async function verifyTrail(only?: string): Promise<readonly ChainReport[]> {
    const reports: ChainReport[] = [];
    for (const chain of only === undefined ? await deps.chains() : [only]) reports.push(await verifyOne(deps, chain));
    return reports;
  };
}

/** Read from the end of the writing order to its beginning, so that what is sealed meanwhile is never taken for missing. */
async function verifyOne(deps: Deps, chain: string): Promise<ChainReport> {
  const copy = await deps.checkpointCopy(chain);
  const kept = await deps.checkpoints(chain);
  const seals = await allSeals(deps, chain);
  const entries = await deps.entryHashes(chain);
  const checkpoints = copy ? [...kept, copy.checkpoint] : kept;
  return verifyChain({ chain, entries, seals, checkpoints }, deps.verifiers, deps.wall());
}

async function allSeals(deps: Deps, chain: string): Promise<readonly Seal[]> {
  const seals: Seal[] = [];
  for (;;) {
    const page = await deps.seals(chain, (seals.at(-1)?.seq ?? 0) + 1, sealsAtOnce);
    seals.push(...page);
    if (page.length < sealsAtOnce) return seals;
  }
}
