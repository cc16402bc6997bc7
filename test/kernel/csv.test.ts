import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvField, csvLines, readCsv } from '../../src/kernel/csv.ts';

describe('a CSV file after RFC 4180', () => {
  it('has a header and rows', () => {
    expect(readCsv('a,b\n1,2\n3,\n')).toEqual({
      header: ['a', 'b'],
      rows: [
        ['1', '2'],
        ['3', ''],
      ],
    });
  });

  it('may come from Windows, with a byte order mark and CRLF', () => {
    expect(readCsv('\uFEFFa,b\r\n1,2\r\n')).toEqual({ header: ['a', 'b'], rows: [['1', '2']] });
  });

  it('may hold commas, line breaks and doubled quotes inside quotes', () => {
    expect(readCsv('a,b\n"Sales, Marketing","said ""no""\r\nthen left"').rows).toEqual([
      ['Sales, Marketing', 'said "no"\r\nthen left'],
    ]);
  });

  it('may end without a line break, or with empty lines', () => {
    expect(readCsv('a\n1').rows).toEqual([['1']]);
    expect(readCsv('a\n1\n\n\r\n').rows).toEqual([['1']]);
  });

  it('keeps an empty last field', () => {
    expect(readCsv('a,b,c\n1,,').rows).toEqual([['1', '', '']]);
  });

  it('gives back whatever was written into it', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', ',', '"', '\r\n', '\n', ' '), maxLength: 6 });
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(table, (rows) => {
        const text = rows.map((row) => row.map(csvField).join(',')).join('\r\n');
        expect(csvLines(text).map((line) => line.fields)).toEqual(rows);
      }),
    );
  });
});

describe('a CSV file that cannot be read says which line is wrong', () => {
  it('when a quote stays open', () => {
    expect(() => readCsv('a,b\n1,2\n"3,4\n')).toThrow('Line 3: a quote is opened and never closed.');
  });

  it('when text follows a quote', () => {
    expect(() => readCsv('a\n"1"2\n')).toThrow('Line 2: text follows a closing quote.');
  });

  it('when a line is short, counting line breaks inside quotes', () => {
    expect(() => readCsv('a,b\n"1\n2",3\n4\n')).toThrow('Line 4 has 1 fields, the header has 2.');
  });

  it('when there is nothing', () => {
    expect(() => readCsv('')).toThrow('The file is empty');
  });
});
