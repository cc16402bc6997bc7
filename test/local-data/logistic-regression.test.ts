import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/kernel/random.ts';
import { solveCholesky } from '../../src/local/data/ml/cholesky.ts';
import type { SparseRows } from '../../src/local/data/ml/encoding.ts';
import { fitLogisticRegression, probabilities } from '../../src/local/data/ml/logistic-regression.ts';

/** Dense rows, the constant added as the last column. */
function sparse(rows: readonly (readonly number[])[]): SparseRows {
  const width = (rows[0]?.length ?? 0) + 1;
  return {
    rows: rows.length,
    width,
    slots: width,
    places: Int32Array.from(rows.flatMap(() => Array.from({ length: width }, (_, place) => place))),
    values: Float64Array.from(rows.flatMap((row) => [...row, 1])),
  };
}

function madeUpRows(count: number): { features: number[][]; labels: number[] } {
  const random = randomFrom('logistic');
  const features = Array.from({ length: count }, () => [random.unit() * 4 - 2, random.unit() * 2 - 1]);
  const labels = features.map(([a = 0, b = 0]) => (random.unit() < 1 / (1 + Math.exp(1 - 1.5 * a - b)) ? 1 : 0));
  return { features, labels };
}

describe('logistic regression', () => {
  it('without features gives the share of positives', () => {
    const weights = fitLogisticRegression(sparse([[], [], [], []]), [1, 0, 0, 0], 1);
    expect(weights[0]).toBeCloseTo(Math.log(1 / 3), 10);
  });

  it('with one yes-or-no feature and next to no penalty gives the log odds ratio', () => {
    // 30 of 40 positive with the feature, 10 of 50 without: odds 3 against 1/4.
    const rows = [...new Array(40).fill([1]), ...new Array(50).fill([0])];
    const labels = [...rows.keys()].map((row) => (row < 30 || (row >= 40 && row < 50) ? 1 : 0));
    const weights = fitLogisticRegression(sparse(rows), labels, 1e-9);
    expect(weights[0]).toBeCloseTo(Math.log(12), 6);
    expect(weights[1]).toBeCloseTo(Math.log(1 / 4), 6);
  });

  it('ends where the slope of the penalised loss is zero, counted feature by feature', () => {
    const { features, labels } = madeUpRows(300);
    const rows = sparse(features);
    const penalty = 3;
    const weights = fitLogisticRegression(rows, labels, penalty);
    const shares = probabilities(rows, weights);
    for (const place of [0, 1, 2]) {
      const slope = labels.reduce(
        (sum, label, row) => sum + ((shares[row] ?? 0) - label) * (place === 2 ? 1 : (features[row]?.[place] ?? 0)),
        place === 2 ? 0 : penalty * (weights[place] ?? 0),
      );
      expect(slope).toBeCloseTo(0, 7);
    }
  });

  it('finds what slow gradient descent finds', () => {
    const { features, labels } = madeUpRows(120);
    const rows = sparse(features);
    const slow = new Float64Array(3);
    for (let step = 0; step < 20_000; step += 1) {
      const off = probabilities(rows, slow).map((share, row) => share - (labels[row] ?? 0));
      for (const place of [0, 1, 2]) {
        const pull = off.reduce((sum, by, row) => sum + by * (features[row]?.[place] ?? 1), 0);
        slow[place] = (slow[place] ?? 0) - 0.01 * (pull + (place === 2 ? 0 : (slow[place] ?? 0)));
      }
    }
    const weights = fitLogisticRegression(rows, labels, 1);
    for (const [place, weight] of slow.entries()) expect(weights[place]).toBeCloseTo(weight, 6);
  });

  it('a stronger penalty pulls weights towards zero', () => {
    const { features, labels } = madeUpRows(300);
    const size = (penalty: number) => Math.abs(fitLogisticRegression(sparse(features), labels, penalty)[0] ?? 0);
    expect(size(100)).toBeLessThan(size(10));
    expect(size(10)).toBeLessThan(size(0.1));
  });
});

describe("Cholesky's method", () => {
  it('solves what it is given', () => {
    const [x, y] = solveCholesky(Float64Array.of(4, 0, 2, 3), Float64Array.of(2, 1));
    expect([x, y]).toEqual([0.5, 0]);
  });

  it('refuses a matrix that is not positive definite', () => {
    expect(() => solveCholesky(Float64Array.of(1, 0, 2, 1), Float64Array.of(1, 1))).toThrow(RangeError);
  });
});
