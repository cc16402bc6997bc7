import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Fault } from '../../src/kernel/fault.ts';
import { instant, wallNow } from '../../src/kernel/time.ts';
import type { Drained } from '../../src/outbox/acts/post-cards.ts';
import { type Poster, type PosterDeps, startPoster } from '../../src/slack/poster.ts';
import { RateLimited } from '../../src/slack/slack-fault.ts';

/** Time stands still between the steps of a test; every timer of the poster belongs to it. */
beforeEach(() => vi.useFakeTimers({ now: 1_795_424_400_000 }));
afterEach(() => vi.useRealTimers());
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

type Step = Drained | Error | (() => Promise<Drained>);

const posters: Poster[] = [];
afterEach(async () => {
  const stopped = Promise.all(posters.splice(0).map((poster) => poster.stop()));
  await pass(60_000);
  await stopped;
});

/** A house of channels with messages to post, and leases that a test may hold in a poster's place. */
function openHouse() {
  const began = wallNow();
  const due = new Map<string, Step[]>();
  const held = new Map<string, string>();
  const log: string[] = [];
  let looks = 0;
  let isStoreGone = false;
  const say = (what: string): void => void log.push(`${what} at ${(wallNow() - began) / 1_000}`);

  const deps = (holder: string): PosterDeps => ({
    channelsDue: async () => {
      looks += 1;
      if (isStoreGone) throw new Fault('store-unreachable', 'the store does not answer', { retryable: true });
      return [...due].filter(([, steps]) => steps.length > 0).map(([channel]) => channel);
    },
    postNext: async (channel) => {
      const step = due.get(channel)?.shift();
      if (step instanceof Error) throw step;
      if (typeof step === 'function') return await step();
      if (step?.sent) say(`${holder} posts to ${channel}`);
      return step ?? { sent: false };
    },
    takeLease: async (channel) => {
      if (held.has(channel)) return undefined;
      held.set(channel, holder);
      return {
        renew: async () => held.get(channel) === holder,
        release: async () => {
          if (held.get(channel) === holder) held.delete(channel);
        },
      };
    },
    wall: wallNow,
    postEveryMs: 1_000,
    pollEveryMs: 1_000,
    onTrouble: (channel, error) => say(`trouble in ${channel}: ${error instanceof Error ? error.message : '?'}`),
  });

  return {
    log,
    held,
    looks: () => looks,
    loseStore: (gone: boolean) => {
      isStoreGone = gone;
    },
    /** So many messages wait, or these steps. */
    wait: (channel: string, what: number | readonly Step[]) => {
      const steps = typeof what === 'number' ? Array.from({ length: what }, (): Step => ({ sent: true })) : what;
      due.set(channel, [...(due.get(channel) ?? []), ...steps]);
    },
    start: async (holder = 'a') => {
      const poster = startPoster(deps(holder));
      posters.push(poster);
      await pass(0);
      return poster;
    },
  };
}

describe('Slack sets the pace', () => {
  it('one message a second in a channel, channels side by side', async () => {
    const house = openHouse();
    house.wait('promo', 3);
    house.wait('audit', 2);
    await house.start();
    await pass(10_000);
    expect(house.log.filter((line) => line.includes('promo'))).toEqual([
      'a posts to promo at 0',
      'a posts to promo at 1',
      'a posts to promo at 2',
    ]);
    expect(house.log.filter((line) => line.includes('audit'))).toHaveLength(2);
  });

  it('Retry-After is kept to the letter, whoever wakes the poster meanwhile; other channels go on', async () => {
    const house = openHouse();
    house.wait('promo', [new RateLimited(7_000, undefined), { sent: true }]);
    const poster = await house.start();
    await pass(3_000);
    house.wait('audit', 1);
    poster.wake();
    await pass(30_000);
    expect(house.log).toEqual(['a posts to audit at 3', 'a posts to promo at 7']);
  });

  it('other trouble is told and waits five seconds', async () => {
    const house = openHouse();
    house.wait('promo', [new Fault('slack-no-answer', 'Slack gave no answer', { retryable: true }), { sent: true }]);
    await house.start();
    await pass(30_000);
    expect(house.log).toEqual(['trouble in promo: Slack gave no answer at 0', 'a posts to promo at 5']);
  });
});

