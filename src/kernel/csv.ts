import { Fault } from './fault.ts';

/** A table as text: the first line's names, then one list of fields for each line below it. */
export type CsvTable = { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };

const comma = 44;
const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;

/**
 * Reads a CSV text with a header line after RFC 4180: fields may be quoted, a quote inside is doubled,
 * a quoted field may hold commas and line breaks. Lines end with CRLF or LF, the last end is optional, a byte order
 * mark in front is dropped. Empty lines are skipped, since spreadsheets leave them at the end.
 * @throws {Fault} `csv-unreadable`, with the line, when a quote stays open, when text follows a closing quote, when a
 * line has another number of fields than the header, or when there is no header
 */
export function readCsv(text: string): CsvTable {
  const lines = csvLines(text);
  const header = lines[0]?.fields;
  if (!header) throw new Fault('csv-unreadable', 'The file is empty; a first line with column names is needed.');
  const rows: (readonly string[])[] = [];
  for (let i = 1; i < lines.length; i += 1) {
    const { fields, line } = lines[i] as CsvLine;
    if (fields.length !== header.length) throw raggedLine(line, fields.length, header.length);
    rows.push(fields);
  }
  return { header, rows };
}

/** The field lists of every line that is not empty, header or not, with the line each one starts on (from 1). */
export type CsvLine = { readonly fields: readonly string[]; readonly line: number };

/** Reads CSV text that may have no header, for instance the body of one inference request. */
export function csvLines(text: string): readonly CsvLine[] {
  const lines: CsvLine[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const startedOn = line;
    const fields: string[] = [];
    let more = true;
    while (more) {
      const field = text.charCodeAt(at) === quote ? quotedField(text, at, line) : plainField(text, at);
      fields.push(field.value);
      line += field.lineBreaks;
      more = text.charCodeAt(field.end) === comma;
      at = more ? field.end + 1 : field.end;
    }
    at = afterLineEnd(text, at);
    line += 1;
    if (fields.length > 1 || fields[0] !== '') lines.push({ fields, line: startedOn });
  }
  return lines;
}

/** One CSV field, quoted only where RFC 4180 asks for it. */
export function csvField(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

type Field = { readonly value: string; readonly end: number; readonly lineBreaks: number };

function plainField(text: string, from: number): Field {
  let end = from;
  while (end < text.length && !endsField(text, end)) end += 1;
  return { value: text.slice(from, end), end, lineBreaks: 0 };
}

function quotedField(text: string, from: number, line: number): Field {
  let close = text.indexOf('"', from + 1);
  while (close !== -1 && text.charCodeAt(close + 1) === quote) close = text.indexOf('"', close + 2);
  if (close === -1) throw new Fault('csv-unreadable', `Line ${line}: a quote is opened and never closed.`);
  const end = close + 1;
  if (end < text.length && !endsField(text, end)) {
    throw new Fault('csv-unreadable', `Line ${line}: text follows a closing quote.`);
  }
  const value = text.slice(from + 1, close).replaceAll('""', '"');
  return { value, end, lineBreaks: value.split('\n').length - 1 };
}

/** A lone carriage return inside a plain field is text, as RFC 4180 knows only CRLF. */
function endsField(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === comma || code === lineFeed) return true;
  return code === carriageReturn && (at + 1 === text.length || text.charCodeAt(at + 1) === lineFeed);
}

function afterLineEnd(text: string, at: number): number {
  const afterReturn = text.charCodeAt(at) === carriageReturn ? at + 1 : at;
  return text.charCodeAt(afterReturn) === lineFeed ? afterReturn + 1 : afterReturn;
}

function raggedLine(line: number, found: number, needed: number): Fault {
  return new Fault('csv-unreadable', `Line ${line} has ${found} fields, the header has ${needed}.`);
}
