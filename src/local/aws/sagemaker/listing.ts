import type { EpochMs } from '../../../kernel/time.ts';
import { refused } from './room.ts';

/** What SageMaker's List operations share. */
export type ListQuery = {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
  readonly NameContains?: string | undefined;
  readonly SortBy?: string | undefined;
  readonly SortOrder?: string | undefined;
  readonly CreationTimeBefore?: Date | undefined;
  readonly CreationTimeAfter?: Date | undefined;
  readonly LastModifiedTimeBefore?: Date | undefined;
  readonly LastModifiedTimeAfter?: Date | undefined;
};

export type Listed = {
  readonly name: string;
  readonly createdAt: EpochMs;
  readonly modifiedAt?: EpochMs;
  readonly status?: string;
};

export type Page<T> = { readonly items: readonly T[]; readonly NextToken?: string };

/** SageMaker's default page; callers who forget to follow NextToken see ten. */
const defaultPage = 10;

/** One page in SageMaker's order: newest first unless asked otherwise. */
export function pageOf<T extends Listed>(all: Iterable<T>, query: ListQuery): Page<T> {
  const found = sorted(
    [...all].filter((item) => isWanted(item, query)),
    query,
  );
  const from = offsetOf(query.NextToken);
  const to = from + (query.MaxResults ?? defaultPage);
  const items = found.slice(from, to);
  return to < found.length ? { items, NextToken: tokenFor(to) } : { items };
}

function isWanted(item: Listed, query: ListQuery): boolean {
  const modifiedAt = item.modifiedAt ?? item.createdAt;
  return (
    item.name.toLowerCase().includes((query.NameContains ?? '').toLowerCase()) &&
    isBetween(item.createdAt, query.CreationTimeAfter, query.CreationTimeBefore) &&
    isBetween(modifiedAt, query.LastModifiedTimeAfter, query.LastModifiedTimeBefore)
  );
}

function isBetween(at: EpochMs, after: Date | undefined, before: Date | undefined): boolean {
  return (after === undefined || at > after.getTime()) && (before === undefined || at < before.getTime());
}

function sorted<T extends Listed>(items: readonly T[], query: ListQuery): T[] {
  const key = sortKey(query.SortBy);
  const sign = query.SortOrder === 'Ascending' ? 1 : -1;
  const compared = (a: T, b: T): number => {
    const [x, y] = [key(a), key(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  };
  return items
    .map((item, order) => ({ item, order }))
    .sort((a, b) => sign * (compared(a.item, b.item) || a.order - b.order))
    .map(({ item }) => item);
}

function sortKey(by: string | undefined): (item: Listed) => string | number {
  if (by === 'Name') return (item) => item.name;
  return by === 'Status' ? (item) => item.status ?? '' : (item) => item.createdAt;
}

function tokenFor(offset: number): string {
  return Buffer.from(`from:${offset}`).toString('base64url');
}

function offsetOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const match = /^from:(\d+)$/.exec(Buffer.from(token, 'base64url').toString());
  if (!match) throw refused('The pagination token is not valid.');
  return Number(match[1]);
}
