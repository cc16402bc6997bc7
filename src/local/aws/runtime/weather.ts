import { type Dice, logNormal } from '../kit/dice.ts';

/**
 * How a variant does, as CloudWatch will see it: latencies are log-normal around `median` with `spread` as the standard
 * deviation of their logarithm, and `errorShare` of the requests fail in the container. Answers are not delayed.
 */
export type Weather = {
  readonly endpoint: string;
  /** Absent: every variant. */
  readonly variant?: string;
  /** Absent: every fleet; given: only the fleet of that endpoint configuration. */
  readonly configName?: string;
  readonly latencyMs?: { readonly median: number; readonly spread: number };
  readonly errorShare?: number;
};

/** Whose weather is asked for. */
export type Spot = { readonly endpoint: string; readonly variant: string; readonly configName: string };

export type WeatherBook = {
  /** The last word for the same endpoint, variant and configuration counts; the more specific word wins. */
  readonly set: (weather: Weather) => void;
  readonly at: (spot: Spot) => Required<Pick<Weather, 'latencyMs' | 'errorShare'>>;
};

/** A small model on a small instance on a fair day. */
const fair = { latencyMs: { median: 12, spread: 0.25 }, errorShare: 0 };
/** What SageMaker itself adds to each request. */
const overheadMs = { median: 3, spread: 0.3 };

export function openWeatherBook(): WeatherBook {
  let words: readonly Weather[] = [];
  return {
    set: (weather) => {
      words = [...words.filter((other) => key(other) !== key(weather)), weather];
    },
    at: (spot) => {
      const said = words.filter((word) => isFor(word, spot)).sort((a, b) => closeness(b) - closeness(a));
      return {
        latencyMs: said.find((word) => word.latencyMs)?.latencyMs ?? fair.latencyMs,
        errorShare: said.find((word) => word.errorShare !== undefined)?.errorShare ?? fair.errorShare,
      };
    },
  };
}

export function drawOverheadMs(dice: Dice): number {
  return logNormal(dice, overheadMs);
}

function isFor(word: Weather, spot: Spot): boolean {
  return (
    word.endpoint === spot.endpoint &&
    (word.variant ?? spot.variant) === spot.variant &&
    (word.configName ?? spot.configName) === spot.configName
  );
}

function closeness(word: Weather): number {
  return (word.configName === undefined ? 0 : 2) + (word.variant === undefined ? 0 : 1);
}

function key({ endpoint, variant, configName }: Weather): string {
  return JSON.stringify([endpoint, variant, configName]);
}
