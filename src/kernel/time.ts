declare const epochMs: unique symbol;
/** An instant in milliseconds since 1970-01-01 UTC. */
export type EpochMs = number & { readonly [epochMs]: true };

/** A source of instants. `wall` is real time; `domain` is what operators mean (alarm periods, bakes, expiries). */
export type Now = () => EpochMs;
export type Clocks = { readonly wall: Now; readonly domain: Now };

export function instant(ms: number): EpochMs {
  return Math.round(ms) as EpochMs;
}

/** The only place that parses dates. Accepts ISO 8601 and CloudWatch's `+0000` zone. */
export function parseInstant(text: string): EpochMs | undefined {
  const ms = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(ms) ? undefined : instant(ms);
}

export function plus(at: EpochMs, ms: number): EpochMs {
  return instant(at + ms);
}

/** `2026-11-23T08:12:00.000Z` */
export function isoInstant(at: EpochMs): string {
  return new Date(at).toISOString();
}

/** The real clock. The only reader of the machine's time in product code. */
export function wallNow(): EpochMs {
  return Date.now() as EpochMs;
}

const unitsMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `250ms`, `90s`, `10m`, `8h`, `7d` to milliseconds; undefined when the text is no duration. */
export function parseDurationMs(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text.trim());
  if (!match) return undefined;
  return Number(match[1]) * unitsMs[match[2] as keyof typeof unitsMs];
}

/** A finished span in at most two units, joined by no-break spaces: `29 min`, `1 h 12 min`, `3 d 4 h`. */
export function spanText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds}\u00a0s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes}\u00a0min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return twoUnits([hours, 'h'], [minutes % 60, 'min']);
  return twoUnits([Math.floor(hours / 24), 'd'], [hours % 24, 'h']);
}

function twoUnits(big: [number, string], small: [number, string]): string {
  const first = `${big[0]}\u00a0${big[1]}`;
  return small[0] === 0 ? first : `${first} ${small[0]}\u00a0${small[1]}`;
}
