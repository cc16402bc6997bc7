import { makeVerifyTrail } from '../../audit/acts/verify-trail.ts';
import { CheckpointCopies, type CheckpointCopy } from '../../audit/chain-state.ts';
import { houseChain } from '../../audit/entry.ts';
import type { ChainReport } from '../../audit/verify-chain.ts';
import type { Config } from '../../config/config.ts';
import { configPath, openConfigFile } from '../../config/config-file.ts';
import { nearestWord } from '../../config/nearest.ts';
import { Fault } from '../../kernel/fault.ts';
import { makeVerifier, publicKeyOf } from '../../kernel/signing.ts';
import { connectStore } from '../../wiring/connect-store.ts';
import type { Surroundings } from '../verb.ts';

/** The trail of the store that the configuration names, for reading only. */
export type Trail = Pick<
  ReturnType<typeof connectStore>['audit'],
  'entries' | 'entryHashes' | 'lineNumbers' | 'seals' | 'checkpoints'
> & {
  /** Every chain that exists or may: a model's chain counts even when nothing points at it any more. */
  readonly chains: () => Promise<readonly string[]>;
  readonly checkpointCopy: (chain: string) => Promise<CheckpointCopy | undefined>;
  readonly verify: (chain: string) => Promise<ChainReport>;
  readonly publicKey: string;
  readonly keyId: string;
};

/** @throws {Fault} with every fault of the configuration, or when the signing key is none */
export function openTrail(asked: string | undefined, { env, wall }: Surroundings): Trail {
  const opened = openConfigFile(asked, env);
  if (!opened.ok) {
    const faults = opened.refusal.map(({ path, sentence }) => `  ${path}: ${sentence}`);
    throw new Fault('config', [`${configPath(asked, env)} has faults, so no trail was read.`, ...faults].join('\n'));
  }
  const config = opened.value;
  const store = connectStore(config, wall);
  const publicKey = publicKeyIn(config);
  const verifier = makeVerifier(publicKey);
  const checkpointCopy: Trail['checkpointCopy'] = async (chain) => (await store.find(CheckpointCopies, chain))?.value;
  const verifyTrail = makeVerifyTrail({ ...store.audit, checkpointCopy, verifiers: [verifier], wall });
  return {
    ...store.audit,
    chains: async () => {
      const known = [...Object.keys(config.models), houseChain, ...(await store.audit.chains())];
      return [...new Set(known)].sort();
    },
    checkpointCopy,
    verify: async (chain) => {
      const [report] = await verifyTrail(chain);
      if (!report) throw new Error(`verification of ${chain} reported nothing`);
      return report;
    },
    publicKey,
    keyId: verifier.keyId,
  };
}

/** OpenSSL's own error says nothing of which key it could not read. */
function publicKeyIn(config: Config): string {
  const { signingKey } = config.audit;
  try {
    return publicKeyOf(signingKey.reveal());
  } catch (cause) {
    const sentence = `${signingKey.variable} does not hold an Ed25519 private key in PEM, so no checkpoint can be checked.`;
    throw new Fault('audit-key', sentence, { cause });
  }
}

/** @throws {Fault} `usage` when there is no chain of that name, with the nearest one */
export async function knownChain(trail: Trail, asked: string | undefined): Promise<string> {
  const chains = await trail.chains();
  if (asked !== undefined && chains.includes(asked)) return asked;
  if (asked === undefined) throw new Fault('usage', `Which chain? There are ${chains.join(', ')}.`);
  const meant = nearestWord(asked, chains);
  const hint = meant === undefined ? `There are ${chains.join(', ')}.` : `Did you mean ${meant}?`;
  throw new Fault('usage', `There is no chain ${asked}. ${hint}`);
}
