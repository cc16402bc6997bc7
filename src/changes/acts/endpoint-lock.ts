import { type Put, put, type Versioned } from '../../ledger/kind.ts';
import { type EndpointLock, EndpointLocks } from '../change.ts';
import { type ChangePolicy, endpointKey } from '../policy.ts';
import type { ChangeRefusal } from '../refusal.ts';
import type { ChangeDeps } from './change-deps.ts';

/** The lock of a model's endpoint, free if it was never taken. */
export async function readLock(deps: ChangeDeps, policy: ChangePolicy): Promise<Versioned<EndpointLock>> {
  const endpoint = endpointKey(policy);
  return (await deps.find(EndpointLocks, endpoint)) ?? { value: { endpoint }, version: 0 };
}

export function busyWith(policy: ChangePolicy, holder: NonNullable<EndpointLock['holder']>): ChangeRefusal {
  const { change, by, since } = holder;
  return { kind: 'endpoint-busy', endpoint: policy.endpoint, holder: change, by: by.name, since };
}

/** Gives the lock back, if the change still has it. */
export function releasedLock(lock: Versioned<EndpointLock>, change: string): readonly Put[] {
  if (lock.value.holder?.change !== change) return [];
  return [put(EndpointLocks, { endpoint: lock.value.endpoint }, lock.version)];
}
