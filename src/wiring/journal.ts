import { Deliveries, type Delivery, deliveryKeptMs, type Knocked } from '../access/delivery.ts';
import { Fault } from '../kernel/fault.ts';
import { actId } from '../kernel/ids.ts';
import { plus } from '../kernel/time.ts';
import { put, type Versioned } from '../ledger/kind.ts';
import type { Ground } from './ground.ts';

/** Work at a door that is still unfinished this long after it was taken has lost its replica. */
const lostAfterMs = 15_000;
/** So often a living replica says that it is still at it: AWS may take a minute to answer or to fail. */
const renewAfterMs = 5_000;
const strikesMost = 3;
/** What has taken down a replica this often is not tried on another one. */
const triesMost = 3;
/** Slack waits 3 s; a press that cannot be written down by then is refused. */
const writeWithinMs = 2_000;

/**
 * The journal of the doors: every press and command is written down before Slack is told that it was taken, and struck out
 * when it is done. What a fallen replica left open is done by the next one.
 */
export function makeJournal({ store, commit, clocks, newId }: Ground) {
  const write = async (delivery: Delivery, expected: number): Promise<boolean> => {
    const id = actId(`delivery/${delivery.trigger}/${newId()}`);
    return (await commit({ id, puts: [put(Deliveries, delivery, expected)], entries: [], cards: [] })).ok;
  };
  /** What this replica is at. */
  const underWay = new Set<string>();
  const strikeOut = async (open: Versioned<Delivery>): Promise<boolean> => {
    const { knocked: _done, ...rest } = open.value;
    return await write(rest, open.version);
  };
  const finish = async (trigger: string): Promise<void> => {
    underWay.delete(trigger);
    // A renewal may come in between; what is not struck out would be done again.
    for (let tries = 0; tries < strikesMost; tries += 1) {
      const open = await store.find(Deliveries, trigger);
      if (!open?.value.knocked || (await strikeOut(open))) return;
    }
  };
  const renew = async (trigger: string): Promise<void> => {
    const open = await store.find(Deliveries, trigger);
    const isDue = open?.value.knocked && clocks.wall() >= open.value.takenAt + renewAfterMs;
    if (isDue && underWay.has(trigger)) await write({ ...open.value, takenAt: clocks.wall() }, open.version);
  };
  const isAlive = ({ trigger, takenAt }: Delivery): boolean =>
    underWay.has(trigger) || clocks.wall() < takenAt + lostAfterMs;
  const claim = async ({ value, version }: Versioned<Delivery>): Promise<boolean> => {
    const isOurs = await write({ ...value, takenAt: clocks.wall(), tries: value.tries + 1 }, version);
    if (isOurs) underWay.add(value.trigger);
    return isOurs;
  };
  const takeOver = async (open: Versioned<Delivery>, onGivenUp: (knocked: Knocked) => void) => {
    const { knocked, tries } = open.value;
    if (!knocked || isAlive(open.value)) return undefined;
    if (tries < triesMost) return (await claim(open)) ? knocked : undefined;
    if (await strikeOut(open)) onGivenUp(knocked);
    return undefined;
  };
  return {
    /** True for the first delivery among all replicas; false for a repeated or replayed one. */
    begin: async (knocked: Knocked): Promise<boolean> => {
      const { trigger } = knocked;
      const takenAt = clocks.wall();
      const writing = write({ trigger, takenAt, tries: 1, forgetAt: plus(takenAt, deliveryKeptMs), knocked }, 0);
      const isFirst = await Promise.race([writing, tooLate()]);
      if (isFirst) underWay.add(trigger);
      if (isFirst !== undefined) return isFirst;
      // Slack was told that it failed: should the write come through after all, it must not be done behind anybody's back.
      writing.then((late) => (late ? finish(trigger) : undefined)).catch(() => {});
      throw new Fault('store-slow', 'The store did not answer in time', { retryable: true });
    },
    finish,
    /** Tells the other replicas that this one lives and is still at what it took. */
    keepUnderWay: async (): Promise<void> => {
      await Promise.all([...underWay].map(renew));
    },
    /** One that nobody is at any more, claimed for this replica; undefined when there is none. What broke too often is told. */
    takeLeftOver: async (onGivenUp: (knocked: Knocked) => void): Promise<Knocked | undefined> => {
      for (const listed of await store.listOpen(Deliveries, 'begun')) {
        const open = await store.find(Deliveries, listed.value.trigger);
        const knocked = open && (await takeOver(open, onGivenUp));
        if (knocked) return knocked;
      }
      return undefined;
    },
  };
}

function tooLate(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, writeWithinMs, undefined).unref());
}

export type Journal = ReturnType<typeof makeJournal>;
