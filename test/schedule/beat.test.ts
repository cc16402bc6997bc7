import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Versioned } from '../../src/ledger/kind.ts';
import { Slots } from '../../src/schedule/slot.ts';
import { openTestStore, type TestStore } from '../kit/dynamodb.ts';
import { openSchedule } from './schedule-bench.ts';

let world: TestStore;
beforeAll(async () => {
  world = await openTestStore();
});
afterAll(() => world.close());

const minuteMs = 60_000;
const monday = '2026-11-23T08:58:30Z';

describe('a beat runs what has become due', () => {
  it('nothing on its first look: what was due before it was born is nobody’s', async () => {
    const day = openSchedule(world, '2026-11-23T09:00:00Z');
    const beat = day.replica([day.timer('first', '0 9 * * *')]);
    await beat();
    expect(await day.effects('first')).toEqual([]);
    day.pass(24 * 60 * minuteMs);
    await beat();
    expect(await day.effects('first')).toEqual(['11-24 09:00']);
  });

  it('each minute once, however often the heart beats in it', async () => {
    const day = openSchedule(world, monday);
    const beat = day.replica([day.timer('often', '*/5 * * * *')]);
    for (let second = 0; second < 180; second += 10) {
      await beat();
      day.pass(10_000);
    }
    expect(await day.effects('often')).toEqual(['11-23 09:00']);
    expect(day.ran).toHaveLength(1);
  });

  it('each timer for itself', async () => {
    const day = openSchedule(world, monday);
    const beat = day.replica([day.timer('north', '0 9 * * *'), day.timer('south', '1 9 * * *')]);
    await beat();
    day.goTo('2026-11-23T09:00:10Z');
    await beat();
    expect([await day.effects('north'), await day.effects('south')]).toEqual([['11-23 09:00'], []]);
    day.goTo('2026-11-23T09:01:10Z');
    await beat();
    expect([await day.effects('north'), await day.effects('south')]).toEqual([['11-23 09:00'], ['11-23 09:01']]);
  });
});

describe('time may jump', () => {
  it('after a night away every slot of the night is caught up, in order', async () => {
    const day = openSchedule(world, monday);
    const beat = day.replica([day.timer('night', '0 */4 * * *')]);
    await beat();
    day.goTo('2026-11-24T08:30:00Z');
    await beat();
    const slots = ['11-23 12:00', '11-23 16:00', '11-23 20:00', '11-24 00:00', '11-24 04:00', '11-24 08:00'];
    expect(await day.effects('night')).toEqual(slots);
    expect(day.ran).toEqual(slots.map((slot) => `night ${slot}`));
  });

  it('a clock that runs a hundred times as fast skips nothing between two beats', async () => {
    const day = openSchedule(world, monday);
    const beat = day.replica([day.timer('fast', '*/15 * * * *')]);
    for (let beats = 0; beats < 60; beats += 1) {
      await beat();
      day.pass(100_000);
    }
    expect(await day.effects('fast')).toEqual(
      ['09:00', '09:15', '09:30', '09:45', '10:00', '10:15', '10:30'].map((time) => `11-23 ${time}`),
    );
  });

  it('a clock that goes back repeats nothing', async () => {
    const day = openSchedule(world, monday);
    const beat = day.replica([day.timer('back', '0 9 * * *')]);
    await beat();
    day.goTo('2026-11-23T09:05:00Z');
    await beat();
    day.goTo('2026-11-23T08:50:00Z');
    await beat();
    day.goTo('2026-11-23T09:05:00Z');
    await beat();
    expect(day.ran).toEqual(['back 11-23 09:00']);
  });

  it('nine in Berlin is seven in UTC on the day the clocks change, and once', async () => {
    const day = openSchedule(world, '2026-03-28T22:00:00Z');
    const beat = day.replica([day.timer('berlin', '0 9 * * *', 'Europe/Berlin')]);
    for (let hours = 0; hours < 40; hours += 1) {
      await beat();
      day.pass(60 * minuteMs);
    }
    expect(await day.effects('berlin')).toEqual(['03-29 07:00', '03-30 07:00']);
  });
});

