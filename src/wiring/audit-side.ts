import { makeTellFolds } from '../audit/acts/fold-refusals.ts';
import { makeReadPage } from '../audit/acts/read-page.ts';
import { makeSealChains } from '../audit/acts/seal-chains.ts';
import { makeVerifyTrail } from '../audit/acts/verify-trail.ts';
import { CheckpointCopies } from '../audit/chain-state.ts';
import type { Checkpoint } from '../audit/checkpoint.ts';
import type { TrailCheck } from '../audit/page.ts';
import { actId } from '../kernel/ids.ts';
import { makeSigner, makeVerifier, publicKeyOf } from '../kernel/signing.ts';
import { put } from '../ledger/kind.ts';
import { CheckpointCards } from '../outbox/checkpoint-card.ts';
import type { Ground } from './ground.ts';

/** The trail: reading, verifying, sealing; checkpoints are told to the audit channel. */
export function makeAuditSide(ground: Ground) {
  const { store, clocks, config, holder, commit } = ground;
  const privateKey = config.audit.signingKey.reveal();
  const signer = makeSigner(privateKey);
  const verifyTrail = makeVerifyTrail({
    ...store.audit,
    checkpointCopy: async (chain) => (await store.find(CheckpointCopies, chain))?.value,
    verifiers: [makeVerifier(publicKeyOf(privateKey))],
    wall: clocks.wall,
  });
  return {
    page: makeReadPage({ ...store.audit, find: store.find, wall: clocks.wall }),
    verify: async (chain: string): Promise<TrailCheck> => {
      const [report] = await verifyTrail(chain);
      if (!report) throw new Error(`no report of chain ${chain}`);
      return report;
    },
    seal: makeSealChains({
      ...store.audit,
      find: store.find,
      commit,
      takeLease: () => store.leases.take('sealer', holder, config.store.leaseMs),
      announce: (checkpoint) => announce(ground, checkpoint),
      signer,
      wall: clocks.wall,
    }),
    tellFolds: makeTellFolds({ listOpen: store.listOpen, commit, clocks }),
  };
}

/** A checkpoint's card, made once: its id is the chain and the line. */
async function announce({ commit, config }: Ground, checkpoint: Checkpoint): Promise<void> {
  const card = { ...checkpoint, id: `${checkpoint.chain}/${checkpoint.seq}` };
  await commit({
    id: actId(`checkpoint-card/${card.id}`),
    puts: [put(CheckpointCards, card, 0)],
    entries: [],
    cards: [{ subject: { kind: CheckpointCards.name, id: card.id }, channel: config.audit.channel }],
  });
}
