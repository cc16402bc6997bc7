import { readCsv } from '../../../kernel/csv.ts';
import { Fault } from '../../../kernel/fault.ts';
import { employeeColumns, idColumn, numberColumns, type TextColumn, targetColumn, textColumns } from './employee.ts';
import { type FeatureTable, isBlank, numberOf } from './feature-table.ts';

/** Something the reader put right, so that nobody is surprised: which column, what, in how many rows. */
export type ReadingNote = { readonly column: string; readonly what: string; readonly rows: number };

/** A promotion file with typed columns. */
export type EmployeeTable = FeatureTable & {
  readonly ids: readonly string[];
  /** 1 where promoted, else 0. */
  readonly promoted: Uint8Array;
  readonly notes: readonly ReadingNote[];
};

/** Columns in which nobody can have a zero; some copies of the file write one for a blank. */
const neverZero = new Set<string>(numberColumns.filter((name) => name !== 'KPIs_met >80%' && name !== 'awards_won?'));
const targets: Readonly<Record<string, 0 | 1>> = { '0': 0, '1': 1, no: 0, yes: 1, false: 0, true: 1 };

/**
 * Reads a promotion file: the public one, ours, or one of the copies with YES and NO, dashes, zeros for blanks, and no ids.
 * @throws {Fault} `employees-unreadable` when columns are missing (all of them named), or a value cannot be read
 */
export function readEmployees(text: string): EmployeeTable {
  const { header, rows } = readCsv(text);
  refuseMissingColumns(header);
  const notes = new Map<string, ReadingNote>();
  const note = (column: string, what: string): void => {
    const key = `${column}: ${what}`;
    notes.set(key, { column, what, rows: (notes.get(key)?.rows ?? 0) + 1 });
  };
  const cells = (column: string): string[] => {
    const place = header.indexOf(column);
    return rows.map((fields) => (fields[place] ?? '').trim());
  };
  const texts = textColumns.map((column) => [column, cells(column).map((cell) => textOf(cell, column, note))] as const);
  const numbers = numberColumns.map((column) => {
    const values = cells(column).map((cell, row) => readNumber({ cell, column, row, note }));
    return [column, Float64Array.from(values)] as const;
  });
  return {
    rows: rows.length,
    text: Object.fromEntries(texts) as Record<TextColumn, (string | null)[]>,
    numbers: Object.fromEntries(numbers) as FeatureTable['numbers'],
    ids: header.includes(idColumn) ? cells(idColumn) : rows.map((_, row) => noIdNoted(row, note)),
    promoted: Uint8Array.from(cells(targetColumn), targetOf),
    notes: [...notes.values()],
  };
}

type TakeNote = (column: string, what: string) => void;

function refuseMissingColumns(header: readonly string[]): void {
  const missing = employeeColumns.filter((column) => column !== idColumn && !header.includes(column));
  if (missing.length === 0) return;
  const count = missing.length === 1 ? '1 column' : `${missing.length} columns`;
  const found = `It has ${header.length}: ${header.join(', ')}.`;
  throw new Fault('employees-unreadable', `The file lacks ${count}: ${missing.join(', ')}. ${found}`);
}

function textOf(cell: string, column: string, note: TakeNote): string | null {
  if (cell === '') return null;
  if (!isBlank(cell)) return cell;
  note(column, `"${cell}" read as missing`);
  return null;
}

function readNumber(given: { cell: string; column: string; row: number; note: TakeNote }): number {
  const { cell, column, row, note } = given;
  const value = numberOf(cell);
  if (value === undefined) {
    throw new Fault('employees-unreadable', `Row ${row + 1}: ${column} is "${cell}", which is not a number.`);
  }
  if (value !== 0 || !neverZero.has(column)) return value;
  note(column, '0 read as missing');
  return Number.NaN;
}

function noIdNoted(row: number, note: TakeNote): string {
  note(idColumn, 'no such column; rows are numbered');
  return String(row + 1);
}

function targetOf(cell: string, row: number): number {
  const value = targets[cell.toLowerCase()];
  if (value === undefined) {
    throw new Fault('employees-unreadable', `Row ${row + 1}: ${targetColumn} is "${cell}"; 0, 1, YES or NO is needed.`);
  }
  return value;
}
