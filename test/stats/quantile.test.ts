import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantile, quantileOfSorted } from '../../src/stats/quantile.ts';
import { goldenCases } from './golden.ts';

type Case = { prod_ms: number[]; shadow_ms: number[]; quantiles_type7: Record<string, [number, number]> };

describe('quantiles', () => {
  it('are those of numpy.quantile', () => {
    for (const one of goldenCases<Case>('paired_latency.json')) {
      for (const [share, [production, shadow]] of Object.entries(one.quantiles_type7)) {
        expect(quantile(one.prod_ms, Number(share))).toBeCloseTo(production, 11);
        expect(quantile(one.shadow_ms, Number(share))).toBeCloseTo(shadow, 11);
      }
    }
  });

  it('leave the column as it was', () => {
    const column = [3, 1, 2];
    quantile(column, 0.5);
    expect(column).toEqual([3, 1, 2]);
  });

  it('rise with the share and stay between the least and the greatest value', () => {
    const column = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(column, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
        const found = quantile(values, share);
        expect(found).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
        expect(found).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
        expect(found).toBeLessThanOrEqual(quantile(values, Math.min(1, share + 0.1)) + 1e-9);
      }),
    );
  });

  it('of a single value are that value', () => {
    expect([0, 0.3, 1].map((share) => quantileOfSorted([42], share))).toEqual([42, 42, 42]);
  });

  it('need a value, and a share within 0 to 1', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
    expect(() => quantile([1], 95)).toThrow('outside 0 to 1');
  });
});
