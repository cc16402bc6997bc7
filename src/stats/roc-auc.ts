/** For each row of one class: the share of rows of the other class that its score is on the right side of. */
export type Placements = { readonly positives: Float64Array; readonly negatives: Float64Array };

/**
 * Area under the ROC curve: how likely is a positive row to score higher than a negative one?
 * Pairs with equal scores count one half.
 * @param labels 1 for a positive row, 0 for a negative one
 * @param scores one finite score for each label; higher means more likely positive
 * @returns a share in [0, 1]; 0.5 when the scores say nothing
 * @throws {RangeError} when lengths differ, or when either class has no row
 * @see Hanley and McNeil (1982), Radiology 143: 29-36
 * @example rocAuc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) // 0.75, as scikit-learn: roc_auc_score(y, s)
 */
export function rocAuc(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  const { positives, negatives } = splitByLabel(labels, scores);
  const sortedNegatives = Float64Array.from(negatives).sort();
  let sum = 0;
  for (const score of positives) sum += countBelow(sortedNegatives, score) + countUpTo(sortedNegatives, score);
  return sum / (2 * positives.length * negatives.length);
}

/**
 * DeLong's placements: how far does each single row carry the area under the ROC curve?
 * The mean of either side is the area; their variances give its error, their covariances compare two models.
 * @param labels 1 or 0 for each row
 * @param scores one finite score for each label
 * @returns shares in [0, 1], each class in row order
 * @throws {RangeError} as `rocAuc`
 * @see DeLong, DeLong and Clarke-Pearson (1988), Biometrics 44: 837-845
 * @example aucPlacements([0, 0, 1], [0.2, 0.6, 0.4]).positives // [0.5]: 0.4 lies above one of two negatives
 */
export function aucPlacements(labels: ArrayLike<number>, scores: ArrayLike<number>): Placements {
  const { positives, negatives } = splitByLabel(labels, scores);
  const sortedPositives = Float64Array.from(positives).sort();
  const sortedNegatives = Float64Array.from(negatives).sort();
  return {
    positives: positives.map((score) => lowerShare(sortedNegatives, score)),
    negatives: negatives.map((score) => 1 - lowerShare(sortedPositives, score)),
  };
}

/**
 * DeLong's variance of one area under the ROC curve: how far could it be off on other rows of the same kind?
 * @param labels 1 or 0 for each row
 * @param scores one finite score for each label
 * @returns the variance, at least 0; its root is the standard deviation of the area
 * @throws {RangeError} as `rocAuc`, and when either class has fewer than two rows
 * @see DeLong, DeLong and Clarke-Pearson (1988), Biometrics 44: 837-845
 * @example delongVariance(y, production) // 0.0064172 on the first case of data/golden/paired_classifier.json, as R pROC
 */
export function delongVariance(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  const { positives, negatives } = aucPlacements(labels, scores);
  if (positives.length < 2 || negatives.length < 2) {
    throw new RangeError('delongVariance: two rows of each class are needed');
  }
  return sampleVariance(positives) / positives.length + sampleVariance(negatives) / negatives.length;
}

function splitByLabel(labels: ArrayLike<number>, scores: ArrayLike<number>): Placements {
  if (labels.length !== scores.length) {
    throw new RangeError(`rocAuc: ${labels.length} labels and ${scores.length} scores`);
  }
  let positiveCount = 0;
  for (let row = 0; row < labels.length; row += 1) if (labels[row] === 1) positiveCount += 1;
  if (positiveCount === 0 || positiveCount === labels.length) {
    throw new RangeError('rocAuc: rows of both classes are needed');
  }
  const positives = new Float64Array(positiveCount);
  const negatives = new Float64Array(labels.length - positiveCount);
  let p = 0;
  let n = 0;
  for (let row = 0; row < labels.length; row += 1) {
    if (labels[row] === 1) positives[p++] = scores[row] ?? Number.NaN;
    else negatives[n++] = scores[row] ?? Number.NaN;
  }
  return { positives, negatives };
}

/** The share of `sorted` below `score`, equal ones counted half. */
function lowerShare(sorted: Float64Array, score: number): number {
  return (countBelow(sorted, score) + countUpTo(sorted, score)) / (2 * sorted.length);
}

function countBelow(sorted: Float64Array, score: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < score) low = middle + 1;
    else high = middle;
  }
  return low;
}

function countUpTo(sorted: Float64Array, score: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= score) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sampleVariance(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return squares / (values.length - 1);
}
