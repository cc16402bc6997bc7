import type { Ground } from './ground.ts';

const leaseMs = 60_000;

/** Runs `work` under a lease of the store; undefined when another holder is at it. */
export function makeUnderLease({ store, holder }: Pick<Ground, 'store' | 'holder'>) {
  return async function underLease<T>(name: string, work: () => Promise<T>): Promise<T | undefined> {
    const lease = await store.leases.take(name, holder, leaseMs);
    if (!lease) return undefined;
    try {
      return await work();
    } finally {
      await lease.release();
    }
  };
}
