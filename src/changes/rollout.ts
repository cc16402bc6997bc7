import type { WireInput } from '../runner/wire-input.ts';
import type { Rollout } from './plan.ts';
import type { RolloutPolicy } from './policy.ts';

const minuteMs = 60_000;
/** SageMaker promises no times. It needs at least minutes to bring up a fleet, and is late for us after an hour. */
const bringUpMs = 2 * minuteMs;
const lateAfterMs = 60 * minuteMs;

/** How traffic moves when nothing is watched: at once, no bake, no alarms. */
export function switchAtOnce(): Rollout {
  const waits = { bakeMs: 0, keepOldForMs: 0, timeoutMs: 0 };
  return { strategy: 'all-at-once', ...waits, alarms: [], shortestMs: bringUpMs, longestMs: lateAfterMs };
}

/** The rollout that the policy asks for. */
export function guardedRollout(policy: RolloutPolicy, alarms: readonly string[], abortAlarm: string): Rollout {
  return {
    strategy: policy.strategy,
    ...(policy.strategy === 'all-at-once' ? {} : { sizeShare: policy.sizeShare }),
    bakeMs: policy.strategy === 'all-at-once' ? 0 : policy.bakeMs,
    keepOldForMs: policy.strategy === 'rolling' ? 0 : policy.keepOldForMs,
    timeoutMs: policy.timeoutMs,
    alarms: [...alarms],
    abortAlarm,
    shortestMs: bringUpMs + waitsMs(policy),
    longestMs: policy.timeoutMs,
  };
}

/** All waits together; SageMaker's own work comes on top. */
export function waitsMs(policy: RolloutPolicy): number {
  const steps = Math.ceil(1 / policy.sizeShare);
  switch (policy.strategy) {
    case 'all-at-once':
      return policy.keepOldForMs;
    case 'canary':
      return policy.bakeMs + policy.keepOldForMs;
    case 'linear':
      return (steps - 1) * policy.bakeMs + policy.keepOldForMs;
    case 'rolling':
      return steps * policy.bakeMs;
    default:
      return policy.strategy satisfies never;
  }
}

/** The shortest time in which alarms are watched at all; a guard that needs longer could not act in it. */
export function shortestBakeMs(policy: RolloutPolicy): number {
  const bakes = bakesMs(policy).filter((ms) => ms > 0);
  return bakes.length === 0 ? 0 : Math.min(...bakes);
}

/** The times in which alarms are watched while both fleets are up. Alarms act in no other. */
export function bakesMs(policy: RolloutPolicy): readonly number[] {
  switch (policy.strategy) {
    case 'all-at-once':
      return [policy.keepOldForMs];
    case 'canary':
    case 'linear':
      return [policy.bakeMs, policy.keepOldForMs];
    case 'rolling':
      return [policy.bakeMs];
    default:
      return policy.strategy satisfies never;
  }
}

/** The longest of them: an alarm that needs more can never stop this rollout. */
export function longestBakeMs(policy: RolloutPolicy): number {
  return Math.max(...bakesMs(policy));
}

/** `DeploymentConfig` of UpdateEndpoint. */
export function deploymentConfig(policy: RolloutPolicy, alarms: readonly string[]): WireInput {
  const back = { AutoRollbackConfiguration: { Alarms: alarms.map((name) => ({ AlarmName: name })) } };
  if (policy.strategy === 'rolling') return { RollingUpdatePolicy: rollingPolicy(policy), ...back };
  return {
    BlueGreenUpdatePolicy: {
      TrafficRoutingConfiguration: trafficRouting(policy),
      TerminationWaitInSeconds: seconds(policy.keepOldForMs),
      MaximumExecutionTimeoutInSeconds: seconds(policy.timeoutMs),
    },
    ...back,
  };
}

function rollingPolicy(policy: RolloutPolicy): WireInput {
  return {
    MaximumBatchSize: capacity(policy),
    WaitIntervalInSeconds: seconds(policy.bakeMs),
    MaximumExecutionTimeoutInSeconds: seconds(policy.timeoutMs),
  };
}

/** The wait is required by the API even where nothing waits. */
function trafficRouting(policy: RolloutPolicy): WireInput {
  const wait = { WaitIntervalInSeconds: seconds(policy.bakeMs) };
  switch (policy.strategy) {
    case 'canary':
      return { Type: 'CANARY', ...wait, CanarySize: capacity(policy) };
    case 'linear':
      return { Type: 'LINEAR', ...wait, LinearStepSize: capacity(policy) };
    default:
      return { Type: 'ALL_AT_ONCE', WaitIntervalInSeconds: 0 };
  }
}

function capacity(policy: RolloutPolicy): WireInput {
  return { Type: 'CAPACITY_PERCENT', Value: Math.round(policy.sizeShare * 100) };
}

function seconds(ms: number): number {
  return Math.round(ms / 1_000);
}
