import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { ChainHeads, type Unsealed, UnsealedEntries } from '../audit/chain-state.ts';
import type { Checkpoint } from '../audit/checkpoint.ts';
import type { Entry } from '../audit/entry.ts';
import { instantIn, readEntry } from '../audit/entry-body.ts';
import type { Seal } from '../audit/seal.ts';
import type { EntryHash } from '../audit/verify-chain.ts';
import { sha256Hex } from '../kernel/digest.ts';
import type { EpochMs } from '../kernel/time.ts';
import type { ListOpen } from '../ledger/act.ts';
import { attempt } from './attempt.ts';
import {
  type AuditLine,
  endOf,
  justAbove,
  lineNumbers,
  linesWithin,
  storedCheckpoint,
  storedEntry,
  storedSeal,
} from './audit-lines.ts';
import { auditSort, type Ground } from './tables.ts';

export type EntryPage = {
  /** Only entries with a greater id. */
  readonly after?: string | undefined;
  /** Only entries with a smaller id. */
  readonly before?: string | undefined;
  readonly limit: number;
  readonly newestFirst?: boolean | undefined;
};

/** Reads of the trail. Those of the audit table are strongly consistent. */
export type AuditReads = {
  /** Every chain that has a line or an entry waiting for one. */
  readonly chains: () => Promise<readonly string[]>;
  readonly entries: (chain: string, page: EntryPage) => Promise<readonly Entry[]>;
  readonly entry: (chain: string, id: string) => Promise<Entry | undefined>;
  /** The numbers of the lines that seal the entries with ids from `first` to `last`. May lag by moments. */
  readonly lineNumbers: (chain: string, first: string, last: string) => Promise<ReadonlyMap<string, number>>;
  /** Id and hash of every entry as stored now, readable or not: what verification compares. */
  readonly entryHashes: (chain: string) => Promise<readonly EntryHash[]>;
  /** Entries without a line that were written at or before `settledBefore` (wall), in order of id. */
  readonly unsealed: (chain: string, settledBefore: EpochMs) => Promise<readonly Unsealed[]>;
  readonly seals: (chain: string, from: number, limit: number) => Promise<readonly Seal[]>;
  readonly lastSeal: (chain: string) => Promise<Seal | undefined>;
  readonly checkpoints: (chain: string) => Promise<readonly Checkpoint[]>;
};

export function makeAuditReads(ground: Ground, listOpen: ListOpen): AuditReads {
  return {
    async chains() {
      const [heads, waiting] = await Promise.all([listOpen(ChainHeads), listOpen(UnsealedEntries)]);
      return [...new Set([...heads, ...waiting].map(({ value }) => value.chain))].sort();
    },
    async entries(chain, { after, before, limit, newestFirst }) {
      const from = after === undefined ? auditSort.entry('') : justAbove(auditSort.entry(after));
      const to = before === undefined ? endOf(auditSort.entry('')) : auditSort.entry(before);
      if (from >= to) return [];
      return await linesWithin(ground, { chain, from, to, limit, backwards: newestFirst }, (line) =>
        readEntry({ chain, ...storedEntry(line) }),
      );
    },
    entry: (chain, id) => findEntry(ground, chain, id),
    lineNumbers: (chain, first, last) => lineNumbers(ground, { chain, first, last }),
    entryHashes: (chain) => linesWithin(ground, { chain, ...all(auditSort.entry('')) }, hashOf),
    async unsealed(chain, settledBefore) {
      const waiting = await listOpen(UnsealedEntries, chain);
      return waiting.map(({ value }) => value).filter((entry) => entry.wallAt <= settledBefore);
    },
    seals: (chain, from, limit) =>
      linesWithin(ground, { chain, ...all('SEAL#'), from: auditSort.seal(from), limit }, (line) =>
        storedSeal(chain, line),
      ),
    async lastSeal(chain) {
      const range = { chain, ...all('SEAL#'), limit: 1, backwards: true };
      return (await linesWithin(ground, range, (line) => storedSeal(chain, line)))[0];
    },
    checkpoints: (chain) =>
      linesWithin(ground, { chain, ...all('CHECKPOINT#') }, (line) => storedCheckpoint(chain, line)),
  };
}

function all(prefix: string): { readonly from: string; readonly to: string } {
  return { from: prefix, to: endOf(prefix) };
}

function hashOf(line: AuditLine): EntryHash {
  const { id, body } = storedEntry(line);
  return { id, bodyHash: sha256Hex(body), at: instantIn(body) };
}

async function findEntry(ground: Ground, chain: string, id: string): Promise<Entry | undefined> {
  const answer = await attempt(`read entry ${id}`, () =>
    ground.documents.send(
      new GetCommand({
        TableName: ground.tables.audit,
        Key: { pk: chain, sk: auditSort.entry(id) },
        ConsistentRead: true,
      }),
    ),
  );
  return answer.Item && readEntry({ chain, ...storedEntry(answer.Item) });
}
