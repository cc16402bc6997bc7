import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from '../kernel/fault.ts';
import { codeOf, storeFault } from './store-fault.ts';

/** Under contention the tries take at most 2 s in all; then the caller is told, rather than kept waiting. */
const triesMost = 8;
const firstPauseMs = 10;
const longestPauseMs = 500;

/** Runs one call. Conflicts and throttling are tried again with jittered back-off; every error leaves as a Fault. */
export async function attempt<T>(doing: string, run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      const fault = storeFault(error, doing);
      if (tries === triesMost || !isOvercrowded(fault)) throw fault;
      await pause(Math.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** tries));
    }
  }
}

/** As `attempt`, for a write that carries a condition: undefined when the condition did not hold. */
export async function ifHolds<T>(doing: string, run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await attempt(doing, run);
  } catch (error) {
    if (codeOf(error) === 'store-condition-unmet') return undefined;
    throw error;
  }
}

function isOvercrowded(fault: Fault): boolean {
  return fault.code === 'store-busy' || fault.code === 'store-throttled';
}
