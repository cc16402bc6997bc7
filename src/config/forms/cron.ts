import { textForm } from './form.ts';

type Field = { readonly from: number; readonly to: number; readonly names?: readonly string[] };

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Minute, hour, day of month, month, day of week. No field of seconds: the heartbeat asks once a minute. */
const fields: readonly Field[] = [
  { from: 0, to: 59 },
  { from: 0, to: 23 },
  { from: 1, to: 31 },
  { from: 1, to: 12, names: months },
  { from: 0, to: 7, names: weekdays },
];

/** True for five fields of numbers, names, ranges, steps and lists. */
export function isCronExpression(text: string): boolean {
  const parts = text.trim().split(/\s+/);
  return parts.length === fields.length && fields.every((field, place) => isCronField(parts[place] ?? '', field));
}

function isCronField(text: string, field: Field): boolean {
  return text.split(',').every((part) => {
    const match = /^(\*|[a-z0-9]+(?:-[a-z0-9]+)?)(?:\/(\d+))?$/i.exec(part);
    if (!match?.[1] || (match[2] !== undefined && Number(match[2]) < 1)) return false;
    return match[1] === '*' || isCronRange(match[1], field);
  });
}

function isCronRange(text: string, field: Field): boolean {
  const ends = text.split('-').map((end) => cronNumber(end, field));
  const [first, last = first] = ends;
  return first !== undefined && last !== undefined && first <= last && ends.every((end) => end !== undefined);
}

function cronNumber(text: string, { from, to, names }: Field): number | undefined {
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return from === 0 ? named : named + from;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return value >= from && value <= to ? value : undefined;
}

export function cron() {
  const form = { words: 'a cron expression of five fields, in quotes', example: '"0 9 * * 1-5"' };
  return textForm(form, (text) => (isCronExpression(text) ? text.trim() : undefined));
}
