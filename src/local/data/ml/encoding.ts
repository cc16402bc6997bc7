import type { NumberColumn, TextColumn } from '../employees/employee.ts';
import type { FeatureTable } from '../employees/feature-table.ts';

/** How rows become numbers. It is part of the artefact, so training and serving encode alike. */
export type Encoding = {
  readonly text: readonly TextEncoding[];
  readonly numbers: readonly NumberEncoding[];
};
/** One place a level, `null` being the missing one, and a last place for any level not listed. */
export type TextEncoding = { readonly column: TextColumn; readonly levels: readonly (string | null)[] };
/** Standardised; a missing number takes the mean, and a place of its own where training has seen missing ones. */
export type NumberEncoding = {
  readonly column: NumberColumn;
  readonly mean: number;
  readonly deviation: number;
  readonly marksMissing: boolean;
};

/** Rows with few values other than zero: `slots` pairs of place and value for each. The last place is the constant 1. */
export type SparseRows = {
  readonly rows: number;
  readonly width: number;
  readonly slots: number;
  readonly places: Int32Array;
  readonly values: Float64Array;
};

/** Levels seen less often than this in training count as unknown, so that the unknown place learns something. */
const fewestRows = 20;

/** Learns levels, means and deviations from training rows. */
export function learnEncoding(
  table: FeatureTable,
  columns: { readonly text: readonly TextColumn[]; readonly numbers: readonly NumberColumn[] },
): Encoding {
  return {
    text: columns.text.map((column) => ({ column, levels: commonLevels(table.text[column]) })),
    numbers: columns.numbers.map((column) => numberEncoding(column, table.numbers[column])),
  };
}

/** How many numbers a row becomes, the constant included. */
export function encodedWidth(encoding: Encoding): number {
  const text = encoding.text.reduce((sum, { levels }) => sum + levels.length + 1, 0);
  return text + encoding.numbers.reduce((sum, { marksMissing }) => sum + (marksMissing ? 2 : 1), 0) + 1;
}

/** Turns rows into sparse numbers; within a row the places rise. */
export function encode(encoding: Encoding, table: FeatureTable): SparseRows {
  const columns = [
    ...encoding.text.map((one) => encodedText(one, table)),
    ...encoding.numbers.flatMap((one) => encodedNumber(one, table)),
    { width: 1, placeOf: () => 0, valueOf: () => 1 },
  ];
  const slots = columns.length;
  const places = new Int32Array(table.rows * slots);
  const values = new Float64Array(table.rows * slots);
  let firstPlace = 0;
  for (const [slot, column] of columns.entries()) {
    for (let row = 0; row < table.rows; row += 1) {
      places[row * slots + slot] = firstPlace + column.placeOf(row);
      values[row * slots + slot] = column.valueOf(row);
    }
    firstPlace += column.width;
  }
  return { rows: table.rows, width: firstPlace, slots, places, values };
}

/** One slot of a row: which of its `width` places is taken, and by what value. */
type Slot = {
  readonly width: number;
  readonly placeOf: (row: number) => number;
  readonly valueOf: (row: number) => number;
};

function encodedText({ column, levels }: TextEncoding, table: FeatureTable): Slot {
  const cells = table.text[column];
  const placeOf = new Map(levels.map((level, place) => [level, place]));
  const unknown = levels.length;
  return { width: levels.length + 1, placeOf: (row) => placeOf.get(cells[row] ?? null) ?? unknown, valueOf: () => 1 };
}

function encodedNumber({ column, mean, deviation, marksMissing }: NumberEncoding, table: FeatureTable): Slot[] {
  const cells = table.numbers[column];
  const isMissing = (row: number): boolean => Number.isNaN(cells[row]);
  const standardised = (row: number): number => (isMissing(row) ? 0 : ((cells[row] as number) - mean) / deviation);
  const value: Slot = { width: 1, placeOf: () => 0, valueOf: standardised };
  const mark: Slot = { width: 1, placeOf: () => 0, valueOf: (row) => (isMissing(row) ? 1 : 0) };
  return marksMissing ? [value, mark] : [value];
}

function commonLevels(column: readonly (string | null)[]): readonly (string | null)[] {
  const counts = new Map<string | null, number>();
  for (const level of column) counts.set(level, (counts.get(level) ?? 0) + 1);
  const common = [...counts].filter(([, count]) => count >= fewestRows).map(([level]) => level);
  return common.sort((a, b) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1));
}

function numberEncoding(column: NumberColumn, values: Float64Array): NumberEncoding {
  const known = values.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / Math.max(1, known.length)) || 1;
  return { column, mean, deviation, marksMissing: known.length < values.length };
}
