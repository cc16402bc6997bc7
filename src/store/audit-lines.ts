import { type Checkpoint, Checkpoint as CheckpointSchema } from '../audit/checkpoint.ts';
import { Seal } from '../audit/seal.ts';
import { instant } from '../kernel/time.ts';
import { pagesOf } from './query.ts';
import { type Ground, lineIndex } from './tables.ts';

/** An item of the audit table as it lies there. */
export type AuditLine = Readonly<Record<string, unknown>>;

export type AuditRange = {
  readonly chain: string;
  /** Smallest sort key, included. */
  readonly from: string;
  /** Sort key to stop at, not included. */
  readonly to: string;
  readonly limit?: number;
  readonly backwards?: boolean | undefined;
};

/** What `read` makes of each line of a chain within a range of sort keys, by strongly consistent reads. */
export async function linesWithin<T>(
  ground: Ground,
  range: AuditRange,
  read: (line: AuditLine) => T,
): Promise<readonly T[]> {
  const { chain, from, to, limit, backwards } = range;
  const lines: T[] = [];
  const query = {
    TableName: ground.tables.audit,
    KeyConditionExpression: 'pk = :chain AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':chain': chain, ':from': from, ':to': to },
    ConsistentRead: true,
    ScanIndexForward: !backwards,
    ...(limit === undefined ? {} : { Limit: limit }),
  };
  for await (const page of pagesOf(ground, query)) {
    // BETWEEN includes its upper end.
    for (const line of page) if (line.sk !== to) lines.push(read(line));
    if (limit !== undefined && lines.length >= limit) break;
  }
  return lines.slice(0, limit);
}

/** Greater than every sort key that begins so: `~` is the last printable character of ASCII, and ids hold none. */
export function endOf(prefix: string): string {
  return `${prefix}~`;
}

/** Smallest sort key above `key`: `!` is the first printable character, and no id ends in it. */
export function justAbove(key: string): string {
  return `${key}!`;
}

/** The numbers of the lines that seal the entries from `first` to `last`, by entry id. May lag by moments. */
export async function lineNumbers(
  ground: Ground,
  { chain, first, last }: { chain: string; first: string; last: string },
): Promise<ReadonlyMap<string, number>> {
  const numbers = new Map<string, number>();
  const query = {
    TableName: ground.tables.audit,
    IndexName: lineIndex,
    KeyConditionExpression: 'pk = :chain AND entryId BETWEEN :first AND :last',
    ExpressionAttributeValues: { ':chain': chain, ':first': first, ':last': last },
  };
  for await (const page of pagesOf(ground, query)) {
    for (const seal of page.map((line) => storedSeal(chain, line))) numbers.set(seal.entryId, seal.seq);
  }
  return numbers;
}

/** Id and body of a stored entry. A body that somebody replaced by another type reads as empty, and fails its hash. */
export function storedEntry(line: AuditLine): { readonly id: string; readonly body: string } {
  return { id: nameAfterPrefix(line), body: typeof line.body === 'string' ? line.body : '' };
}

/** A stored seal. One that was damaged reads as a line that cannot verify, rather than stopping the verification. */
export function storedSeal(chain: string, line: AuditLine): Seal {
  const read = Seal.safeParse(line);
  if (read.success) return read.data;
  return { chain, seq: Number(nameAfterPrefix(line)), entryId: '', bodyHash: '', prevHash: '', hash: '' };
}

/** A stored checkpoint; a damaged one reads as unsigned. */
export function storedCheckpoint(chain: string, line: AuditLine): Checkpoint {
  const read = CheckpointSchema.safeParse(line);
  if (read.success) return read.data;
  return { chain, seq: Number(nameAfterPrefix(line)), hash: '', at: instant(0), keyId: '', signature: '' };
}

function nameAfterPrefix(line: AuditLine): string {
  return String(line.sk).split('#')[1] ?? '';
}
