import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Now } from '../kernel/time.ts';

/** The names of the two tables. */
export type TableNames = { readonly state: string; readonly audit: string };

/** What every part of the store is given. */
export type Ground = {
  readonly documents: DynamoDBDocumentClient;
  readonly tables: TableNames;
  readonly wall: Now;
};

/** Sparse index of the state table: items that still want attention, `OPEN#<kind>` / `<word>#<id>`. */
export const openIndex = 'open';
/** Sparse index of the state table: lists that stay for ever, `GROUP#<kind>#<group>` / `<order>`. */
export const groupIndex = 'group';

/** The key of a state item. */
export function stateKey(kind: string, id: string): string {
  return `${kind}#${id}`;
}

export function openKey(kind: string): string {
  return `OPEN#${kind}`;
}

/** Listed under `word`; the id behind it makes the entry its own. */
export function openOrder(word: string, id: string): string {
  return `${word}#${id}`;
}

export function groupKey(kind: string, group: string): string {
  return `GROUP#${kind}#${group}`;
}

/** Sparse index of the audit table: the line that seals an entry, `<chain>` / `<entry id>`. Only seals name an entry. */
export const lineIndex = 'line';

const seqDigits = 12;

/** Sort keys of the audit table; its partition key is the name of the chain. */
export const auditSort = {
  entry: (id: string): string => `ENTRY#${id}`,
  seal: (seq: number): string => `SEAL#${String(seq).padStart(seqDigits, '0')}`,
  checkpoint: (seq: number): string => `CHECKPOINT#${String(seq).padStart(seqDigits, '0')}`,
} as const;
