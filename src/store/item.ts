import { z } from 'zod';
import { Fault } from '../kernel/fault.ts';
import type { EpochMs } from '../kernel/time.ts';
import type { Kind, Put, Versioned } from '../ledger/kind.ts';
import { groupKey, openKey, openOrder, stateKey } from './tables.ts';

/** A state item as it lies in the table. The body is one JSON string; the attributes around it are only for finding it. */
export const StateItem = z.object({
  pk: z.string(),
  kind: z.string(),
  id: z.string(),
  version: z.number().int().positive(),
  body: z.string(),
  /** The act that wrote this version: how a repeated act recognises its own work. */
  act: z.string(),
  openPk: z.string().optional(),
  openSk: z.string().optional(),
  groupPk: z.string().optional(),
  groupSk: z.string().optional(),
  /** Wall instant, in ms. Reads go by this one. */
  expiresAt: z.number().optional(),
  /** The same instant in seconds, rounded up: DynamoDB's time to live deletes by it, up to days later. */
  ttl: z.number().optional(),
});
export type StateItem = z.infer<typeof StateItem>;

export function itemOf(put: Put, act: string): StateItem {
  return {
    pk: stateKey(put.kind, put.id),
    kind: put.kind,
    id: put.id,
    version: put.expected + 1,
    body: bodyText(put.body),
    act,
    ...(put.open === undefined ? {} : { openPk: openKey(put.kind), openSk: openOrder(put.open, put.id) }),
    // An index key must not be empty, so an item without an order stands in the order of its id.
    ...(put.group === undefined ? {} : { groupPk: groupKey(put.kind, put.group), groupSk: put.order || put.id }),
    ...(put.expiresAt === undefined ? {} : { expiresAt: put.expiresAt, ttl: Math.ceil(put.expiresAt / 1_000) }),
  };
}

/** True once the item counts as gone, whether DynamoDB has deleted it yet or not. */
export function isExpired(item: StateItem, at: EpochMs): boolean {
  return item.expiresAt !== undefined && item.expiresAt <= at;
}

/** @throws {Fault} when what is stored is not an item of this kind: better loud than half understood */
export function versionedOf<T>(kind: Kind<T>, item: StateItem): Versioned<T> {
  const read = kind.schema.safeParse(parsedBody(item));
  if (read.success) return { value: read.data, version: item.version };
  throw new Fault(
    'store-unreadable',
    `The stored ${item.kind} ${item.id} does not read: ${z.prettifyError(read.error)}`,
    {
      cause: read.error,
    },
  );
}

/** @throws {Fault} when the attributes around the body are not ours */
export function readItem(attributes: unknown): StateItem {
  const read = StateItem.safeParse(attributes);
  if (read.success) return read.data;
  throw new Fault('store-unreadable', `An item of the state table does not read: ${keyText(attributes)}`, {
    cause: read.error,
  });
}

function parsedBody(item: StateItem): unknown {
  try {
    return JSON.parse(item.body);
  } catch (error) {
    throw new Fault('store-unreadable', `The stored ${item.kind} ${item.id} is not JSON`, { cause: error });
  }
}

/** JSON would turn NaN and the infinities into null without a word, and the item would never read again. */
function bodyText(body: unknown): string {
  return JSON.stringify(body, (key, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value))
      throw new RangeError(`"${key}" is ${value}: not storable`);
    return value;
  });
}

function keyText(attributes: unknown): string {
  const read = z.object({ pk: z.string() }).safeParse(attributes);
  return read.success ? read.data.pk : 'no key';
}
