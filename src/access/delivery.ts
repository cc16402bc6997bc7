import { z } from 'zod';
import { type EpochMs, instant } from '../kernel/time.ts';
import type { Kind } from '../ledger/kind.ts';

/** One press or command of Slack, by its single-use trigger. Claimed once among all replicas, so a replay does nothing. */
export const Delivery = z.object({ trigger: z.string(), forgetAt: z.number() });
export type Delivery = z.infer<typeof Delivery>;

export const Deliveries: Kind<Delivery> = {
  name: 'delivery',
  schema: Delivery,
  id: (delivery) => delivery.trigger,
  expiresAt: (delivery): EpochMs => instant(delivery.forgetAt),
};

/** Signed requests are accepted for five minutes; the claim outlives that by far. */
export const deliveryKeptMs = 3_600_000;
export const requestSkewMs = 300_000;

/** Bolt refuses requests that are too old; one from the future would be good for ever, so both sides are checked. */
export function isFresh(sentAt: number, now: EpochMs): boolean {
  return Number.isFinite(sentAt) && Math.abs(now - sentAt) <= requestSkewMs;
}
