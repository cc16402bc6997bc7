import { createTask, type ScheduledTask, schedule } from 'node-cron';
import type { EpochMs } from '../kernel/time.ts';
import type { Timer } from '../schedule/slot.ts';

/** One real heartbeat a second. `noOverlap`: a beat that takes longer is not doubled. */
export function startHeartbeat(beat: () => Promise<void>): { readonly stop: () => Promise<void> } {
  const task = schedule('* * * * * *', beat, { name: 'heartbeat', noOverlap: true });
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
