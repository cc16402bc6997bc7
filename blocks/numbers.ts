import { withUnit } from './foreign.ts';

/** A measured number: three significant figures, at most two decimals. */
export function measured(value: number): string {
  const whole = Math.abs(value);
  const decimals = whole >= 100 ? 0 : whole >= 10 ? 1 : 2;
  return signed(trimmed(value.toFixed(decimals)));
}

/** Milliseconds as people read them: one decimal below 10, seconds from 10,000 on. */
export function latency(ms: number): string {
  if (ms >= 10_000) return withUnit(trimmed((ms / 1_000).toFixed(1)), 's');
  return withUnit(ms < 10 ? trimmed(ms.toFixed(1)) : count(Math.round(ms)), 'ms');
}

/** A share 0 to 1 in percent. */
export function percent(share: number): string {
  return withUnit(measured(share * 100), '%');
}

/** A limit exactly as configured: no rounding, no padding. */
export function limitOf(value: number, unit: 'ms' | 'share' | 'count' | 'none'): string {
  if (unit === 'ms') return withUnit(plain(value), 'ms');
  if (unit === 'share') return withUnit(plain(value * 100), '%');
  return plain(value);
}

/** A value beside its limit; it is never rounded across the limit. */
export function valueBeside(value: number, limit: number, unit: 'ms' | 'share' | 'count' | 'none'): string {
  const short = valueText(value, unit);
  const crossed = value !== limit && short === valueText(limit, unit);
  return crossed ? limitOf(Number(value.toFixed(6)), unit) : short;
}

export function valueText(value: number, unit: 'ms' | 'share' | 'count' | 'none'): string {
  if (unit === 'ms') return latency(value);
  if (unit === 'share') return percent(value);
  return Number.isInteger(value) ? count(value) : measured(value);
}

export function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 0 });
}

/** `×1.12` */
export function ratio(value: number): string {
  return `×${value.toFixed(2)}`;
}

/** Scores 0 to 1: three decimals. */
export function score(value: number): string {
  return value.toFixed(3);
}

/** `2 of 3 minutes`, `1 approval`: the noun follows its number. */
export function plural(value: number, noun: string): string {
  return withUnit(count(value), value === 1 ? noun : `${noun}s`);
}

function plain(value: number): string {
  return signed(Number(value.toPrecision(12)).toString());
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function signed(text: string): string {
  return text.replace('-', '−');
}
