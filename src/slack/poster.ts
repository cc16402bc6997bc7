import { Fault } from '../kernel/fault.ts';
import { type EpochMs, type Now, plus } from '../kernel/time.ts';
import type { Drained } from '../outbox/acts/post-cards.ts';
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
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    const channels = await deps.channelsDue();
    for (const channel of channels) {
      if (stopping || running.has(channel) || (quietUntil.get(channel) ?? 0) > deps.wall()) continue;
      running.set(
        channel,
        drain(channel).finally(() => running.delete(channel)),
      );
    }
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
      quietUntil.set(
        channel,
        plus(deps.wall(), error instanceof RateLimited ? error.retryAfterMs : pauseAfterTroubleMs),
      );
      wakeAt(quietUntil.get(channel));
      if (!(error instanceof RateLimited)) deps.onTrouble(channel, error);
    }
  }

  async function drainUnderLease(channel: string, renew: () => Promise<boolean>): Promise<void> {
    while (!stopping) {
      const startedAt = deps.wall();
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

  function wake(): void {
    if (stopping) return;
    clearTimeout(timer);
    looking = look()
      .catch((error: unknown) => deps.onTrouble('all channels', error))
      .finally(() => {
        if (!stopping) timer = setTimeout(wake, deps.pollEveryMs).unref();
      });
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
