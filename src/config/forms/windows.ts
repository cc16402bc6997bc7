import { textForm } from './form.ts';
import { isTimeZone } from './time-zone.ts';

/** Hours of some weekdays. Days count from Monday = 1 to Sunday = 7, minutes from local midnight; `toMinute` is excluded. */
export type WindowSpan = {
  readonly days: readonly number[];
  readonly fromMinute: number;
  readonly toMinute: number;
};
/** When changes are allowed: inside any of the spans, on the clocks of the zone. */
export type Windows = { readonly timezone: string; readonly spans: readonly WindowSpan[] };

const dayNames = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];

/** `Mo-Th 09:00-17:00; Fr 09:00-12:00 Europe/Berlin`; undefined when the text has another form. */
export function parseWindows(text: string): Windows | undefined {
  const match = /^(.+) (\S+)$/.exec(text.trim());
  const timezone = match?.[2];
  if (!match?.[1] || timezone === undefined || !isTimeZone(timezone)) return undefined;
  const spans: WindowSpan[] = [];
  for (const part of match[1].split(';')) {
    const span = parseSpan(part.trim());
    if (!span) return undefined;
    spans.push(span);
  }
  return { timezone, spans };
}

function parseSpan(text: string): WindowSpan | undefined {
  const match = /^(\S+) (\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(text);
  if (!match) return undefined;
  const days = parseDays(match[1] ?? '');
  const fromMinute = minuteOfDay(match[2], match[3]);
  const toMinute = minuteOfDay(match[4], match[5]);
  if (!days || fromMinute === undefined || toMinute === undefined || fromMinute >= toMinute) return undefined;
  return { days, fromMinute, toMinute };
}

/** 24:00 is the end of the day. */
function minuteOfDay(hours: string | undefined, minutes: string | undefined): number | undefined {
  const minute = Number(hours) * 60 + Number(minutes);
  return Number(minutes) < 60 && minute <= 24 * 60 ? minute : undefined;
}

/** `Mo-Fr`, `Mo,We`, `Sa-Mo` (over the week's end). */
function parseDays(text: string): number[] | undefined {
  const days = new Set<number>();
  for (const part of text.split(',')) {
    const [first = '', last = first, ...more] = part.split('-');
    const from = dayNames.indexOf(first);
    const to = dayNames.indexOf(last);
    if (from < 0 || to < 0 || more.length > 0) return undefined;
    for (let step = 0; step <= (to - from + 7) % 7; step += 1) days.add(((from + step) % 7) + 1);
  }
  return [...days].sort((a, b) => a - b);
}

export function windows() {
  const form = { words: 'weekdays, hours and a time zone', example: '"Mo-Fr 09:00-17:00 Europe/Berlin"' };
  return textForm(form, parseWindows);
}
