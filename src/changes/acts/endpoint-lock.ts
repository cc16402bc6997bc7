import { type Put, put, type Versioned } from '../../ledger/kind.ts';
import { type EndpointLock, EndpointLocks } from '../change.ts';
import type { Plan } from '../plan.ts';
import { type ChangePolicy, endpointKey } from '../policy.ts';
import type { ChangeRefusal } from '../refusal.ts';
import type { ChangeDeps } from './change-deps.ts';

/** The lock of a model's endpoint, free if it was never taken. */
export async function readLock(deps: ChangeDeps, policy: ChangePolicy): Promise<Versioned<EndpointLock>> {
  return await lockOf(deps, endpointKey(policy));
}

/** The lock that a change was started under, wherever the configuration has moved its model since. */
export async function readLockOfPlan(deps: ChangeDeps, policy: ChangePolicy, plan: Plan) {
  return await lockOf(deps, keyOfPlan(plan, policy));
}

/** The endpoint that a plan was made for; today’s where the plan does not say. */
export function keyOfPlan(plan: Plan, policy: ChangePolicy): string {
  return plan.endpointKey ?? endpointKey(policy);
}

async function lockOf(deps: ChangeDeps, endpoint: string): Promise<Versioned<EndpointLock>> {
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
