import { z } from 'zod';
import { type EpochMs, instant } from '../kernel/time.ts';
import type { Kind } from '../ledger/kind.ts';

/** `trigger` is the SHA-256 of Slack's single-use trigger, which itself opens forms and so is kept nowhere. */
const Who = { user: z.string(), trigger: z.string() };

/** What somebody did at a door, in plain words: enough to do it again after a crash. Holds no token and no response URL. */
export const Knocked = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('command'), ...Who, channel: z.string(), text: z.string() }),
  z.object({ kind: z.literal('press'), ...Who, channel: z.string().optional(), action: z.string(), id: z.string() }),
  z.object({
    kind: z.literal('form'),
    ...Who,
    form: z.string(),
    id: z.string(),
    values: z.record(z.string(), z.string()),
  }),
]);
export type Knocked = z.infer<typeof Knocked>;

/** One press or command of Slack, by its single-use trigger. Claimed once among all replicas, so a replay does nothing. */
export const Delivery = z.object({
  trigger: z.string(),
  /** Wall instants. */
  takenAt: z.number(),
  forgetAt: z.number(),
  /** How many replicas began it. */
  tries: z.number().int(),
  /** While it is not done. */
  knocked: Knocked.optional(),
});
export type Delivery = z.infer<typeof Delivery>;

export const Deliveries: Kind<Delivery> = {
  name: 'delivery',
  schema: Delivery,
  id: (delivery) => delivery.trigger,
  open: (delivery) => (delivery.knocked ? 'begun' : undefined),
  expiresAt: (delivery): EpochMs => instant(delivery.forgetAt),
};

/** Signed requests are accepted for five minutes; the claim outlives that by far. */
export const deliveryKeptMs = 3_600_000;
export const requestSkewMs = 300_000;

/** Bolt refuses requests that are too old; one from the future would be good for ever, so both sides are checked. */
export function isFresh(sentAt: number, now: EpochMs): boolean {
  return Number.isFinite(sentAt) && Math.abs(now - sentAt) <= requestSkewMs;
}
