/** The four counts of a yes-or-no model against what really happened. */
export type Confusion = {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
};

/**
 * Confusion matrix at a threshold: which rows does the model call positive, and how many of them are?
 * @param labels 1 or 0 for each row
 * @param scores one score for each label
 * @param threshold a score at or above it counts as positive
 * @returns the four counts; they sum to the number of rows
 * @throws {RangeError} when lengths differ
 * @see scikit-learn: confusion_matrix(y, s >= threshold)
 * @example confusionAt([1, 0, 1], [0.5, 0.7, 0.2], 0.5) // one true positive, one false positive, one false negative
 */
export function confusionAt(labels: ArrayLike<number>, scores: ArrayLike<number>, threshold: number): Confusion {
  if (labels.length !== scores.length) {
    throw new RangeError(`confusionAt: ${labels.length} labels and ${scores.length} scores`);
  }
  const counts: [number, number, number, number] = [0, 0, 0, 0];
  for (let row = 0; row < labels.length; row += 1) {
    const cell = (labels[row] === 1 ? 0 : 1) + ((scores[row] as number) >= threshold ? 0 : 2);
    counts[cell as 0 | 1 | 2 | 3] += 1;
  }
  return {
    truePositives: counts[0],
    falsePositives: counts[1],
    falseNegatives: counts[2],
    trueNegatives: counts[3],
  };
}

/**
 * Accuracy: what share of all rows does the model call right?
 * @returns a share in [0, 1]; null when there is no row
 * @see scikit-learn: accuracy_score
 * @example accuracy({ truePositives: 3, falsePositives: 0, falseNegatives: 8, trueNegatives: 29 }) // 0.8
 */
export function accuracy(counts: Confusion): number | null {
  return share(counts.truePositives + counts.trueNegatives, rowsOf(counts));
}

/**
 * Precision: of the rows called positive, what share is?
 * @returns a share in [0, 1]; null when no row is called positive
 * @see scikit-learn: precision_score, which answers 0 where we answer null
 * @example precision({ truePositives: 6, falsePositives: 1, falseNegatives: 5, trueNegatives: 28 }) // 0.857
 */
export function precision(counts: Confusion): number | null {
  return share(counts.truePositives, counts.truePositives + counts.falsePositives);
}

/**
 * Recall: of the rows that are positive, what share does the model find?
 * @returns a share in [0, 1]; null when no row is positive
 * @see scikit-learn: recall_score, which answers 0 where we answer null
 * @example recall({ truePositives: 6, falsePositives: 1, falseNegatives: 5, trueNegatives: 28 }) // 0.545
 */
export function recall(counts: Confusion): number | null {
  return share(counts.truePositives, counts.truePositives + counts.falseNegatives);
}

/**
 * F1 of the positive class: the harmonic mean of precision and recall.
 * @returns a share in [0, 1]; null when no row is positive and none is called so
 * @see scikit-learn: f1_score (positive class only; the weighted form hides a rare class)
 * @example f1({ truePositives: 6, falsePositives: 1, falseNegatives: 5, trueNegatives: 28 }) // 0.667
 */
export function f1(counts: Confusion): number | null {
  const found = 2 * counts.truePositives;
  return share(found, found + counts.falsePositives + counts.falseNegatives);
}

/**
 * Balanced accuracy: the mean of the shares found in each class, so that a rare class counts as much as a common one.
 * @returns a share in [0, 1]; 0.5 for a constant answer; null when a class has no row
 * @see scikit-learn: balanced_accuracy_score
 * @example balancedAccuracy({ truePositives: 3, falsePositives: 0, falseNegatives: 8, trueNegatives: 29 }) // 0.636
 */
export function balancedAccuracy(counts: Confusion): number | null {
  const found = recall(counts);
  const spared = share(counts.trueNegatives, counts.trueNegatives + counts.falsePositives);
  return found === null || spared === null ? null : (found + spared) / 2;
}

function rowsOf(counts: Confusion): number {
  return counts.truePositives + counts.falsePositives + counts.falseNegatives + counts.trueNegatives;
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
