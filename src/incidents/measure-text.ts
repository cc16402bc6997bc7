import type { Incident } from './incident.ts';

type Measure = NonNullable<Incident['measure']>;

/** A measured value as cards write it: three significant figures, at most two decimals, never rounded across its limit. */
export function measureText(value: number, { unit, limit }: Pick<Measure, 'unit' | 'limit'>): string {
  if (unit === 'share') return `${rounded(value * 100, limit * 100)}\u00a0%`;
  if (unit !== 'ms') return rounded(value, limit);
  return Math.abs(value) >= 10_000
    ? `${rounded(value / 1_000, limit / 1_000)}\u00a0s`
    : `${rounded(value, limit)}\u00a0ms`;
}

/** A limit exactly as configured. */
export function limitText({ unit, limit }: Pick<Measure, 'unit' | 'limit'>): string {
  const exact = (number: number): string => new Intl.NumberFormat('en', { maximumFractionDigits: 6 }).format(number);
  if (unit === 'share') return `${exact(limit * 100)}\u00a0%`;
  return unit === 'ms' ? `${exact(limit)}\u00a0ms` : exact(limit);
}

function rounded(value: number, limit: number): string {
  const digits = Math.max(0, Math.min(2, 2 - Math.floor(Math.log10(Math.abs(value) || 1))));
  for (const more of [digits, digits + 1, digits + 2]) {
    const near = Number(value.toFixed(more));
    if (Math.sign(near - limit) === Math.sign(value - limit)) return grouped(near, more);
  }
  return String(value);
}

function grouped(value: number, digits: number): string {
  return new Intl.NumberFormat('en', { maximumFractionDigits: digits }).format(value).replace('-', '−');
}
