import { type EpochMs, type Now, plus } from '../kernel/time.ts';

const firstPauseMs = 5_000;
/** What Slack refuses for good is still offered now and then: a bot may be invited back to its channel. */
const longestPauseMs = 5 * 60_000;
/** What failed because Slack was away goes soon after Slack is back. */
const longestPauseOfTroubleMs = 30_000;

/** Items that failed are left alone for a while, longer each time, so that those behind them get through. */
export type PassedOver = {
  /** Undefined when the item may go. `isFinal`: it was refused, so what follows it need not wait for it. */
  readonly rests: (id: string, wanted: number) => { readonly isFinal: boolean } | undefined;
  readonly add: (id: string, wanted: number, isFinal: boolean) => void;
  readonly forget: (id: string) => void;
};

type Rest = {
  readonly wanted: number;
  readonly tries: number;
  readonly until: EpochMs;
  readonly isFinal: boolean;
};

/** `wanted` is the state that failed: a newer one is offered at once. */
export function makePassedOver(wall: Now): PassedOver {
  const resting = new Map<string, Rest>();
  return {
    rests: (id, wanted) => {
      const rest = resting.get(id);
      return rest && rest.wanted === wanted && wall() < rest.until ? { isFinal: rest.isFinal } : undefined;
    },
    add: (id, wanted, isFinal) => {
      const tries = (resting.get(id)?.tries ?? 0) + 1;
      const longest = isFinal ? longestPauseMs : longestPauseOfTroubleMs;
      const until = plus(wall(), Math.min(longest, firstPauseMs * 2 ** Math.min(tries - 1, 10)));
      resting.set(id, { wanted, tries, until, isFinal });
    },
    forget: (id) => void resting.delete(id),
  };
}