describe('what is due is not left lying', () => {
  it('a wake is a look at once; without one the poll finds it within a second', async () => {
    const house = openHouse();
    const poster = await house.start();
    await pass(300);
    house.wait('promo', 1);
    poster.wake();
    await pass(100);
    house.wait('audit', 1);
    await pass(5_000);
    expect(house.log).toEqual(['a posts to promo at 0.3', 'a posts to audit at 1.3']);
  });

  it('a message that must wait for a search is looked at when its time has come, not at the next poll', async () => {
    const house = openHouse();
    house.wait('promo', [{ sent: false, waitUntil: instant(wallNow() + 250) }]);
    await house.start();
    house.wait('promo', 1);
    await pass(5_000);
    expect(house.log).toEqual(['a posts to promo at 0.25']);
  });

  it('what becomes due between the last look and the release of the lease is posted right after it', async () => {
    const house = openHouse();
    let release = (): void => {};
    const lastLook = new Promise<Drained>((resolve) => {
      release = () => resolve({ sent: false });
    });
    house.wait('promo', [() => lastLook]);
    const poster = await house.start();
    await pass(100);
    house.wait('promo', 1);
    poster.wake();
    await pass(100);
    expect(house.log).toEqual([]);
    release();
    await pass(0);
    expect(house.log).toEqual(['a posts to promo at 0.2']);
  });

  it('many wakes at once are one look and one more, and leave one poll behind', async () => {
    const house = openHouse();
    const poster = await house.start();
    for (let wake = 0; wake < 50; wake += 1) poster.wake();
    await pass(0);
    expect(house.looks()).toBeLessThanOrEqual(3);
    const before = house.looks();
    await pass(10_000);
    expect(house.looks() - before).toBe(10);
  });

  it('a store that is away is told, and asked again', async () => {
    const house = openHouse();
    house.loseStore(true);
    await house.start();
    house.loseStore(false);
    house.wait('promo', 1);
    await pass(3_000);
    expect(house.log).toEqual(['trouble in all channels: the store does not answer at 0', 'a posts to promo at 1']);
  });
});

describe('one poster per channel', () => {
  it('of two the one with the lease posts; the other takes over within a poll of the release', async () => {
    const house = openHouse();
    house.held.set('promo', 'somebody');
    house.wait('promo', 2);
    await Promise.all([house.start('a'), house.start('b')]);
    await pass(2_500);
    expect(house.log).toEqual([]);
    house.held.delete('promo');
    await pass(5_000);
    const holders = new Set(house.log.map((line) => line.split(' ')[0]));
    expect(house.log.map((line) => line.split(' at ')[1])).toEqual(['3', '4']);
    expect(holders.size).toBe(1);
  });

  it('a lease that was lost ends the work after the message under way', async () => {
    const house = openHouse();
    house.wait('promo', 3);
    await house.start();
    house.held.set('promo', 'b');
    await pass(4_000);
    expect(house.log).toEqual(['a posts to promo at 0', 'trouble in promo: another replica posts to promo now at 1']);
  });
});

describe('a stop', () => {
  it('finishes the message under way, gives up the lease and begins nothing more', async () => {
    const house = openHouse();
    let answer = (): void => {};
    const underWay = new Promise<Drained>((resolve) => {
      answer = () => resolve({ sent: true });
    });
    house.wait('promo', [() => underWay, { sent: true }]);
    const poster = await house.start();
    expect(poster.busy()).toBe(true);
    let isStopped = false;
    const stopped = poster.stop().then(() => {
      isStopped = true;
    });
    await pass(9_000);
    expect(isStopped).toBe(false);
    answer();
    await pass(1_000);
    await stopped;
    expect(house.held.size).toBe(0);
    expect(poster.busy()).toBe(false);
    poster.wake();
    await pass(10_000);
    expect(house.log).toEqual([]);
  });
});
