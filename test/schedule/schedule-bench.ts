import { type EpochMs, instant, parseInstant, plus } from '../../src/kernel/time.ts';
import { put } from '../../src/ledger/kind.ts';
import { type BeatDeps, makeBeat, type SlotEffect } from '../../src/schedule/acts/beat.ts';
import { type Slot, Slots, slotId, type Timer } from '../../src/schedule/slot.ts';
import { makeMatches } from '../../src/wiring/heartbeat.ts';
import { Things } from '../kit/acts.ts';
import type { TestStore } from '../kit/dynamodb.ts';

export function at(text: string): EpochMs {
  const found = parseInstant(text);
  if (found === undefined) throw new Error(`${text} is no instant`);
  return found;
}

/** The minute as people in UTC read it. */
export const minuteText = (minute: number): string => new Date(minute).toISOString().slice(5, 16).replace('T', ' ');

/** A timer whose effect is a thing in the store: made once, or the store would refuse the second. */
export function openSchedule(world: TestStore, start: string) {
  const domain = { at: at(start) };
  const ran: string[] = [];

  const effect = (slot: Slot): SlotEffect => ({
    puts: [put(Things, { id: slotId(slot), says: minuteText(slot.minute), group: slot.timer }, 0)],
    entries: [],
    cards: [],
  });

  const timer = (name: string, expression: string, timezone = 'UTC') => ({
    name,
    expression,
    timezone,
    run: async (slot: Slot) => {
      ran.push(`${name} ${minuteText(slot.minute)}`);
      return effect(slot);
    },
  });

  function replica(timers: BeatDeps['timers'], more: Partial<BeatDeps> = {}, holder = 'a') {
    const store = world.replica();
    return makeBeat({
      timers,
      matches: makeMatches(),
      clocks: { wall: () => world.clock.at, domain: () => domain.at },
      find: store.find,
      listOpen: store.listOpen,
      commit: store.commit,
      underLease: async (name, work) => {
        const lease = await store.leases.take(name, holder, 10_000);
        if (!lease) return undefined;
        try {
          return await work();
        } finally {
          await lease.release();
        }
      },
      ...more,
    });
  }

  return {
    domain,
    ran,
    timer,
    replica,
    pass: (ms: number) => {
      domain.at = plus(domain.at, ms);
    },
    goTo: (text: string) => {
      domain.at = at(text);
    },
    /** What came of a timer, oldest first. */
    effects: async (name: string): Promise<readonly string[]> =>
      (await world.store.listGroup(Things, name, 100)).map(({ value }) => value.says).sort(),
    due: async () => (await world.store.listOpen(Slots, 'due')).map(({ value }) => slotId(value)),
  };
}

/** The minutes of a span at which a timer is due. */
export function dueBetween(timer: Omit<Timer, 'name'>, from: string, to: string): readonly string[] {
  const matches = makeMatches();
  const due: string[] = [];
  for (let minute: number = at(from); minute <= at(to); minute += 60_000) {
    if (matches({ name: 't', ...timer }, instant(minute))) due.push(minuteText(minute));
  }
  return due;
}
