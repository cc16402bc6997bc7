import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brier } from '../../src/stats/brier.ts';
import { accuracy, balancedAccuracy, confusionAt, f1, precision, recall } from '../../src/stats/confusion.ts';
import { bestConstantLogLoss, logLoss } from '../../src/stats/log-loss.ts';
import { delongVariance, rocAuc } from '../../src/stats/roc-auc.ts';
import { goldenCases } from './golden.ts';

type Scored = {
  tp: number;
  fp: number;
  fn: number;
  tn: number;
  threshold: number;
  accuracy: number;
  balanced_accuracy: number;
  precision: number;
  recall: number;
  f1: number;
  roc_auc: number;
  log_loss: number;
  brier: number;
};
type Case = {
  n: number;
  y: number[];
  prod_score: number[];
  shadow_score: number[];
  prod: Scored;
  shadow: Scored;
  delong: { var_prod: number; var_shadow: number };
};

const cases = goldenCases<Case>('paired_classifier.json').flatMap((one, index) => [
  { name: `case ${index + 1}, production`, y: one.y, s: one.prod_score, is: one.prod, variance: one.delong.var_prod },
  { name: `case ${index + 1}, shadow`, y: one.y, s: one.shadow_score, is: one.shadow, variance: one.delong.var_shadow },
]);

describe('the numbers of scikit-learn and pROC', () => {
  it.each(cases)('$name: every metric agrees to 1e-12', ({ y, s, is, variance }) => {
    const counts = confusionAt(y, s, is.threshold);
    expect(counts).toEqual({
      truePositives: is.tp,
      falsePositives: is.fp,
      falseNegatives: is.fn,
      trueNegatives: is.tn,
    });
    expect(accuracy(counts)).toBeCloseTo(is.accuracy, 12);
    expect(balancedAccuracy(counts)).toBeCloseTo(is.balanced_accuracy, 12);
    expect(precision(counts)).toBeCloseTo(is.precision, 12);
    expect(recall(counts)).toBeCloseTo(is.recall, 12);
    expect(f1(counts)).toBeCloseTo(is.f1, 12);
    expect(rocAuc(y, s)).toBeCloseTo(is.roc_auc, 12);
    expect(logLoss(y, s)).toBeCloseTo(is.log_loss, 12);
    expect(brier(y, s)).toBeCloseTo(is.brier, 12);
    expect(delongVariance(y, s)).toBeCloseTo(variance, 13);
  });
});

const labelledScores = fc
  .array(fc.record({ label: fc.constantFrom(0, 1), score: fc.integer({ min: 0, max: 8 }) }), {
    minLength: 2,
    maxLength: 40,
  })
  .filter((rows) => new Set(rows.map((row) => row.label)).size === 2)
  .map((rows) => ({ y: rows.map((row) => row.label), s: rows.map((row) => row.score / 8) }));

/** Counts every pair of a positive and a negative row. */
function aucPairByPair(y: readonly number[], s: readonly number[]): number {
  const of = (label: number) => s.filter((_, row) => y[row] === label);
  const points = of(1).flatMap((a) => of(0).map((b) => (a > b ? 1 : a === b ? 0.5 : 0) as number));
  return points.reduce((sum, point) => sum + point, 0) / points.length;
}

describe('the area under the ROC curve', () => {
  it('is what counting pair by pair gives, ties included', () => {
    fc.assert(
      fc.property(labelledScores, ({ y, s }) => {
        expect(rocAuc(y, s)).toBeCloseTo(aucPairByPair(y, s), 12);
      }),
    );
  });

  it('does not change when scores go through a rising function', () => {
    fc.assert(
      fc.property(
        labelledScores,
        ({ y, s }) =>
          rocAuc(y, s) ===
          rocAuc(
            y,
            s.map((x) => 7 * x ** 3 - 2),
          ),
      ),
    );
  });

  it('is mirrored when the labels are swapped', () => {
    fc.assert(
      fc.property(labelledScores, ({ y, s }) => {
        expect(
          rocAuc(
            y.map((label) => 1 - label),
            s,
          ),
        ).toBeCloseTo(1 - rocAuc(y, s), 12);
      }),
    );
  });

  it("has DeLong's variance, counted by hand on four rows", () => {
    // Positives 0.4 and 0.9 beat 1 and 2 of the negatives 0.2 and 0.6; negatives are beaten by 2 and 1 positives.
    expect(delongVariance([0, 0, 1, 1], [0.2, 0.6, 0.4, 0.9])).toBeCloseTo(0.125 / 2 + 0.125 / 2, 15);
  });

  it('needs both classes', () => {
    expect(() => rocAuc([1, 1], [0.1, 0.2])).toThrow(RangeError);
    expect(() => rocAuc([0, 1], [0.1])).toThrow('2 labels and 1 scores');
  });
});

describe('log loss and Brier score', () => {
  it('of the best constant is the entropy of the labels', () => {
    const y = [1, 0, 0, 0, 0, 1, 0, 0];
    expect(bestConstantLogLoss(2, 8)).toBeCloseTo(
      logLoss(
        y,
        y.map(() => 0.25),
      ),
      14,
    );
    expect(bestConstantLogLoss(0, 8)).toBe(0);
  });

  it('no constant guess beats the best one', () => {
    fc.assert(
      fc.property(labelledScores, fc.double({ min: 0.01, max: 0.99, noNaN: true }), ({ y }, guess) => {
        const positives = y.filter((label) => label === 1).length;
        return (
          logLoss(
            y,
            y.map(() => guess),
          ) >=
          bestConstantLogLoss(positives, y.length) - 1e-12
        );
      }),
    );
  });

  it('stays finite on a certain and wrong score', () => {
    expect(logLoss([1], [0])).toBeCloseTo(52 * Math.log(2), 10);
  });

  it('refuses an empty column', () => {
    expect(() => logLoss([], [])).toThrow(RangeError);
    expect(() => brier([], [])).toThrow(RangeError);
  });
});

describe('shares that have no denominator', () => {
  it('are null rather than zero', () => {
    const noneCalled = confusionAt([0, 1], [0.1, 0.2], 0.5);
    expect(precision(noneCalled)).toBeNull();
    expect(recall(confusionAt([0, 0], [0.1, 0.9], 0.5))).toBeNull();
    expect(f1(confusionAt([0], [0.1], 0.5))).toBeNull();
    expect(balancedAccuracy(confusionAt([0], [0.1], 0.5))).toBeNull();
    expect(accuracy(confusionAt([], [], 0.5))).toBeNull();
  });

  it('a score at the threshold counts as positive', () => {
    expect(confusionAt([1], [0.5], 0.5).truePositives).toBe(1);
  });
});
