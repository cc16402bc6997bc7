import { featureColumns, type NumberColumn, numberColumns, type TextColumn, textColumns } from './employee.ts';

/** The 12 feature columns of some rows. A missing text is null, a missing number NaN. */
export type FeatureTable = {
  readonly rows: number;
  readonly text: Readonly<Record<TextColumn, readonly (string | null)[]>>;
  readonly numbers: Readonly<Record<NumberColumn, Float64Array>>;
};

const blanks = new Set(['', '-', 'na', 'n/a', 'nan', 'null']);

/** True for the ways files write "no value". */
export function isBlank(cell: string): boolean {
  return blanks.has(cell.trim().toLowerCase());
}

/** The number in a cell; NaN for a blank, undefined when it is no number. */
export function numberOf(cell: string): number | undefined {
  if (isBlank(cell)) return Number.NaN;
  const value = Number(cell);
  return Number.isFinite(value) ? value : undefined;
}

/**
 * Rows of the 12 feature fields in the file's order, as an inference request carries them.
 * @throws {Error} with a sentence that names the row, when a row is short or long or a number cannot be read
 */
export function featureTable(rows: readonly (readonly string[])[]): FeatureTable {
  for (const [index, fields] of rows.entries()) refuseBadRow(fields, index + 1);
  const cells = (column: TextColumn | NumberColumn): string[] => {
    const place = featureColumns.indexOf(column);
    return rows.map((fields) => fields[place] ?? '');
  };
  const texts = textColumns.map((name) => [name, cells(name).map((cell) => (isBlank(cell) ? null : cell.trim()))]);
  const numbers = numberColumns.map((name) => [
    name,
    Float64Array.from(cells(name), (cell) => numberOf(cell) ?? Number.NaN),
  ]);
  return {
    rows: rows.length,
    text: Object.fromEntries(texts) as FeatureTable['text'],
    numbers: Object.fromEntries(numbers) as FeatureTable['numbers'],
  };
}

function refuseBadRow(fields: readonly string[], row: number): void {
  if (fields.length !== featureColumns.length) {
    throw new Error(`Row ${row} has ${fields.length} fields; the model takes ${featureColumns.length}.`);
  }
  for (const [place, column] of featureColumns.entries()) {
    const cell = fields[place] ?? '';
    const isNumeric = (numberColumns as readonly string[]).includes(column);
    if (isNumeric && numberOf(cell) === undefined) {
      throw new Error(`Row ${row}: ${column} is "${cell.slice(0, 40)}", which is not a number.`);
    }
  }
}
