import type { PlainDoor } from './http-server.ts';

/** How the bot is doing, for `/readyz` and for whoever waits until it is quiet. */
export type Readiness = {
  readonly startedAt: number;
  readonly beats: number;
  readonly lastBeatAt: number;
  /** Domain instant of the last beat. */
  readonly lastBeatDomain: number;
  readonly commits: number;
  /** Work that is due now, one line each. */
  readonly pending: readonly string[];
};

const beatEveryMs = 1_000;

export const healthz: PlainDoor = () => Promise.resolve({ status: 200, body: 'alive\n' });

/**
 * Ready: the store takes a write, the outbox can be read, and the heart has beaten within two intervals. The
 * answer is public, beside Slack's door, so it says no more than that; why not is in the log.
 */
export function makeReadyz(deps: {
  readonly ping: () => Promise<void>;
  readonly readiness: () => Promise<Pick<Readiness, 'startedAt' | 'beats' | 'lastBeatAt'>>;
  readonly now: () => number;
  readonly onTrouble: (error: unknown) => void;
}): PlainDoor {
  return async () => {
    try {
      await deps.ping();
      const readiness = await deps.readiness();
      const late = deps.now() - Math.max(readiness.lastBeatAt, readiness.startedAt) > 2 * beatEveryMs + 3_000;
      return { status: late ? 503 : 200, body: `${JSON.stringify({ ready: !late, beats: readiness.beats })}\n` };
    } catch (error) {
      deps.onTrouble(error);
      return { status: 503, body: `${JSON.stringify({ ready: false })}\n` };
    }
  };
}
