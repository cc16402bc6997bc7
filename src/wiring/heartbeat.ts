import { createTask, type ScheduledTask, schedule } from 'node-cron';
import type { EpochMs } from '../kernel/time.ts';
import type { Timer } from '../schedule/slot.ts';

/**
 * That a beat is late or still at work is no news of its own: readiness tells when the heart stands still. Without this
 * node-cron writes lines of its own between the JSON of the log.
 */
const quiet = { info: () => {}, warn: () => {}, debug: () => {}, error: () => {} };

/** One real heartbeat a second. `noOverlap`: a beat that takes longer is not doubled. A beat that throws ends nothing. */
export function startHeartbeat(beat: () => Promise<void>): { readonly stop: () => Promise<void> } {
  const task = schedule('* * * * * *', beat, { name: 'heartbeat', noOverlap: true, logger: quiet });
  return {
    stop: async () => {
      await task.stop();
      await task.destroy();
    },
  };
}

/** Does this minute match the timer's expression in its zone? The tasks are made once and never started. */
export function makeMatches(): (timer: Timer, minute: EpochMs) => boolean {
  const tasks = new Map<string, ScheduledTask>();
  return (timer, minute) => {
    const key = `${timer.timezone} ${timer.expression}`;
    const task = tasks.get(key) ?? createTask(timer.expression, () => {}, { timezone: timer.timezone });
    tasks.set(key, task);
    return task.match(new Date(minute));
  };
}
