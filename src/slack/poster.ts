import { Fault } from '../kernel/fault.ts';
import { type EpochMs, type Now, plus } from '../kernel/time.ts';
import type { Drained } from '../outbox/acts/outbox-deps.ts';
import { RateLimited } from './slack-fault.ts';

export type PosterDeps = {
  /** Channels that have something to post. */
  readonly channelsDue: () => Promise<readonly string[]>;
  readonly postNext: (channel: string) => Promise<Drained>;
  /** The channel's lease: one poster per channel among all replicas. Undefined when another holds it. */
  readonly takeLease: (
    channel: string,
  ) => Promise<{ readonly renew: () => Promise<boolean>; readonly release: () => Promise<void> } | undefined>;
  readonly wall: Now;
  /** Slack's pace: the shortest time between two messages of one channel. */
  readonly postEveryMs: number;
  /** How often the store is asked when nobody woke the poster. */
  readonly pollEveryMs: number;
  readonly onTrouble: (channel: string, error: unknown) => void;
};

/** The poster: wakes on a signal or a poll, and brings every channel with work up to date at Slack's pace. */
export type Poster = {
  readonly wake: () => void;
  /** Finishes the message under way, gives up the leases, and resolves. */
  readonly stop: () => Promise<void>;
  /** True while a channel is being brought up to date. */
  readonly busy: () => boolean;
};

const pauseAfterTroubleMs = 5_000;

export function startPoster(deps: PosterDeps): Poster {
  const running = new Map<string, Promise<void>>();
  const quietUntil = new Map<string, EpochMs>();
  /** Channels that somebody wanted looked at while they were being worked on. */
  const wantedAgain = new Set<string>();
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let isWoken = false;

  async function look(): Promise<void> {
    for (const channel of await deps.channelsDue()) {
      if (stopping || (quietUntil.get(channel) ?? 0) > deps.wall()) continue;
      if (running.has(channel)) wantedAgain.add(channel);
      else running.set(channel, work(channel));
    }
  }

  /** What became due between the last look at the channel and the end of the lease is looked at right away. */
  async function work(channel: string): Promise<void> {
    wantedAgain.delete(channel);
    await drain(channel);
    running.delete(channel);
    if (wantedAgain.delete(channel)) wake();
  }

  async function drain(channel: string): Promise<void> {
    try {
      const lease = await deps.takeLease(channel);
      if (!lease) return;
      try {
        await drainUnderLease(channel, lease.renew);
      } finally {
        await lease.release();
      }
    } catch (error) {
      const pauseMs = error instanceof RateLimited ? error.retryAfterMs : pauseAfterTroubleMs;
      const until = plus(deps.wall(), pauseMs);
      quietUntil.set(channel, until);
      wakeAt(until);
      if (!(error instanceof RateLimited)) deps.onTrouble(channel, error);
    }
  }

  async function drainUnderLease(channel: string, renew: () => Promise<boolean>): Promise<void> {
    while (!stopping) {
      const startedAt = deps.wall();
      wantedAgain.delete(channel);
      const drained = await deps.postNext(channel);
      if (!drained.sent) {
        wakeAt(drained.waitUntil);
        return;
      }
      await pause(startedAt + deps.postEveryMs - deps.wall());
      if (!(await renew()))
        throw new Fault('lease-lost', `another replica posts to ${channel} now`, { retryable: true });
    }
  }

  function wakeAt(at: EpochMs | undefined): void {
    if (at === undefined) return;
    setTimeout(wake, Math.max(0, at - deps.wall())).unref();
  }

  /** One look at a time. A wake during a look makes one more after it, for what that look came too early to see. */
  function wake(): void {
    if (stopping) return;
    isWoken = true;
    looking ??= lookWhileWoken();
  }

  async function lookWhileWoken(): Promise<void> {
    clearTimeout(timer);
    while (isWoken && !stopping) {
      isWoken = false;
      await look().catch((error: unknown) => deps.onTrouble('all channels', error));
    }
    looking = undefined;
    if (!stopping) timer = setTimeout(wake, deps.pollEveryMs).unref();
  }

  wake();
  return {
    wake,
    busy: () => running.size > 0,
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      await looking;
      await Promise.allSettled(running.values());
    },
  };
}

function pause(ms: number): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}
