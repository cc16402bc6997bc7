import { UnsealedEntries } from '../audit/chain-state.ts';
import type { Actor, Entry } from '../audit/entry.ts';
import { entryBody } from '../audit/entry-body.ts';
import { sha256Hex } from '../kernel/digest.ts';
import { put } from '../ledger/kind.ts';
import { auditSort, type Ground } from './tables.ts';
import { auditLine, type Line, putLine } from './transact.ts';

/** What one entry writes: the entry itself, and the note to the sealer that it has no line yet. */
export function entryLines(ground: Ground, entry: Entry, act: string): readonly Line[] {
  const body = entryBody(entry);
  const { chain, id, wallAt } = entry;
  const unsealed = put(UnsealedEntries, { chain, id, bodyHash: sha256Hex(body), wallAt }, 0);
  const names = { kind: 'entry', id };
  return [
    auditLine(ground, names, { pk: chain, sk: auditSort.entry(id), ...copies(entry), body, writtenBy: act }),
    { ...putLine(ground, unsealed, act), names },
  ];
}

/** For whoever looks at the table by hand. Nothing here reads them: the body alone is hashed and believed. */
function copies(entry: Entry) {
  return {
    at: entry.at,
    act: entry.act,
    outcome: entry.outcome,
    actor: actorText(entry.by),
    ...(entry.subject ? { subject: `${entry.subject.kind}#${entry.subject.id}` } : {}),
  };
}

function actorText(by: Actor): string {
  switch (by.kind) {
    case 'person':
      return by.user;
    case 'caller':
      return by.arn;
    case 'bot':
      return 'bot';
  }
}
