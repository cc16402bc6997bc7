import { afterEach, describe, expect, it, vi } from 'vitest';
import { instant } from '../../src/kernel/time.ts';
import { type ClockReading, type DomainClock, openDomainClock } from '../../src/local/clock/domain-clock.ts';

const nine = Date.UTC(2026, 10, 23, 9);
const clocks: DomainClock[] = [];
afterEach(() => {
  for (const clock of clocks.splice(0)) clock.close();
  vi.useRealTimers();
});

function open(speed = 0): DomainClock {
  const clock = openDomainClock(instant(nine), speed);
  clocks.push(clock);
  return clock;
}

const nineAnd = (seconds: number) => instant(nine + seconds * 1_000);
const seconds = (clock: DomainClock) => (clock.now() - nine) / 1_000;

describe('a clock moved by hand', () => {
  it('stands still between moves', async () => {
    vi.useFakeTimers();
    const clock = open();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seconds(clock)).toBe(0);
    await clock.advance(1_500);
    expect(seconds(clock)).toBe(1.5);
  });

  it('runs every job that falls due at its own instant, in order of the instants, then of the planning', async () => {
    const clock = open();
    const ran: string[] = [];
    const job = (name: string) => (): void => void ran.push(`${name} at ${seconds(clock)}`);
    clock.at(nineAnd(30), 'late', job('late'));
    clock.at(nineAnd(10), 'first', job('first'));
    clock.at(nineAnd(10), 'second', job('second'));
    clock.at(nineAnd(61), 'tomorrow', job('tomorrow'));
    await clock.advance(60_000);
    expect(ran).toEqual(['first at 10', 'second at 10', 'late at 30']);
    expect(seconds(clock)).toBe(60);
    await clock.advance(1_000);
    expect(ran.at(-1)).toBe('tomorrow at 61');
  });

  it('runs what a job plans within the same move', async () => {
    const clock = open();
    const ran: number[] = [];
    const again = (): void => {
      ran.push(seconds(clock));
      if (ran.length < 4) clock.at(instant(clock.now() + 5_000), 'again', again);
    };
    clock.at(nineAnd(5), 'again', again);
    await clock.advance(17_000);
    expect(ran).toEqual([5, 10, 15]);
  });

  it('waits for a job before the next one begins, and one move for the other', async () => {
    const clock = open();
    const said: string[] = [];
    const slow = (name: string) => async () => {
      said.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      said.push(`${name} ends`);
    };
    clock.at(nineAnd(1), 'a', slow('a'));
    clock.at(nineAnd(2), 'b', slow('b'));
    clock.at(nineAnd(11), 'c', slow('c'));
    await Promise.all([clock.advance(10_000), clock.advance(10_000)]);
    expect(said).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    expect(seconds(clock)).toBe(20);
  });

  it('runs a job of the past at the next move, without going back', async () => {
    const clock = open();
    let ranAt: number | undefined;
    await clock.advance(10_000);
    clock.at(nineAnd(3), 'late', () => {
      ranAt = seconds(clock);
    });
    await clock.advance(1_000);
    expect(ranAt).toBe(10);
    expect(seconds(clock)).toBe(11);
  });

  it('tells who moved it that a job failed, and goes on with the next move', async () => {
    const clock = open();
    let ran = 0;
    clock.at(nineAnd(1), 'broken', () => Promise.reject(new Error('this job fails')));
    clock.at(nineAnd(2), 'whole', () => {
      ran += 1;
    });
    await expect(clock.advance(5_000)).rejects.toThrow('this job fails');
    await clock.advance(5_000);
    expect(ran).toBe(1);
  });
});

describe('what comes again and again', () => {
  it('comes at whole multiples, each slot once, however far a move goes', async () => {
    const clock = openDomainClock(instant(nine + 7_000));
    clocks.push(clock);
    const slots: number[] = [];
    clock.every(60_000, 'minute', (slot) => void slots.push((slot - nine) / 1_000));
    await clock.advance(50_000);
    await clock.advance(200_000);
    expect(slots).toEqual([60, 120, 180, 240]);
  });

  it('goes on after a slot that failed', async () => {
    const clock = open();
    let slots = 0;
    clock.every(60_000, 'minute', () => {
      slots += 1;
      if (slots === 1) throw new Error('this slot fails');
    });
    await expect(clock.advance(60_000)).rejects.toThrow('this slot fails');
    await clock.advance(60_000);
    expect(slots).toBe(2);
  });

  it('ends when called off, from within too', async () => {
    const clock = open();
    const slots: string[] = [];
    const off = clock.every(60_000, 'outer', () => void slots.push('outer'));
    const offInner: () => void = clock.every(60_000, 'inner', () => {
      slots.push('inner');
      offInner();
    });
    await clock.advance(120_000);
    off();
    await clock.advance(120_000);
    expect(slots).toEqual(['outer', 'inner', 'outer']);
  });

  it('a single job called off never runs', async () => {
    const clock = open();
    let ran = 0;
    clock.at(nineAnd(5), 'never', () => {
      ran += 1;
    })();
    await clock.advance(10_000);
    expect(ran).toBe(0);
  });
});

describe('a clock that runs', () => {
  it('at sixty times the watch passes a minute in a second, and does what falls due', async () => {
    vi.useFakeTimers();
    const clock = open(60);
    const slots: number[] = [];
    clock.every(30_000, 'half a minute', (slot) => void slots.push((slot - nine) / 1_000));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(seconds(clock)).toBe(120);
    expect(slots).toEqual([30, 60, 90, 120]);
  });

  it('keeps its time over a change of speed, and stands when told to', async () => {
    vi.useFakeTimers();
    const clock = open(60);
    await vi.advanceTimersByTimeAsync(1_000);
    clock.setSpeed(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(seconds(clock)).toBe(61);
    clock.setSpeed(0);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(seconds(clock)).toBe(61);
  });

  it('moved by hand while it runs, jobs still run one after the other', async () => {
    vi.useFakeTimers();
    const clock = open(60);
    let [under, most, ran] = [0, 0, 0];
    const job = async (): Promise<void> => {
      under += 1;
      most = Math.max(most, under);
      await new Promise((resolve) => setTimeout(resolve, 15));
      under -= 1;
      ran += 1;
    };
    clock.every(1_000, 'one', job);
    clock.every(1_000, 'another', job);
    await vi.advanceTimersByTimeAsync(25);
    expect(under).toBe(1);
    const moved = clock.advance(10_000);
    await vi.advanceTimersByTimeAsync(1_000);
    await moved;
    expect(most).toBe(1);
    expect(ran).toBeGreaterThan(10);
  });

  it('closed, it does nothing more', async () => {
    vi.useFakeTimers();
    const clock = open(60);
    let ran = 0;
    clock.every(1_000, 'second', () => {
      ran += 1;
    });
    clock.close();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(ran).toBe(0);
  });

  it('tells every change of its reading until nobody listens', async () => {
    const clock = open();
    const readings: ClockReading[] = [];
    const stop = clock.onChange((reading) => void readings.push(reading));
    await clock.advance(5_000);
    clock.setSpeed(10);
    stop();
    clock.setSpeed(20);
    expect(readings.map(({ speed }) => speed)).toEqual([0, 10]);
    expect(readings[0]?.base).toBe(nine + 5_000);
  });
});
