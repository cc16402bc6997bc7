import type { z } from 'zod';
import type { EpochMs } from '../kernel/time.ts';

/** One kind of state item: its schema, its key and the lists it stands in. The store knows no other way in. */
export type Kind<T> = {
  readonly name: string;
  readonly schema: z.ZodType<T>;
  readonly id: (value: T) => string;
  /** While work is left: the word it is listed under (a channel, an endpoint, 'running'). Undefined once nobody has to look again. */
  readonly open?: (value: T) => string | undefined;
  /** The list it stays in for ever, e.g. all changes of one model, in the order of `order`. */
  readonly group?: (value: T) => string | undefined;
  readonly order?: (value: T) => string;
  /** Wall instant after which it may be forgotten. Reads leave it out from then on, whether deleted yet or not. */
  readonly expiresAt?: (value: T) => EpochMs | undefined;
};

/** A value with the version it was read at; 0 stands for "not there yet". */
export type Versioned<T> = { readonly value: T; readonly version: number };

/** One guarded write of an item: it happens only if the stored version is still `expected`. */
export type Put = {
  readonly kind: string;
  readonly id: string;
  readonly body: unknown;
  readonly expected: number;
  readonly open?: string;
  readonly group?: string;
  readonly order?: string;
  readonly expiresAt?: EpochMs;
};

/** Writes `value`, provided that the item is still at `expected` (0: does not exist). */
export function put<T>(kind: Kind<T>, value: T, expected: number): Put {
  const open = kind.open?.(value);
  const group = kind.group?.(value);
  const order = kind.order?.(value);
  const expiresAt = kind.expiresAt?.(value);
  return {
    kind: kind.name,
    id: kind.id(value),
    body: value,
    expected,
    ...(open === undefined ? {} : { open }),
    ...(group === undefined ? {} : { group }),
    ...(order === undefined ? {} : { order }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}
