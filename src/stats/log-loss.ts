/** Keeps a certain and wrong score finite; the step between 1 and the next double, as scikit-learn clips. */
const smallestShare = Number.EPSILON;

/**
 * Log loss: how surprised is the model by what really happened, on average, in nats?
 * @param labels 1 or 0 for each row
 * @param scores a probability of 1 in [0, 1] for each label; clipped to [2^-52, 1 - 2^-52]
 * @returns at least 0; 0.6931 for scores of one half everywhere
 * @throws {RangeError} when lengths differ or there is no row
 * @see Good (1952), Rational Decisions, Journal of the Royal Statistical Society B 14: 107-114
 * @example logLoss([1, 0, 0, 1], [0.9, 0.1, 0.2, 0.65]) // 0.21616, as scikit-learn: log_loss(y, s)
 */
export function logLoss(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  if (labels.length !== scores.length || labels.length === 0) {
    throw new RangeError(`logLoss: ${labels.length} labels and ${scores.length} scores`);
  }
  let sum = 0;
  for (let row = 0; row < labels.length; row += 1) {
    const share = Math.min(1 - smallestShare, Math.max(smallestShare, scores[row] ?? Number.NaN));
    sum -= Math.log(labels[row] === 1 ? share : 1 - share);
  }
  return sum / labels.length;
}

/**
 * The log loss of the best guess that ignores every feature: the share of positives, given for each row.
 * A model that is not below this has learned nothing.
 * @param positives count of positive rows (integer, 0 to rows)
 * @param rows count of rows (integer, at least 1)
 * @returns at least 0; 0 when all rows have one label
 * @throws {RangeError} when the counts do not fit
 * @see Shannon (1948): it is the entropy of the labels in nats
 * @example bestConstantLogLoss(4668, 54808) // 0.291218, the entropy of 8.517 % in nats
 */
export function bestConstantLogLoss(positives: number, rows: number): number {
  if (!(rows >= 1 && positives >= 0 && positives <= rows)) {
    throw new RangeError(`bestConstantLogLoss: ${positives} positives of ${rows} rows`);
  }
  const share = positives / rows;
  return surprise(share) + surprise(1 - share);
}

function surprise(share: number): number {
  return share === 0 ? 0 : -share * Math.log(share);
}
