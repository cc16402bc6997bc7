import { z } from 'zod';
import { Fault } from '../kernel/fault.ts';
import { type EpochMs, instant, type Now, wallNow } from '../kernel/time.ts';

const Reading = z.object({ base: z.number(), wallBase: z.number(), speed: z.number() });
type Reading = z.infer<typeof Reading>;

/** The domain clock of a world that owns it: follows the world's readings and extrapolates between them. */
export type FollowedClock = { readonly now: Now; readonly close: () => void };

const retryEveryMs = 200;

/**
 * Follows a world's clock: one reading now, then every change as the world tells it (a stream of JSON lines).
 * @throws {Fault} `clock-unreachable` when no first reading can be had
 */
export async function followClock(url: string): Promise<FollowedClock> {
  const stopped = new AbortController();
  let reading = await firstReading(url);
  const follow = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      await readStream(url, stopped.signal, (next) => {
        reading = next;
      }).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, retryEveryMs).unref());
    }
  };
  follow().catch(() => {});
  const now = (): EpochMs => instant(reading.base + (wallNow() - reading.wallBase) * reading.speed);
  return { now, close: () => stopped.abort() };
}

async function firstReading(url: string): Promise<Reading> {
  try {
    const answer = await fetch(url);
    return Reading.parse(await answer.json());
  } catch (cause) {
    throw new Fault('clock-unreachable', `The world's clock does not answer at ${url}`, { retryable: true, cause });
  }
}

async function readStream(url: string, signal: AbortSignal, tell: (reading: Reading) => void): Promise<void> {
  const answer = await fetch(`${url}/stream`, { signal });
  if (!answer.body) return;
  let rest = '';
  for await (const piece of answer.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim()) tell(Reading.parse(JSON.parse(line)));
  }
}
