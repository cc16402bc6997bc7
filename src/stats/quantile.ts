/**
 * Quantile by type 7 (linear between order statistics): below which value does a given share of the rows lie?
 * @param values any finite numbers, in any order, at least one; they are not changed
 * @param share from 0 (the least value) to 1 (the greatest)
 * @returns a number between the least and the greatest value
 * @throws {RangeError} when there is no value or the share is outside [0, 1]
 * @see Hyndman and Fan (1996), The American Statistician 50: 361-365, definition 7
 * @example quantile([1, 2, 3, 4], 0.5) // 2.5, as numpy.quantile and R's quantile
 */
export function quantile(values: ArrayLike<number>, share: number): number {
  return quantileOfSorted(Float64Array.from(values).sort(), share);
}

/** As `quantile`, for values already in rising order, when several quantiles of one column are wanted. */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) throw new RangeError('quantile: at least one value is needed');
  if (!(share >= 0 && share <= 1)) throw new RangeError(`quantile: the share ${share} is outside 0 to 1`);
  const place = share * (sorted.length - 1);
  const low = Math.floor(place);
  const from = sorted[low] as number;
  const to = sorted[Math.min(low + 1, sorted.length - 1)] as number;
  return from + (place - low) * (to - from);
}
