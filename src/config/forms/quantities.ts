import { parseDurationMs } from '../../kernel/time.ts';
import { numberForm, textForm } from './form.ts';

/** `1%` to 0.01; undefined when the text is no percentage. Read as a decimal, so that 1.1% is exactly 0.011. */
export function parseShare(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)%$/.exec(text.trim());
  return match ? Number(`${match[1]}e-2`) : undefined;
}

type Bounds = { readonly from: string; readonly to: string; readonly example: string };

/** A share of a whole, written as a percentage, read as 0 to 1. */
export function share({ from, to, example }: Bounds) {
  const least = parseShare(from) ?? 0;
  const most = parseShare(to) ?? 1;
  return textForm({ words: `a percentage from ${from} to ${to}`, example }, (text) => {
    const value = parseShare(text);
    return value !== undefined && value >= least && value <= most ? value : undefined;
  });
}

/** A span of time, written with its unit (ms, s, m, h, d), read as milliseconds. */
export function duration({ from, to, example }: Bounds) {
  const leastMs = parseDurationMs(from) ?? 0;
  const mostMs = parseDurationMs(to) ?? Number.POSITIVE_INFINITY;
  return textForm({ words: `a duration from ${from} to ${to}`, example }, (text) => {
    const ms = parseDurationMs(text);
    return ms !== undefined && ms >= leastMs && ms <= mostMs ? Math.round(ms) : undefined;
  });
}

/** A whole number between two bounds. */
export function wholeNumber({ from, to, example }: { from: number; to: number; example: number }) {
  const form = { words: `a whole number from ${from} to ${to}`, example: String(example) };
  return numberForm(form, (value) => Number.isInteger(value) && value >= from && value <= to);
}

/** A number from 0 to 1. */
export function fraction(example: string) {
  return numberForm({ words: 'a number from 0 to 1', example }, (value) => value >= 0 && value <= 1);
}

/** A number above 0. */
export function positiveNumber(example: string) {
  return numberForm({ words: 'a number above 0', example }, (value) => value > 0);
}

/** A number of 0 or more. */
export function distance(example: string) {
  return numberForm({ words: 'a number of 0 or more', example }, (value) => value >= 0);
}
