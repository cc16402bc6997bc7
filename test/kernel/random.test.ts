import { describe, expect, it } from 'vitest';
import { randomFrom, shuffle, xoshiro128 } from '../../src/kernel/random.ts';

describe('seeded numbers', () => {
  it('are those of the reference program', () => {
    // Printed by Blackman and Vigna's xoshiro128starstar.c (1.1) from the state 1, 2, 3, 4.
    const reference = [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597];
    const random = xoshiro128([1, 2, 3, 4]);
    expect(reference.map(() => random.uint32())).toEqual(reference);
  });

  it('repeat with the seed and differ without it', () => {
    const draw = (seed: string) => Array.from({ length: 5 }, randomFrom(seed).unit);
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
  });

  it('fill [0, 1) evenly', () => {
    const random = randomFrom('evenly');
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i += 1) {
      const bin = random.below(10);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(27.9); // The 99.9 % point of chi-square with 9 degrees of freedom.
  });

  it('shuffle without losing anything', () => {
    const items = Array.from({ length: 50 }, (_, i) => i);
    const shuffled = shuffle([...items], randomFrom('cards'));
    expect(shuffled).not.toEqual(items);
    expect([...shuffled].sort((a, b) => a - b)).toEqual(items);
  });

  it('never start from nothing', () => {
    expect(() => xoshiro128([0, 0, 0, 0])).toThrow(RangeError);
  });
});
