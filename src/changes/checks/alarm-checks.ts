import type { AlarmShown } from '../aws-facts.ts';
import { type Checked, known, passed, stopped } from './checked.ts';

/** Does each standing alarm exist, is it OK now, has it data, and could it fire in time? */
export function standingAlarmChecks(
  names: readonly string[],
  alarms: readonly AlarmShown[],
  bakeMs: number,
): readonly Checked[] {
  return names.flatMap((name) => {
    const alarm = alarms.find((shown) => shown.name === name);
    if (!alarm) return [missing(name)];
    return [isQuiet(alarm), firesInTime(alarm, bakeMs), firesOnErrors(alarm)];
  });
}

function missing(name: string): Checked {
  return stopped(`alarm ${name}`, `There is no alarm ${name}.`, 'Make it, or take it out of rollout.alarms.');
}

function isQuiet({ name, state }: AlarmShown): Checked {
  const check = `alarm ${name} is OK`;
  if (state === 'OK') return passed(check);
  if (state === 'ALARM') {
    return stopped(
      check,
      `Alarm ${name} is firing. It would stop any rollout.`,
      'Wait for OK, or resolve its incident.',
    );
  }
  return stopped(
    check,
    `Alarm ${name} has no data, so it could not stop a rollout.`,
    'Check the metric that it watches.',
  );
}

/** SageMaker's own example of two periods of ten minutes can never fire in a bake of five. */
function firesInTime({ name, spanMs }: AlarmShown, bakeMs: number): Checked {
  const check = `alarm ${name} can fire in a bake`;
  if (spanMs === undefined || spanMs <= bakeMs) return passed(check);
  const minutes = (ms: number) => `${Math.round(ms / 60_000)}\u00a0min`;
  return stopped(
    check,
    `Alarm ${name} needs ${minutes(spanMs)} of trouble, the longest bake is ${minutes(bakeMs)}.`,
    'Shorten its period or datapoints, or bake longer.',
  );
}

/** The metrics are 0 or 1 per request, so an average of 1 means that every single call failed. */
function firesOnErrors({ name, metric, statistic, threshold }: AlarmShown): Checked {
  const check = `alarm ${name} fires on a share of errors`;
  const isErrorRate = /^Invocation(4XXErrors|5XXErrors|ModelErrors)$/.test(metric ?? '') && statistic === 'Average';
  if (!isErrorRate || threshold === undefined || threshold < 1) return passed(check);
  return known(
    check,
    `${name} fires only when every call fails (average of ${threshold}).`,
    `For 1\u00a0% set its threshold to 0.01.`,
  );
}
