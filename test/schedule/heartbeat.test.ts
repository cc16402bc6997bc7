import { afterEach, describe, expect, it, vi } from 'vitest';
import { startHeartbeat } from '../../src/wiring/heartbeat.ts';

const hearts: { readonly stop: () => Promise<void> }[] = [];
afterEach(() => Promise.all(hearts.splice(0).map((heart) => heart.stop())));

function start(beat: () => Promise<void>) {
  const heart = startHeartbeat(beat);
  hearts.push(heart);
  return heart;
}

describe('node-cron drives the heart', () => {
  it('beats within a real second, again after a beat that throws, never two at once, and not after the stop', async () => {
    let [beats, under, most] = [0, 0, 0];
    let finish = (): void => {};
    const heart = start(async () => {
      beats += 1;
      under += 1;
      most = Math.max(most, under);
      if (beats === 2)
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
      under -= 1;
      if (beats === 1) throw new Error('this beat fails');
    });
    const said = vi.spyOn(console, 'warn').mockImplementation(() => {});
    await vi.waitFor(() => expect(beats).toBe(2), { timeout: 4_000, interval: 20 });
    // A second passes while the second beat is still at work: the clock of a heart of its own tells when.
    let others = 0;
    start(async () => {
      others += 1;
    });
    await vi.waitFor(() => expect(others).toBeGreaterThanOrEqual(1), { timeout: 4_000, interval: 20 });
    expect({ beats, most }).toEqual({ beats: 2, most: 1 });
    await heart.stop();
    finish();
    others = 0;
    await vi.waitFor(() => expect(others).toBeGreaterThanOrEqual(1), { timeout: 4_000, interval: 20 });
    expect(beats).toBe(2);
    expect(said).not.toHaveBeenCalled();
    said.mockRestore();
  });
});
