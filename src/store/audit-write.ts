import {
  type ChainHead,
  ChainHeads,
  CheckpointCopies,
  type CheckpointCopy,
  UnsealedEntries,
} from '../audit/chain-state.ts';
import type { Checkpoint } from '../audit/checkpoint.ts';
import type { Seal } from '../audit/seal.ts';
import { sha256Hex } from '../kernel/digest.ts';
import { accept, type Result, refuse } from '../kernel/result.ts';
import type { LostRace } from '../ledger/act.ts';
import { put, type Versioned } from '../ledger/kind.ts';
import { auditSort, type Ground } from './tables.ts';
import { auditLine, type Line, putLine, removeLine, transact } from './transact.ts';

/** A sealed entry takes two writes and the head one, within DynamoDB's 100. */
export const sealsMost = 49;

/** Where the sealer appends: the head that it read, if there is one, and the fence of its lease. */
export type SealPlace = { readonly head: Versioned<ChainHead> | undefined; readonly fence: number };

/** Writes of the trail beside entries. They add; nothing in the audit table is ever changed or removed. */
export type AuditWrites = {
  /** Appends lines in order, all or none; refused when another sealer was faster or has a newer lease. */
  readonly putSeals: (seals: readonly Seal[], place: SealPlace) => Promise<Result<void, LostRace>>;
  /** Adds a checkpoint to the chain and replaces the copy in the state table. */
  readonly putCheckpoint: (
    checkpoint: Checkpoint,
    copy: Versioned<CheckpointCopy> | undefined,
  ) => Promise<Result<void, LostRace>>;
};

export function makeAuditWrites(ground: Ground): AuditWrites {
  return {
    async putSeals(seals, { head, fence }) {
      const last = seals.at(-1);
      if (!last) return accept(undefined);
      const lost = { kind: ChainHeads.name, id: last.chain };
      if (head && head.value.fence > fence) return refuse({ kind: 'lost-race', item: lost });
      const next = put(ChainHeads, { chain: last.chain, seq: last.seq, hash: last.hash, fence }, head?.version ?? 0);
      const act = `seal/${last.chain}/${last.seq}/${fence}`;
      const lines = [putLine(ground, next, act), ...seals.flatMap((seal) => sealLines(ground, seal))];
      return await write(ground, `seal ${last.chain} up to line ${last.seq}`, { act, lines });
    },

    async putCheckpoint(checkpoint, copy) {
      const { chain, seq } = checkpoint;
      const act = `checkpoint/${chain}/${seq}`;
      const names = { kind: 'checkpoint', id: `${chain}/${seq}` };
      const next = put(CheckpointCopies, { checkpoint, announced: false }, copy?.version ?? 0);
      const lines = [
        auditLine(ground, names, { pk: chain, sk: auditSort.checkpoint(seq), ...checkpoint }),
        putLine(ground, next, act),
      ];
      return await write(ground, `set checkpoint ${seq} of ${chain}`, { act: `${act}/${checkpoint.signature}`, lines });
    },
  };
}

/** The line, and the note that the entry had none. Once that note is gone no sealer can seal the entry again. */
function sealLines(ground: Ground, seal: Seal): readonly Line[] {
  const { chain, seq, entryId } = seal;
  return [
    auditLine(ground, { kind: 'seal', id: `${chain}/${seq}` }, { pk: chain, sk: auditSort.seal(seq), ...seal }),
    removeLine(ground, { kind: UnsealedEntries.name, id: `${chain}/${entryId}` }),
  ];
}

async function write(
  ground: Ground,
  doing: string,
  { act, lines }: { act: string; lines: readonly Line[] },
): Promise<Result<void, LostRace>> {
  const unmet = await transact(ground, { doing, token: sha256Hex(act).slice(0, 36), lines });
  return unmet ? refuse({ kind: 'lost-race', item: unmet }) : accept(undefined);
}
