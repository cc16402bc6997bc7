import { solveCholesky } from './cholesky.ts';
import type { SparseRows } from './encoding.ts';

const mostSteps = 50;
/** Newton's method doubles its right digits each step, so a step this small is the last one worth taking. */
const smallestStep = 1e-9;

/**
 * Logistic regression with an L2 penalty: which weights make the labels most likely?
 * Minimises the summed log loss + penalty / 2 times the summed squares of all weights but the constant's.
 * Newton's method (iteratively reweighted least squares); the same rows give the same weights.
 * @param rows encoded rows; the last place is the constant
 * @param labels 1 or 0 for each row
 * @param penalty above 0; scikit-learn's C is 1 / penalty
 * @returns one weight for each place, the constant's last
 * @throws {RangeError} when lengths differ, or when the steps do not settle
 * @see Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 4.4.1
 * @example fitLogisticRegression(rows, labels, 1) // as scikit-learn: LogisticRegression(C=1)
 */
export function fitLogisticRegression(rows: SparseRows, labels: ArrayLike<number>, penalty: number): Float64Array {
  if (rows.rows !== labels.length) throw new RangeError(`fit: ${rows.rows} rows and ${labels.length} labels`);
  const weights = new Float64Array(rows.width);
  for (let step = 0; step < mostSteps; step += 1) {
    const { gradient, hessian } = slopes({ rows, labels, weights, penalty });
    const change = solveCholesky(hessian, gradient);
    let largest = 0;
    for (let place = 0; place < weights.length; place += 1) {
      weights[place] = (weights[place] as number) - (change[place] as number);
      largest = Math.max(largest, Math.abs(change[place] as number));
    }
    if (largest < smallestStep) return weights;
  }
  throw new RangeError('fitLogisticRegression: the steps do not settle; raise the penalty');
}

/** The probability of label 1 for each row. */
export function probabilities(rows: SparseRows, weights: ArrayLike<number>): Float64Array {
  const found = new Float64Array(rows.rows);
  for (let row = 0; row < rows.rows; row += 1) found[row] = 1 / (1 + Math.exp(-linear(rows, weights, row)));
  return found;
}

function linear({ slots, places, values }: SparseRows, weights: ArrayLike<number>, row: number): number {
  let sum = 0;
  for (let at = row * slots; at < (row + 1) * slots; at += 1) {
    sum += (weights[places[at] as number] as number) * (values[at] as number);
  }
  return sum;
}

type Fit = { rows: SparseRows; labels: ArrayLike<number>; weights: Float64Array; penalty: number };

/** Gradient and lower triangle of the second derivatives of the penalised loss. */
function slopes({ rows, labels, weights, penalty }: Fit): { gradient: Float64Array; hessian: Float64Array } {
  const { width } = rows;
  const gradient = weights.map((weight, place) => (place === width - 1 ? 0 : penalty * weight));
  const hessian = new Float64Array(width * width);
  for (let place = 0; place < width - 1; place += 1) hessian[place * width + place] = penalty;
  const shares = probabilities(rows, weights);
  for (let row = 0; row < rows.rows; row += 1) {
    const share = shares[row] as number;
    addRow({ rows, row, residual: share - (labels[row] as number), spread: share * (1 - share), gradient, hessian });
  }
  return { gradient, hessian };
}

function addRow(given: {
  rows: SparseRows;
  row: number;
  residual: number;
  spread: number;
  gradient: Float64Array;
  hessian: Float64Array;
}): void {
  const { rows, row, residual, spread, gradient, hessian } = given;
  const { slots, places, values, width } = rows;
  // Places rise within a row, so the pairs below fall into the lower triangle.
  for (let a = row * slots; a < (row + 1) * slots; a += 1) {
    const value = values[a] as number;
    if (value === 0) continue;
    const place = places[a] as number;
    gradient[place] = (gradient[place] as number) + residual * value;
    const weighted = spread * value;
    for (let b = row * slots; b <= a; b += 1) {
      const cell = place * width + (places[b] as number);
      hessian[cell] = (hessian[cell] as number) + weighted * (values[b] as number);
    }
  }
}
