import { describe, expect, it } from 'vitest';
import { makeInFlight } from '../../src/wiring/in-flight.ts';
import { makeWorker } from '../../src/wiring/worker.ts';

/** A piece of work that ends when a test says so. */
function openWork() {
  const ends: (() => void)[] = [];
  let [begun, under, most] = [0, 0, 0];
  const work = async (): Promise<void> => {
    begun += 1;
    under += 1;
    most = Math.max(most, under);
    await new Promise<void>((resolve) => void ends.push(resolve));
    under -= 1;
  };
  return { work, begun: () => begun, most: () => most, end: () => ends.shift()?.() };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const never = (name: string, error: unknown) => {
  throw new Error(`${name}: ${String(error)}`);
};

describe('a worker', () => {
  it('does one run at a time; many wakes during a run are one run after it', async () => {
    const { work, begun, most, end } = openWork();
    const worker = makeWorker('inbox', work, never);
    for (let wake = 0; wake < 5; wake += 1) worker.wake();
    expect(begun()).toBe(1);
    end();
    await turn();
    expect(begun()).toBe(2);
    end();
    await turn();
    expect([begun(), most()]).toEqual([2, 1]);
  });

  it('answers a run that began after the asking, whole', async () => {
    const { work, begun, end } = openWork();
    const worker = makeWorker('inbox', work, never);
    worker.wake();
    let isDone = false;
    const asked = worker.run().then(() => {
      isDone = true;
    });
    end();
    await turn();
    expect([begun(), isDone]).toEqual([2, false]);
    end();
    await asked;
    expect(begun()).toBe(2);
  });

  it('tells what a run throws, and runs again at the next wake', async () => {
    const troubles: string[] = [];
    let runs = 0;
    const worker = makeWorker(
      'changes',
      async () => {
        runs += 1;
        throw new Error(`run ${runs}`);
      },
      (name, error) => troubles.push(`${name}: ${error instanceof Error ? error.message : ''}`),
    );
    await worker.run();
    await worker.run();
    expect(troubles).toEqual(['changes: run 1', 'changes: run 2']);
  });

  it('stopped, it finishes the run under way and begins no other', async () => {
    const { work, begun, end } = openWork();
    const worker = makeWorker('inbox', work, never);
    worker.wake();
    worker.wake();
    let isStopped = false;
    const stopped = worker.stop().then(() => {
      isStopped = true;
    });
    await turn();
    expect(isStopped).toBe(false);
    end();
    await stopped;
    await turn();
    worker.wake();
    await worker.run();
    expect(begun()).toBe(1);
  });
});

describe('what a door has under way', () => {
  it('is counted, and waited for, whether it ends well or not', async () => {
    const doors = makeInFlight();
    const { work, end } = openWork();
    const well = doors.track(work());
    const badly = doors.track(work().then(() => Promise.reject(new Error('broken'))));
    badly.catch(() => {});
    expect(doors.count()).toBe(2);
    let isDrained = false;
    const drained = doors.drained().then(() => {
      isDrained = true;
    });
    end();
    await turn();
    expect([doors.count(), isDrained]).toEqual([1, false]);
    end();
    await drained;
    await well;
    await expect(badly).rejects.toThrow('broken');
    expect(doors.count()).toBe(0);
  });

  it('includes what came while it was waited for', async () => {
    const doors = makeInFlight();
    const { work, end } = openWork();
    const first = doors.track(work());
    let isDrained = false;
    const drained = doors.drained().then(() => {
      isDrained = true;
    });
    const second = doors.track(work());
    end();
    await first;
    await turn();
    expect(isDrained).toBe(false);
    end();
    await Promise.all([second, drained]);
  });
});
