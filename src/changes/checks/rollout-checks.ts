import type { RolloutPolicy } from '../policy.ts';
import { shortestBakeMs, waitsMs } from '../rollout.ts';
import { alarmPeriodSeconds } from '../steps/guard-alarms.ts';
import { type Checked, passed, stopped } from './checked.ts';

const minuteMs = 60_000;
/** SageMaker's bounds: MaximumExecutionTimeoutInSeconds 600 to 28,800, waits 0 to 3,600, alarms at most 10. */
const timeoutMs = { least: 10 * minuteMs, most: 480 * minuteMs };
const waitMostMs = 60 * minuteMs;
const alarmsMost = 10;
/** Largest canary; smallest and largest step of a linear rollout and batch of a rolling one. */
const shares = { canary: [0.01, 0.5], linear: [0.1, 0.5], rolling: [0.05, 0.5] } as const;

/** Will SageMaker take this rollout, and can anything stop it? `fleet` is the number of live instances. */
export function rolloutChecks(policy: RolloutPolicy, fleet: number): readonly Checked[] {
  return [
    hasAlarm(policy),
    fitsAlarmList(policy),
    movesAnInstance(policy, fleet),
    isWithinShares(policy),
    isWithinWaits(policy),
    fitsTimeout(policy),
    bakesLongEnough(policy),
  ];
}

/** The abort alarm does not count: it never fires by itself. */
function hasAlarm({ guards, alarms }: RolloutPolicy): Checked {
  const check = 'an alarm can stop it';
  if (guards.errorsShare !== undefined || guards.p99Ms !== undefined || alarms.length > 0) return passed(check);
  return stopped(
    check,
    'No alarm would stop this rollout, so nothing would bring the old version back.',
    'Write rollout.guards (errors, p99) or name standing alarms in rollout.alarms.',
  );
}

function fitsAlarmList({ guards, alarms }: RolloutPolicy): Checked {
  const check = 'alarms fit SageMaker’s list';
  const ours = 1 + [guards.errorsShare, guards.p99Ms].filter((guard) => guard !== undefined).length;
  if (ours + alarms.length <= alarmsMost) return passed(check);
  return stopped(
    check,
    `${ours + alarms.length} alarms, SageMaker watches at most ${alarmsMost}.`,
    `Name at most ${alarmsMost - ours} standing alarms in rollout.alarms.`,
  );
}

function movesAnInstance({ strategy, sizeShare }: RolloutPolicy, fleet: number): Checked {
  const check = 'a step is at least one instance';
  if (strategy === 'all-at-once' || sizeShare * fleet >= 1) return passed(check);
  const size = `${Math.round(sizeShare * 100)}\u00a0%`;
  const least = Math.ceil(100 / fleet);
  return stopped(
    check,
    `${size} of ${fleet} ${fleet === 1 ? 'instance' : 'instances'} is less than one instance.`,
    least <= 50 ? `Set rollout.size to at least ${least}%.` : 'Run at least 2 instances, or use strategy: all-at-once.',
  );
}

function isWithinShares({ strategy, sizeShare }: RolloutPolicy): Checked {
  const check = 'step size is within SageMaker’s bounds';
  if (strategy === 'all-at-once') return passed(check);
  const [least, most] = shares[strategy];
  if (sizeShare >= least && sizeShare <= most) return passed(check);
  return stopped(
    check,
    `SageMaker takes ${least * 100} to ${most * 100}\u00a0% as the size of a ${strategy} step.`,
    `Set rollout.size to ${least * 100}% to ${most * 100}%.`,
  );
}

function isWithinWaits(policy: RolloutPolicy): Checked {
  const check = 'waits are within SageMaker’s bounds';
  if (Math.max(policy.bakeMs, policy.keepOldForMs) <= waitMostMs) return passed(check);
  return stopped(
    check,
    'SageMaker bakes for at most 1\u00a0h.',
    'Set rollout.bake and rollout.keepOldFor to 60m at most.',
  );
}

function fitsTimeout(policy: RolloutPolicy): Checked {
  const check = 'waits fit the timeout';
  const needed = waitsMs(policy);
  const allowed = policy.timeoutMs >= timeoutMs.least && policy.timeoutMs <= timeoutMs.most;
  if (allowed && needed < policy.timeoutMs) return passed(check);
  return stopped(
    check,
    `The waits take ${minutes(needed)}, the rollout is given up after ${minutes(policy.timeoutMs)}.`,
    `Set rollout.timeout above ${minutes(needed)}, between 10\u00a0min and 8\u00a0h.`,
  );
}

/** Our guards watch at least one period, in a bake. */
function bakesLongEnough(policy: RolloutPolicy): Checked {
  const check = 'bakes are long enough for an alarm';
  if (shortestBakeMs(policy) >= alarmPeriodSeconds * 1_000) return passed(check);
  return stopped(
    check,
    'Alarms look once a minute and act only during bakes; this rollout does not bake that long.',
    policy.strategy === 'all-at-once' ? 'Set rollout.keepOldFor to at least 1m.' : 'Set rollout.bake to at least 1m.',
  );
}

function minutes(ms: number): string {
  return `${Math.round(ms / minuteMs)}\u00a0min`;
}
