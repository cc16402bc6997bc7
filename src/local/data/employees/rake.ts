/** What share of the rows of each level shall be drawn; `undefined` leaves a level as it falls. */
export type Margin = { readonly codes: ArrayLike<number>; readonly shares: readonly (number | undefined)[] };

const sweeps = 15;
/** A single correction stays within this factor, so that a margin that cannot be met does not run away. */
const largestStep = 8;

/**
 * Chances for each row that meet several margins at once: iterative proportional fitting on the odds
 * (Deming and Stephan, 1940, on the logit scale). Rows whose start chance is 0 or 1 keep it.
 * @param start a first chance for each row, in [0, 1]
 * @param margins wanted shares, level by level
 * @returns chances whose means by level are the wanted shares, as nearly as the fixed rows allow
 */
export function rake(start: Float64Array, margins: readonly Margin[]): Float64Array {
  const odds = start.map((chance) => chance / (1 - chance));
  for (let sweep = 0; sweep < sweeps; sweep += 1) for (const margin of margins) meet(odds, margin);
  return odds.map((value) => (value === Number.POSITIVE_INFINITY ? 1 : value / (1 + value)));
}

/** Every row of a level gets the same factor on its odds. */
function meet(odds: Float64Array, { codes, shares }: Margin): void {
  const rows = new Float64Array(shares.length);
  const free = new Float64Array(shares.length);
  const expected = new Float64Array(shares.length);
  const certain = new Float64Array(shares.length);
  for (let row = 0; row < odds.length; row += 1) {
    const code = codes[row] as number;
    const value = odds[row] as number;
    rows[code] = (rows[code] as number) + 1;
    if (value === Number.POSITIVE_INFINITY) certain[code] = (certain[code] as number) + 1;
    else if (value > 0) {
      free[code] = (free[code] as number) + 1;
      expected[code] = (expected[code] as number) + value / (1 + value);
    }
  }
  const factors = shares.map((share, code) => {
    if (share === undefined || !free[code]) return 1;
    const wanted = share * (rows[code] as number) - (certain[code] as number);
    return oddsFactor(wanted, expected[code] as number, free[code]);
  });
  for (let row = 0; row < odds.length; row += 1)
    odds[row] = (odds[row] as number) * (factors[codes[row] as number] ?? 1);
}

function oddsFactor(wanted: number, expected: number, free: number): number {
  const least = Math.min(0.01, free / 4);
  const goal = Math.min(free - least, Math.max(least, wanted));
  const factor = (goal * (free - expected)) / ((free - goal) * expected);
  return Math.min(largestStep, Math.max(1 / largestStep, factor));
}