describe('replicas', () => {
  it('that beat at the same time make one slot and one effect', async () => {
    const day = openSchedule(world, monday);
    const beats = ['a', 'b', 'c'].map((holder) => day.replica([day.timer('many', '*/15 * * * *')], {}, holder));
    await Promise.all(beats.map((beat) => beat()));
    day.goTo('2026-11-23T09:31:00Z');
    const ended = await Promise.allSettled(beats.map((beat) => beat()));
    expect(ended.filter(({ status }) => status === 'rejected')).toEqual([]);
    await Promise.all(beats.map((beat) => beat()));
    expect(await day.effects('many')).toEqual(['11-23 09:00', '11-23 09:15', '11-23 09:30']);
    expect(await day.due()).toEqual([]);
  });

  it('that both believe to hold the slot still make one effect', async () => {
    const day = openSchedule(world, monday);
    const noLease = { underLease: async <T>(_: string, work: () => Promise<T>) => await work() };
    const beats = [1, 2].map(() => day.replica([day.timer('twice', '0 9 * * *')], noLease));
    await beats[0]?.();
    day.goTo('2026-11-23T09:01:00Z');
    await Promise.all(beats.map((beat) => beat()));
    await Promise.all(beats.map((beat) => beat()));
    expect(await day.effects('twice')).toEqual(['11-23 09:00']);
    expect(await day.due()).toEqual([]);
  });
});

describe('a list that lags behind', () => {
  it('does not bring back what is done', async () => {
    const day = openSchedule(world, monday);
    let runs = 0;
    const run = async () => {
      runs += 1;
      return { puts: [], entries: [], cards: [] };
    };
    const timers = [{ ...day.timer('lag', '0 9 * * *'), run }];
    let listed: readonly Versioned<unknown>[] = [];
    const beat = day.replica(timers, {
      listOpen: async (kind, word) => {
        const now = await world.store.listOpen(kind, word);
        if (now.length > 0) listed = now;
        return listed as typeof now;
      },
    });
    await beat();
    day.goTo('2026-11-23T09:01:00Z');
    await beat();
    await beat();
    expect(runs).toBe(1);
  });
});

describe('a slot that was made is not lost', () => {
  it('when the process dies between the slot and its effect, the next beat of anybody finishes it', async () => {
    const day = openSchedule(world, monday);
    const timers = [day.timer('crash', '0 9 * * *')];
    let dies = true;
    const dying = day.replica(timers, {
      commit: async (act) => {
        if (dies && act.id.startsWith('slot-run.')) {
          dies = false;
          throw new Error('the process dies here');
        }
        return await world.store.commit(act);
      },
    });
    await dying();
    day.goTo('2026-11-23T09:01:00Z');
    await expect(dying()).rejects.toThrow('wait for the next beat');
    expect(await day.due()).toHaveLength(1);
    expect(await day.effects('crash')).toEqual([]);
    await day.replica(timers, {}, 'heir')();
    expect(await day.effects('crash')).toEqual(['11-23 09:00']);
    expect(await day.due()).toEqual([]);
  });

  it('when the process dies before it has noted how far it looked, the slot is not made twice', async () => {
    const day = openSchedule(world, monday);
    const timers = [day.timer('mark', '0 9 * * *')];
    const whole = day.replica(timers);
    await whole();
    day.goTo('2026-11-23T09:01:00Z');
    const dying = day.replica(timers, {
      commit: async (act) => {
        if (act.id.startsWith('mark.')) throw new Error('the process dies here');
        return await world.store.commit(act);
      },
    });
    await expect(dying()).rejects.toThrow();
    await whole();
    expect(day.ran).toEqual(['mark 11-23 09:00']);
  });

  it('what one timer meets does not stop the others', async () => {
    const day = openSchedule(world, monday);
    const broken = {
      ...day.timer('a-broken', '0 9 * * *'),
      run: () => Promise.reject(new Error('CloudWatch is away')),
    };
    const beat = day.replica([broken, day.timer('b-whole', '0 9 * * *')]);
    await beat();
    day.goTo('2026-11-23T09:01:00Z');
    await expect(beat()).rejects.toMatchObject({
      errors: [expect.objectContaining({ message: 'CloudWatch is away' })],
    });
    expect(await day.effects('b-whole')).toEqual(['11-23 09:00']);
    const mended = day.replica([day.timer('a-broken', '0 9 * * *')]);
    await mended();
    expect(await day.effects('a-broken')).toEqual(['11-23 09:00']);
  });

  it('of a timer that left the configuration is done without an effect', async () => {
    const day = openSchedule(world, monday);
    const beat = day.replica([{ ...day.timer('gone', '0 9 * * *'), run: () => Promise.reject(new Error('away')) }]);
    await beat();
    day.goTo('2026-11-23T09:01:00Z');
    await expect(beat()).rejects.toThrow();
    await day.replica([])();
    expect(await day.due()).toEqual([]);
    expect((await world.store.find(Slots, 'gone@1795424400000'))?.value.state).toBe('done');
    expect(await day.effects('gone')).toEqual([]);
  });
});
