/**
 * Brier score: how far are the probabilities from what happened, as a mean square?
 * @param labels 1 or 0 for each row
 * @param scores a probability of 1 in [0, 1] for each label
 * @returns a number in [0, 1]; 0 is perfect, 0.25 is one half for every row
 * @throws {RangeError} when lengths differ or there is no row
 * @see Brier (1950), Monthly Weather Review 78: 1-3
 * @example brier([1, 0, 0, 1], [0.9, 0.1, 0.2, 0.65]) // 0.045625, as scikit-learn: brier_score_loss(y, s)
 */
export function brier(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  if (labels.length !== scores.length || labels.length === 0) {
    throw new RangeError(`brier: ${labels.length} labels and ${scores.length} scores`);
  }
  let sum = 0;
  for (let row = 0; row < labels.length; row += 1) sum += ((scores[row] as number) - (labels[row] as number)) ** 2;
  return sum / labels.length;
}
