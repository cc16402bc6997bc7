import { type Random, shuffle } from '../../../kernel/random.ts';

/**
 * A column of named levels, one code for each row.
 * All drawing here uses only + - * / and square roots, which IEEE 754 fixes to the last bit: the same seed gives the
 * same bytes on every machine.
 */
export type Levels = { readonly names: readonly string[]; readonly codes: Uint8Array };

/** Splits `total` into whole numbers in proportion to `weights` (largest remainders get the rest). */
export function apportion(weights: readonly number[], total: number): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => (sum === 0 ? 0 : (weight / sum) * total));
  const parts = exact.map(Math.floor);
  const left = sum === 0 ? 0 : total - parts.reduce((a, b) => a + b, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}

/** One value for each of `count` rows, in random order, with counts as close to `weights` as whole numbers allow. */
export function drawCounts(weights: Readonly<Record<string, number>>, count: number, random: Random): string[] {
  const names = Object.keys(weights);
  const parts = apportion(Object.values(weights), count);
  return shuffle(
    names.flatMap((name, index) => new Array<string>(parts[index] ?? 0).fill(name)),
    random,
  );
}

/** As `drawCounts`, as a column of levels. */
export function drawLevels(weights: Readonly<Record<string, number>>, count: number, random: Random): Levels {
  const names = Object.keys(weights);
  const codeOf = new Map(names.map((name, code) => [name, code]));
  return { names, codes: Uint8Array.from(drawCounts(weights, count, random), (name) => codeOf.get(name) ?? 0) };
}

/** Draws a column whose shares differ from group to group. */
export function drawLevelsWithin(
  group: Levels,
  shares: Readonly<Record<string, Readonly<Record<string, number>>>>,
  random: Random,
): Levels {
  const names = Object.keys(Object.values(shares)[0] ?? {});
  const codes = new Uint8Array(group.codes.length);
  for (const [groupCode, groupName] of group.names.entries()) {
    const rows = rowsWhere(group.codes, (code) => code === groupCode);
    const drawn = drawLevels(shares[groupName] ?? {}, rows.length, random);
    for (const [i, row] of rows.entries()) codes[row] = names.indexOf(drawn.names[drawn.codes[i] ?? 0] ?? '');
  }
  return { names, codes };
}

/**
 * Systematic sampling: row i is drawn with probability `chances[i]`, and the number of drawn rows is fixed, the sum of
 * the chances rounded. Rows have to be in random order already.
 * @see Madow (1949), Annals of Mathematical Statistics 20: 333-354
 */
export function drawExactly(chances: Float64Array, random: Random): Uint8Array {
  let sum = 0;
  for (const chance of chances) sum += chance;
  const scale = sum === 0 ? 0 : Math.round(sum) / sum;
  const drawn = new Uint8Array(chances.length);
  const start = random.unit();
  let passed = 0;
  for (let row = 0; row < chances.length; row += 1) {
    const before = Math.ceil(passed - start);
    passed += (chances[row] as number) * scale;
    drawn[row] = Math.ceil(passed - start) > before ? 1 : 0;
  }
  return drawn;
}

/** Nearly normal, mean 0, standard deviation 1, never beyond 6: twelve uniform numbers less six. */
export function roughNormal(random: Random): number {
  let sum = -6;
  for (let i = 0; i < 12; i += 1) sum += random.unit();
  return sum;
}

/** Gives the smallest of `values` to the row with the smallest `rank`, and so on: exact counts in a wanted order. */
export function dealByRank(ranks: Float64Array, values: readonly number[]): Uint8Array {
  const order = Uint32Array.from(ranks, (_, row) => row);
  order.sort((a, b) => (ranks[a] as number) - (ranks[b] as number) || a - b);
  const sorted = [...values].sort((a, b) => a - b);
  const dealt = new Uint8Array(ranks.length);
  for (const [place, row] of order.entries()) dealt[row] = sorted[place] ?? 0;
  return dealt;
}

/** The rows whose code passes. */
export function rowsWhere(codes: ArrayLike<number>, passes: (code: number, row: number) => boolean): number[] {
  const rows: number[] = [];
  for (let row = 0; row < codes.length; row += 1) if (passes(codes[row] as number, row)) rows.push(row);
  return rows;
}
