import { createHash } from 'node:crypto';

/** A seeded stream of numbers. The same seed gives the same stream on every machine. */
export type Random = {
  /** An integer from 0 to 2^32 - 1. */
  readonly uint32: () => number;
  /** A number in [0, 1) with 53 random bits. */
  readonly unit: () => number;
  /** An integer from 0 to `bound` - 1; `bound` at most 2^32. */
  readonly below: (bound: number) => number;
};

export type RandomState = readonly [number, number, number, number];

/**
 * xoshiro128** 1.1 of Blackman and Vigna (https://prng.di.unimi.it/xoshiro128starstar.c, public domain).
 * For made-up examples and simulations; not for secrets.
 * @throws {RangeError} when the state is all zero, from which the generator never leaves
 */
export function xoshiro128(state: RandomState): Random {
  let [a, b, c, d] = state;
  if ((a | b | c | d) === 0) throw new RangeError('xoshiro128: the state must not be all zero');

  function uint32(): number {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotateLeft(d, 11);
    return result;
  }

  const unit = (): number => ((uint32() >>> 5) * 0x4000000 + (uint32() >>> 6)) / 0x20000000000000;
  return { uint32, unit, below: (bound) => Math.floor(unit() * bound) };
}

/** A stream of its own for each seed text: `employees/7/ages` and `employees/7/ratings` have nothing in common. */
export function randomFrom(seed: string): Random {
  const bytes = createHash('sha256').update(seed, 'utf8').digest();
  return xoshiro128([bytes.readInt32LE(0), bytes.readInt32LE(4), bytes.readInt32LE(8), bytes.readInt32LE(12)]);
}

/** Puts `items` into random order, in place (Fisher and Yates). */
export function shuffle<T>(items: T[], random: Random): T[] {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1);
    const kept = items[last] as T;
    items[last] = items[other] as T;
    items[other] = kept;
  }
  return items;
}

function rotateLeft(x: number, places: number): number {
  return (x << places) | (x >>> (32 - places));
}
