import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/kernel/random.ts';
import { apportion, dealByRank, drawExactly } from '../../src/local/data/employees/draw.ts';
import { rake } from '../../src/local/data/employees/rake.ts';

describe('drawing with fixed counts', () => {
  it('splits a total without losing a row, each part within one of its share', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(weights, fc.integer({ min: 0, max: 500 }), (parts, total) => {
        const split = apportion(parts, total);
        const sum = parts.reduce((a, b) => a + b, 0);
        expect(split.reduce((a, b) => a + b, 0)).toBe(total);
        for (const [i, part] of split.entries()) {
          expect(Math.abs(part - ((parts[i] ?? 0) * total) / sum)).toBeLessThan(1);
        }
      }),
    );
  });

  it('draws as many rows as the chances add up to, the certain ones always', () => {
    const chances = Float64Array.from({ length: 1000 }, (_, row) => (row % 10 === 0 ? 1 : 0.1));
    const drawn = drawExactly(chances, randomFrom('exactly'));
    expect(drawn.reduce((a, b) => a + b, 0)).toBe(190);
    expect(drawn.filter((_, row) => row % 10 === 0).every((one) => one === 1)).toBe(true);
  });

  it('deals values in the order of the ranks', () => {
    expect([...dealByRank(Float64Array.of(0.3, 9, -2), [30, 10, 20])]).toEqual([20, 30, 10]);
  });
});

describe('raking', () => {
  it('meets two margins at once and leaves certain rows alone', () => {
    const random = randomFrom('raking');
    const a = Uint8Array.from({ length: 2000 }, () => random.below(2));
    const b = Uint8Array.from({ length: 2000 }, () => random.below(3));
    const start = Float64Array.from(a, (_, row) => (row < 20 ? 1 : row < 40 ? 0 : 0.2));
    const chances = rake(start, [
      { codes: a, shares: [0.15, 0.3] },
      { codes: b, shares: [undefined, 0.1, 0.4] },
    ]);
    const shareOf = (codes: Uint8Array, code: number): number => {
      const own = chances.filter((_, row) => codes[row] === code);
      return own.reduce((sum, chance) => sum + chance, 0) / own.length;
    };
    expect(shareOf(a, 0)).toBeCloseTo(0.15, 3);
    expect(shareOf(a, 1)).toBeCloseTo(0.3, 3);
    expect(shareOf(b, 1)).toBeCloseTo(0.1, 3);
    expect(shareOf(b, 2)).toBeCloseTo(0.4, 3);
    expect([...chances.slice(0, 20)].every((chance) => chance === 1)).toBe(true);
    expect([...chances.slice(20, 40)].every((chance) => chance === 0)).toBe(true);
  });

  it('gives up quietly on a margin that certain rows make impossible', () => {
    const chances = rake(Float64Array.of(1, 1, 0.5, 0.5), [{ codes: [0, 0, 0, 0], shares: [0.1] }]);
    expect(chances.every((chance) => chance >= 0 && chance <= 1)).toBe(true);
    expect(chances[0]).toBe(1);
    expect(chances[2]).toBeLessThan(0.05);
  });
});
