/** How many rows of a group there are, and how many of them the model decides in favour of. */
export type SelectedOf = { readonly n: number; readonly selected: number };

/**
 * Difference in positive proportions in predicted labels: does the model favour one group?
 * @param advantaged the group thought to be favoured (n at least 1)
 * @param disadvantaged the other group, or all others together (n at least 1)
 * @returns a number in [-1, 1]; 0 is equal shares, above 0 favours the advantaged group
 * @throws {RangeError} when a group is empty or holds more selected rows than rows
 * @see Amazon SageMaker Clarify, post-training bias metrics: DPPL
 * @example dppl({ n: 100, selected: 75 }, { n: 50, selected: 25 }) // 0.25, as smclarify: DPPL
 */
export function dppl(advantaged: SelectedOf, disadvantaged: SelectedOf): number {
  return selectedShare(advantaged) - selectedShare(disadvantaged);
}

function selectedShare({ n, selected }: SelectedOf): number {
  if (!(n >= 1 && selected >= 0 && selected <= n)) throw new RangeError(`dppl: ${selected} selected of ${n} rows`);
  return selected / n;
}
