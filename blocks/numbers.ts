import { withUnit } from './foreign.ts';

/** What an incident measures in. Latencies are milliseconds, rates are shares from 0 to 1. */
export type Unit = 'ms' | 'share' | 'count' | 'none';

const secondsFromMs = 10_000;

/**
 * A measured value: three significant figures, at most two decimals. Beside a limit it gets as many more as it needs to
 * stand on the true side of it, and what is not nothing is not written as 0.
 */
export function measured(value: number, limit?: number): string {
  const whole = Math.abs(value);
  return near(value, { decimals: whole >= 100 ? 0 : whole >= 10 ? 1 : 2, limit });
}

/** Milliseconds as people read them: one decimal below 10, seconds from 10,000 on; beside a limit, the limit's unit. */
export function latency(ms: number, limitMs?: number): string {
  if ((limitMs ?? ms) >= secondsFromMs) {
    const limit = limitMs === undefined ? undefined : limitMs / 1_000;
    return withUnit(measured(ms / 1_000, limit), 's');
  }
  return withUnit(near(ms, { decimals: Math.abs(ms) < 10 ? 1 : 0, limit: limitMs }), 'ms');
}

/** A share 0 to 1 in percent; 99.98 % is not 100 %. */
export function percent(share: number, limitShare?: number): string {
  return withUnit(measured(hundredfold(share), hundredfold(limitShare ?? (share < 1 ? 1 : 0))), '%');
}

/** A limit exactly as configured: no rounding, no padding. */
export function limitOf(value: number, unit: Unit): string {
  if (unit === 'share') return withUnit(exact(hundredfold(value)), '%');
  if (unit !== 'ms') return exact(value);
  return value >= secondsFromMs ? withUnit(exact(value / 1_000), 's') : withUnit(exact(value), 'ms');
}

/** A value beside its limit; it is never rounded across the limit. */
export function valueBeside(value: number, limit: number, unit: Unit): string {
  if (unit === 'ms') return latency(value, limit);
  if (unit === 'share') return percent(value, limit);
  return Number.isInteger(value) ? exact(value) : measured(value, limit);
}

/** `54,808`, and `1.24 M` from a million on. */
export function count(value: number): string {
  return Math.abs(value) < 1_000_000 ? near(value, { decimals: 0 }) : withUnit(measured(value / 1_000_000), 'M');
}

/** `×1.12` */
export function ratio(value: number, limit?: number): string {
  return `×${value < 100 ? fixed(value, 2, limit) : measured(value, limit)}`;
}

/** A difference of two shares in percentage points, always signed: `+0.98 pp`. */
export function points(share: number, limitShare?: number): string {
  const limit = limitShare === undefined ? undefined : hundredfold(limitShare);
  const text = fixed(Math.abs(hundredfold(share)), 2, limit);
  return withUnit(`${share < 0 ? '−' : '+'}${text}`, 'pp');
}

/** How far two shares lie apart, without a sign: `0.98 pp`. */
export function apart(share: number, limitShare?: number): string {
  return withUnit(measured(hundredfold(share), limitShare === undefined ? undefined : hundredfold(limitShare)), 'pp');
}

/** A limit on how far two shares may lie apart, exactly as configured. */
export function apartLimit(share: number): string {
  return withUnit(exact(hundredfold(share)), 'pp');
}

/** A score 0 to 1 and its limit: three decimals, and more for both where three would make them look equal. */
export function scores(value: number, limit: number): readonly [string, string] {
  const decimals = Math.max(enough(value, 3, limit), enough(limit, 3, value));
  return [fixed(value, decimals), fixed(limit, decimals)];
}

/** `2 incidents`, `1 approval`: the noun follows its number. */
export function plural(value: number, noun: string): string {
  return withUnit(count(value), value === 1 ? noun : `${noun}s`);
}

/** `3 × ml.m5.large` */
export function fleet(instances: number, instanceType: string): string {
  return `${count(instances)}\u00a0×\u00a0${instanceType}`;
}

/** Nothing seen among `tries`: the share that would still go unseen once in twenty times. */
export function noneOf(tries: number): string {
  return `none of ${count(tries)}, at most ${percent(1 - 0.05 ** (1 / tries))}`;
}

type Rounding = { readonly decimals: number; readonly limit?: number | undefined };

/** Rounded without trailing zeros, with more decimals where the rounded number would tell another story. */
function near(value: number, { decimals, limit = 0 }: Rounding): string {
  return grouped(Number(value.toFixed(enough(value, decimals, limit))));
}

/** Rounded with all its decimals. */
function fixed(value: number, decimals: number, limit?: number): string {
  const text = value.toFixed(limit === undefined ? decimals : enough(value, decimals, limit));
  return (/^-0\.?0*$/.test(text) ? text.slice(1) : text).replace('-', '−');
}

/** The fewest decimals, from `decimals` on, with which the value stays on its side of the limit and of nothing. */
function enough(value: number, decimals: number, limit: number): number {
  const isTrue = (places: number): boolean => {
    const rounded = Number(value.toFixed(places));
    return Math.sign(rounded - limit) === Math.sign(value - limit) && Math.sign(rounded) === Math.sign(value);
  };
  return [0, 1, 2, 3, 4].map((more) => decimals + more).find(isTrue) ?? decimals;
}

/** Without the noise of binary fractions: 0.07 × 100 is 7. */
function hundredfold(share: number): number {
  return Number((share * 100).toPrecision(12));
}

function exact(value: number): string {
  return grouped(Number(value.toPrecision(12)));
}

function grouped(value: number): string {
  const text = new Intl.NumberFormat('en', { maximumFractionDigits: 12 }).format(value);
  return text === '-0' ? '0' : text.replace('-', '−');
}
