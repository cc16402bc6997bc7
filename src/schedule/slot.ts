import { z } from 'zod';
import { type EpochMs, instant } from '../kernel/time.ts';
import type { Kind } from '../ledger/kind.ts';

/** Something that is due at minutes of domain time, by a cron expression in a time zone. */
export type Timer = { readonly name: string; readonly expression: string; readonly timezone: string };

/** One due minute of one timer. Made once among all replicas; `done` is written in the same transaction as its effect. */
export const Slot = z.object({
  timer: z.string(),
  /** Domain instant of the minute. */
  minute: z.number(),
  /** Wall instant after which it may be forgotten. */
  forgetAt: z.number(),
  state: z.enum(['due', 'done']),
});
export type Slot = z.infer<typeof Slot>;

export const Slots: Kind<Slot> = {
  name: 'slot',
  schema: Slot,
  id: (slot) => slotId(slot),
  open: (slot) => (slot.state === 'due' ? 'due' : undefined),
  expiresAt: (slot): EpochMs => instant(slot.forgetAt),
};

export function slotId(slot: Pick<Slot, 'timer' | 'minute'>): string {
  return `${slot.timer}@${slot.minute}`;
}

/** The last domain minute of a timer that somebody has looked at. */
export const TimerMark = z.object({ timer: z.string(), lookedUntil: z.number() });
export type TimerMark = z.infer<typeof TimerMark>;

export const TimerMarks: Kind<TimerMark> = { name: 'timer-mark', schema: TimerMark, id: (mark) => mark.timer };
