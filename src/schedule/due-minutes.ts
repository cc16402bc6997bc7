import { type EpochMs, instant } from '../kernel/time.ts';

const minuteMs = 60_000;
/** A bot that was away longer than this catches up no further back: older summaries help nobody. */
const catchUpMs = 7 * 24 * 60 * minuteMs;

/** The whole minutes after `lookedUntil` up to and with `now`, oldest first, at most a week back. */
export function minutesToLookAt(lookedUntil: number, now: EpochMs): readonly EpochMs[] {
  const last = Math.floor(now / minuteMs);
  const first = Math.max(Math.floor(lookedUntil / minuteMs) + 1, Math.ceil((now - catchUpMs) / minuteMs));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => instant((first + index) * minuteMs));
}
