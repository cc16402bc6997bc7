import { makeReadPage } from '../../src/audit/acts/read-page.ts';
import { makeSealChains } from '../../src/audit/acts/seal-chains.ts';
import { makeVerifyTrail } from '../../src/audit/acts/verify-trail.ts';
import { CheckpointCopies } from '../../src/audit/chain-state.ts';
import type { Checkpoint } from '../../src/audit/checkpoint.ts';
import type { Entry } from '../../src/audit/entry.ts';
import { makeSigner, makeVerifier, newSigningKey, publicKeyOf } from '../../src/kernel/signing.ts';
import { plus } from '../../src/kernel/time.ts';
import type { Store } from '../../src/store/open-store.ts';
import { act, entryAt } from './acts.ts';
import type { TestStore } from './dynamodb.ts';

/** The trail of a test store: written, sealed by any number of sealers, and verified, with one signing key. */
export function openTrail(world: TestStore) {
  const key = newSigningKey();
  const announced: Checkpoint[] = [];

  function sealer(name: string, store: Store = world.store) {
    return makeSealChains({
      ...store.audit,
      find: store.find,
      commit: store.commit,
      takeLease: () => store.leases.take('sealer', name, 30_000),
      announce: async (checkpoint) => {
        announced.push(checkpoint);
      },
      signer: makeSigner(key),
      wall: () => world.clock.at,
    });
  }

  /** Writes `count` entries, a second apart, and lets them settle. */
  async function write(count: number, chain = 'promo'): Promise<readonly Entry[]> {
    const entries: Entry[] = [];
    for (let number = 0; number < count; number += 1) {
      world.clock.at = plus(world.clock.at, 1_000);
      const entry = entryAt(world.clock.at, { chain, sentence: `Bo approved C${number}.` });
      await world.store.commit(act({ entries: [entry] }));
      entries.push(entry);
    }
    world.clock.at = plus(world.clock.at, 5_000);
    return entries;
  }

  const verify = makeVerifyTrail({
    ...world.store.audit,
    checkpointCopy: async (chain) => (await world.store.find(CheckpointCopies, chain))?.value,
    verifiers: [makeVerifier(publicKeyOf(key))],
    wall: () => world.clock.at,
  });

  const readPage = makeReadPage({ ...world.store.audit, find: world.store.find, wall: () => world.clock.at });
  return { sealer, seal: sealer('a'), write, verify, readPage, announced };
}
