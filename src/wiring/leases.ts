import type { Ground } from './ground.ts';

/** Runs `work` under a lease of the store; undefined when another holder is at it. */
export function makeUnderLease({ store, holder, config }: Pick<Ground, 'store' | 'holder' | 'config'>) {
  return async function underLease<T>(name: string, work: () => Promise<T>): Promise<T | undefined> {
    const lease = await store.leases.take(name, holder, config.store.leaseMs);
    if (!lease) return undefined;
    try {
      return await work();
    } finally {
      await lease.release();
    }
  };
}
