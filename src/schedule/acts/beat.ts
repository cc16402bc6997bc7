import type { Entry } from '../../audit/entry.ts';
import { actId } from '../../kernel/ids.ts';
import { type Clocks, type EpochMs, plus } from '../../kernel/time.ts';
import type { Commit, Find, ListOpen } from '../../ledger/act.ts';
import { type Put, put, type Versioned } from '../../ledger/kind.ts';
import type { CardNeed } from '../../outbox/card.ts';
import { minutesToLookAt } from '../due-minutes.ts';
import { type Slot, Slots, slotId, type Timer, TimerMarks } from '../slot.ts';

/** What a due slot leads to. It is committed together with the slot's `done`, so it happens once. */
export type SlotEffect = {
  readonly puts: readonly Put[];
  readonly entries: readonly Entry[];
  readonly cards: readonly CardNeed[];
};

export type BeatDeps = {
  readonly timers: readonly (Timer & { readonly run: (slot: Slot) => Promise<SlotEffect> })[];
  /** Does the expression match this minute in its time zone? */
  readonly matches: (timer: Timer, minute: EpochMs) => boolean;
  readonly clocks: Clocks;
  readonly find: Find;
  readonly listOpen: ListOpen;
  readonly commit: Commit;
  /** Runs `work` if nobody else holds the lease; undefined otherwise. */
  readonly underLease: <T>(name: string, work: () => Promise<T>) => Promise<T | undefined>;
};

const slotKeptMs = 60 * 86_400_000;

/**
 * One heartbeat: makes a slot of every due minute since the last look, then runs what is due. Catch-up after a stop, two
 * replicas, a fast clock and a clock moved by hand are this one path.
 * @throws {AggregateError} after all have had their turn: what one timer meets does not stop the others
 */
export function makeBeat(deps: BeatDeps) {
  return async function beat(): Promise<void> {
    const troubles: unknown[] = [];
    const attempt = (work: Promise<unknown>): Promise<unknown> => work.catch((error) => troubles.push(error));
    for (const timer of deps.timers) await attempt(makeSlots(deps, timer));
    for (const slot of await deps.listOpen(Slots, 'due')) {
      await attempt(deps.underLease(`slot:${slotId(slot.value)}`, () => runSlot(deps, slot)));
    }
    if (troubles.length > 0) throw new AggregateError(troubles, `${troubles.length} timers wait for the next beat`);
  };
}

async function makeSlots(deps: BeatDeps, timer: Timer): Promise<void> {
  const now = deps.clocks.domain();
  const mark = await deps.find(TimerMarks, timer.name);
  if (!mark) {
    await commitPuts(deps, `mark.${timer.name}`, [put(TimerMarks, { timer: timer.name, lookedUntil: now }, 0)]);
    return;
  }
  const minutes = minutesToLookAt(mark.value.lookedUntil, now);
  const last = minutes.at(-1);
  if (last === undefined) return;
  for (const minute of minutes.filter((each) => deps.matches(timer, each))) {
    const slot: Slot = { timer: timer.name, minute, forgetAt: plus(deps.clocks.wall(), slotKeptMs), state: 'due' };
    await commitPuts(deps, `slot.${slotId(slot)}`, [put(Slots, slot, 0)]);
  }
  await commitPuts(deps, `mark.${timer.name}.${last}`, [
    put(TimerMarks, { timer: timer.name, lookedUntil: last }, mark.version),
  ]);
}

/** A lost race here means that another replica has done the same: nothing to say. */
async function commitPuts(deps: BeatDeps, id: string, puts: readonly Put[]): Promise<void> {
  await deps.commit({ id: actId(id), puts, entries: [], cards: [] });
}

async function runSlot(deps: BeatDeps, listed: Versioned<Slot>): Promise<void> {
  const slot = await deps.find(Slots, slotId(listed.value));
  const timer = deps.timers.find((each) => each.name === listed.value.timer);
  if (!slot || slot.value.state === 'done') return;
  const effect = timer ? await timer.run(slot.value) : { puts: [], entries: [], cards: [] };
  const done: Slot = { ...slot.value, state: 'done' };
  await deps.commit({
    id: actId(`slot-run.${slotId(slot.value)}`),
    puts: [...effect.puts, put(Slots, done, slot.version)],
    entries: effect.entries,
    cards: effect.cards,
  });
}
