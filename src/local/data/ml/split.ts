import { randomFrom, shuffle } from '../../../kernel/random.ts';
import type { FeatureTable } from '../employees/feature-table.ts';

/** Row numbers of the two parts, each in rising order. */
export type Split = { readonly train: readonly number[]; readonly heldOut: readonly number[] };

/** Splits rows so that both parts hold the same share of positives; the seed decides which rows go where. */
export function stratifiedSplit(labels: ArrayLike<number>, trainShare: number, seed: number): Split {
  const random = randomFrom(`split/${seed}`);
  const train: number[] = [];
  const heldOut: number[] = [];
  for (const label of [0, 1]) {
    const rows: number[] = [];
    for (let row = 0; row < labels.length; row += 1) if (labels[row] === label) rows.push(row);
    shuffle(rows, random);
    const cut = Math.round(rows.length * trainShare);
    train.push(...rows.slice(0, cut));
    heldOut.push(...rows.slice(cut));
  }
  const rising = (a: number, b: number): number => a - b;
  return { train: train.sort(rising), heldOut: heldOut.sort(rising) };
}

/** The rows of a table with the given numbers. */
export function takeRows(table: FeatureTable, rows: readonly number[]): FeatureTable {
  const text = Object.entries(table.text).map(([name, column]) => [name, rows.map((row) => column[row] ?? null)]);
  const numbers = Object.entries(table.numbers).map(([name, column]) => [
    name,
    Float64Array.from(rows, (row) => column[row] ?? Number.NaN),
  ]);
  return {
    rows: rows.length,
    text: Object.fromEntries(text) as FeatureTable['text'],
    numbers: Object.fromEntries(numbers) as FeatureTable['numbers'],
  };
}
