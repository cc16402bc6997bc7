import { afterEach, describe, expect, it, vi } from 'vitest';
import { instant } from '../../src/kernel/time.ts';
import { serveClock } from '../../src/local/clock/clock-server.ts';
import { openDomainClock } from '../../src/local/clock/domain-clock.ts';
import { followClock } from '../../src/wiring/domain-clock-client.ts';

const nine = Date.UTC(2026, 10, 23, 9);
const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function openTime(speed = 0) {
  const clock = openDomainClock(instant(nine), speed);
  const server = await serveClock(clock);
  const followed = await followClock(server.url);
  opened.push(clock.close, server.close, followed.close);
  return { clock, server, followed, offMs: () => Math.abs(followed.now() - clock.now()) };
}

const soon = { timeout: 5_000, interval: 5 };

describe("a bot goes by the world's clock", () => {
  it('from its first breath', async () => {
    const { followed } = await openTime();
    expect(followed.now()).toBe(nine);
  });

  it('over every jump', async () => {
    const { clock, followed } = await openTime();
    for (const jumpMs of [30_000, 86_400_000]) {
      await clock.advance(jumpMs);
      await vi.waitFor(() => expect(followed.now()).toBe(clock.now()), soon);
    }
  });

  it('over every change of speed, without asking for each second', async () => {
    const { clock, followed, offMs } = await openTime();
    clock.setSpeed(1_000);
    await vi.waitFor(() => expect(followed.now()).toBeGreaterThan(nine), soon);
    // One millisecond of the watch is a second here: both are read within a few of them.
    expect(offMs()).toBeLessThan(20_000);
    clock.setSpeed(0);
    await vi.waitFor(() => expect(offMs()).toBe(0), soon);
  });

  it('through a restart of the world’s server: it goes on in between and catches up after', async () => {
    const { clock, server, followed } = await openTime();
    clock.setSpeed(60);
    await vi.waitFor(() => expect(followed.now()).toBeGreaterThan(nine), soon);
    await server.close();
    const before = followed.now();
    await vi.waitFor(() => expect(followed.now()).toBeGreaterThan(before), soon);
    clock.setSpeed(0);
    await clock.advance(3_600_000);
    const again = await serveClock(clock, Number(new URL(server.url).port));
    opened.push(again.close);
    await vi.waitFor(() => expect(followed.now()).toBe(clock.now()), soon);
  });

  it('no longer once it is closed', async () => {
    const { clock, followed } = await openTime();
    const another = await followClock((await serveAgain(clock)).url);
    opened.push(another.close);
    followed.close();
    await clock.advance(60_000);
    await vi.waitFor(() => expect(another.now()).toBe(clock.now()), soon);
    expect(followed.now()).toBe(nine);
  });

  it('or not at all: a clock that does not answer is a fault that says where', async () => {
    const { clock } = await openTime();
    const { url, close } = await serveAgain(clock);
    await close();
    await expect(followClock(url)).rejects.toMatchObject({
      code: 'clock-unreachable',
      retryable: true,
      message: `The world's clock does not answer at ${url}`,
    });
  });
});

async function serveAgain(clock: ReturnType<typeof openDomainClock>) {
  const server = await serveClock(clock);
  opened.push(server.close);
  return server;
}
