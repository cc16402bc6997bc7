import type { Now } from '../../../kernel/time.ts';
import type { Tier } from './method.ts';

/** A channel takes this many posts at once before the pace of one in each interval begins. Slack allows "short bursts" and names no number. */
export const postBurst = 4;

/** Calls a minute that Slack grants at least, by tier. */
const perMinute: Readonly<Record<'1' | '2' | '3' | '4', number>> = { '1': 1, '2': 20, '3': 50, '4': 100 };

type Bucket = { level: number; at: number };

/** How often Slack lets the app call. `wait` is 0 when the call may go, else the milliseconds until the next one may. */
export type Pacing = { readonly wait: (call: { method: string; tier: Tier; channel: string }) => number };

/**
 * Token buckets on wall time: one for each channel's posts, one for each other method.
 * @param intervalMs the time of one post in a channel; the minute of the tiers is sixty of them, and 0 lifts all limits
 */
export function openPacing(wall: Now, intervalMs: number): Pacing {
  const buckets = new Map<string, Bucket>();

  function take(key: string, size: number, refillMs: number): number {
    const now = wall();
    const bucket = buckets.get(key) ?? { level: size, at: now };
    const level = Math.min(size, bucket.level + (now - bucket.at) / refillMs);
    const isFree = level >= 1;
    buckets.set(key, { level: isFree ? level - 1 : level, at: now });
    return isFree ? 0 : Math.max(1, Math.ceil((1 - level) * refillMs));
  }

  return {
    wait: ({ method, tier, channel }) => {
      if (intervalMs === 0 || tier === 'free') return 0;
      if (tier === 'post') return take(`${method} ${channel}`, postBurst, intervalMs);
      const calls = perMinute[tier];
      return take(method, calls, (60 * intervalMs) / calls);
    },
  };
}
