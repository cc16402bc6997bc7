import { textForm } from './form.ts';

/** True for the zone names of the tz database, such as Europe/Berlin, and for UTC. Offsets are not names. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

export function timeZone() {
  return textForm({ words: 'the name of a time zone', example: 'Europe/Berlin' }, (text) =>
    isTimeZone(text) ? text : undefined,
  );
}
