import { isDeepStrictEqual } from 'node:util';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Entry } from '../audit/entry.ts';
import { entryBody } from '../audit/entry-body.ts';
import { sha256Hex } from '../kernel/digest.ts';
import { accept, refuse } from '../kernel/result.ts';
import type { Act, Commit } from '../ledger/act.ts';
import type { Put } from '../ledger/kind.ts';
import { type CardNeed, cardId } from '../outbox/card.ts';
import { attempt } from './attempt.ts';
import { cardLine } from './card-item.ts';
import { entryLines } from './entry-line.ts';
import { itemOf } from './item.ts';
import { findItem } from './read-state.ts';
import { codeOf } from './store-fault.ts';
import { auditSort, type Ground } from './tables.ts';
import { type ItemName, type Line, putLine, transact } from './transact.ts';

/** Writes one act whole or not at all. An act whose answer was lost may be committed again: it is found, not doubled. */
export function makeCommit(ground: Ground): Commit {
  return async function commit(act) {
    const lines = linesOf(ground, act);
    if (lines.length === 0) return accept(undefined);
    const unmet = await unmetOf(ground, act, lines);
    if (!unmet || (await isWritten(ground, act))) return accept(undefined);
    return refuse({ kind: 'lost-race', item: unmet });
  };
}

function linesOf(ground: Ground, act: Act): readonly Line[] {
  return [
    ...act.puts.map((put) => putLine(ground, put, act.id)),
    ...act.entries.flatMap((entry) => entryLines(ground, entry, act.id)),
    ...eachOnce(act.cards).map((need) => cardLine(ground, need)),
  ];
}

/** A transaction may not touch an item twice, and two wishes for one card in one act are one wish. */
function eachOnce(needs: readonly CardNeed[]): readonly CardNeed[] {
  return [...new Map(needs.map((need) => [cardId(need.subject), need])).values()];
}

async function unmetOf(ground: Ground, act: Act, lines: readonly Line[]): Promise<ItemName | undefined> {
  try {
    return await transact(ground, { doing: `write the act ${act.id}`, token: tokenOf(act), lines });
  } catch (error) {
    // The same act was written with other content: whoever did has moved the items on.
    const moved = codeOf(error) === 'store-token-reused' ? await firstMoved(ground, act.puts) : undefined;
    if (moved) return moved;
    throw error;
  }
}

function tokenOf(act: Act): string {
  const puts = act.puts.map((put) => `${put.kind}#${put.id}@${put.expected}`);
  const entries = act.entries.map((entry) => `${entry.chain}/${entry.id}`);
  return sha256Hex([act.id, ...puts, ...entries].join('\n')).slice(0, 36);
}

async function firstMoved(ground: Ground, puts: readonly Put[]): Promise<ItemName | undefined> {
  for (const { kind, id, expected } of puts) {
    const item = await findItem(ground, kind, id);
    if ((item?.version ?? 0) !== expected) return { kind, id };
  }
  return undefined;
}

/** Its entries prove that all of an act was written, even if others have moved the items on since; else its items must. */
async function isWritten(ground: Ground, act: Act): Promise<boolean> {
  const proofs =
    act.entries.length > 0
      ? act.entries.map((entry) => isEntryWritten(ground, entry, act.id))
      : act.puts.map((put) => isPutWritten(ground, put, act.id));
  return (await Promise.all(proofs)).every(Boolean);
}

async function isEntryWritten(ground: Ground, entry: Entry, act: string): Promise<boolean> {
  const answer = await attempt(`read entry ${entry.id}`, () =>
    ground.documents.send(
      new GetCommand({
        TableName: ground.tables.audit,
        Key: { pk: entry.chain, sk: auditSort.entry(entry.id) },
        ConsistentRead: true,
      }),
    ),
  );
  return answer.Item?.writtenBy === act && answer.Item.body === entryBody(entry);
}

async function isPutWritten(ground: Ground, put: Put, act: string): Promise<boolean> {
  const item = await findItem(ground, put.kind, put.id);
  const wanted = itemOf(put, act);
  return (
    item?.act === act &&
    item.version === wanted.version &&
    isDeepStrictEqual(JSON.parse(item.body), JSON.parse(wanted.body))
  );
}
