import { describe, expect, it } from 'vitest';
import { employeesCsv } from '../../src/local/data/employees/employee.ts';
import { makeEmployees } from '../../src/local/data/employees/make-employees.ts';
import { readEmployees } from '../../src/local/data/employees/read-employees.ts';
import { readShape } from '../../src/local/data/employees/shape.ts';

const made = makeEmployees({ seed: 'reading', count: 300, shape: readShape() });
const text = employeesCsv(made);

/** The file with some columns taken away. */
function without(...columns: string[]): string {
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const kept = lines[0]?.map((name) => !columns.includes(name)) ?? [];
  return lines.map((fields) => fields.filter((_, place) => kept[place]).join(',')).join('\n');
}

/** One row of the file with some of its fields written otherwise. */
function rowWith(changes: Record<string, string>): string {
  const header = text.split('\n')[0]?.split(',') ?? [];
  const fields = ['1', 'HR', 'region_2', '', 'f', 'other', '1', '33', '3', '4', '0', '1', '50', '1'];
  return `${header.join(',')}\n${header.map((name, place) => changes[name] ?? fields[place]).join(',')}\n`;
}

describe('reading the promotion file', () => {
  it('gives back what was written', () => {
    const table = readEmployees(text);
    expect(table.rows).toBe(300);
    expect(table.notes).toEqual([]);
    expect(table.ids).toEqual(made.map((one) => String(one.id)));
    expect(table.text.education).toEqual(made.map((one) => one.education));
    expect([...table.numbers.previous_year_rating]).toEqual(made.map((one) => one.previousYearRating ?? Number.NaN));
    expect([...table.numbers['awards_won?']]).toEqual(made.map((one) => (one.wonAward ? 1 : 0)));
    expect([...table.promoted]).toEqual(made.map((one) => (one.promoted ? 1 : 0)));
  });

  it('does not mind the order of columns, nor one more', () => {
    const table = readEmployees(
      text
        .trimEnd()
        .split('\n')
        .map((line, row) => `${row === 0 ? 'shoe_size' : '42'},${line}`)
        .join('\n'),
    );
    expect(table.rows).toBe(300);
  });
});

describe('a file that lacks columns', () => {
  it('is refused with every missing column and those it has', () => {
    expect(() => readEmployees(without('region', 'age'))).toThrow(
      'The file lacks 2 columns: region, age. It has 12: employee_id, department, education, gender,',
    );
  });

  it('says one column when it is one', () => {
    expect(() => readEmployees(without('is_promoted'))).toThrow('The file lacks 1 column: is_promoted. It has 13:');
  });

  it('may lack the ids: rows are numbered and that is noted', () => {
    const table = readEmployees(without('employee_id'));
    expect(table.ids.slice(0, 2)).toEqual(['1', '2']);
    expect(table.notes).toEqual([{ column: 'employee_id', what: 'no such column; rows are numbered', rows: 300 }]);
  });
});

describe('a dirty copy of the file', () => {
  it('may say YES and NO', () => {
    expect([...readEmployees(rowWith({ is_promoted: 'YES' })).promoted]).toEqual([1]);
    expect([...readEmployees(rowWith({ is_promoted: 'No' })).promoted]).toEqual([0]);
  });

  it('may write a dash for a department and a zero for an age; both are missing and noted', () => {
    const table = readEmployees(rowWith({ department: '-', age: '0' }));
    expect(table.text.department).toEqual([null]);
    expect(table.numbers.age[0]).toBeNaN();
    expect(table.notes).toEqual([
      { column: 'department', what: '"-" read as missing', rows: 1 },
      { column: 'age', what: '0 read as missing', rows: 1 },
    ]);
  });

  it('may not say something else', () => {
    expect(() => readEmployees(rowWith({ is_promoted: 'maybe' }))).toThrow('Row 1: is_promoted is "maybe"');
    expect(() => readEmployees(rowWith({ age: 'old' }))).toThrow('Row 1: age is "old", which is not a number.');
  });
});
