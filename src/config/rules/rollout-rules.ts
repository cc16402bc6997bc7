import { spanText } from '../../kernel/time.ts';
import type { DraftModel } from '../draft.ts';
import type { ModelRule } from './rule.ts';

type Rollout = NonNullable<DraftModel['rollout']>;

/** SageMaker takes ten alarms; one of them is the abort alarm that every plan makes. */
const mostAlarms = 10;

/** A step of less than one instance cannot be made. The slack covers shares that binary numbers miss by a hair. */
export const stepsAreWholeInstances: ModelRule = ({ rollout, serving }, at) => {
  if (!rollout || !serving || rollout.strategy === 'all-at-once') return [];
  if (rollout.sizeShare * serving.instances >= 1 - 1e-9) return [];
  const percent = Number((rollout.sizeShare * 100).toPrecision(6));
  const least = Math.ceil(1 / rollout.sizeShare - 1e-9);
  return [
    {
      path: `${at}.rollout.size`,
      sentence: `${percent}% of ${serving.instances} instances is less than one. Use a larger share, or ${least} instances.`,
      from: [`${at}.rollout.size`, `${at}.rollout.strategy`, `${at}.serving.instances`],
    },
  ];
};

/** SageMaker's smallest steps of the other strategies. */
const leastShare = { canary: 0, 'all-at-once': 0, linear: 0.1, rolling: 0.05 } as const;

/** A linear step is 10 % to 50 %, a rolling batch 5 % to 50 %. */
export const stepsAreLargeEnough: ModelRule = ({ rollout }, at) => {
  if (!rollout || rollout.sizeShare >= leastShare[rollout.strategy]) return [];
  const percent = leastShare[rollout.strategy] * 100;
  return [
    {
      path: `${at}.rollout.size`,
      sentence: `SageMaker takes at least ${percent}% with strategy ${rollout.strategy}.`,
      from: [`${at}.rollout.size`, `${at}.rollout.strategy`],
    },
  ];
};

/** SageMaker goes back when its time is over, however healthy the rollout is. */
export const waitsFitTheTimeout: ModelRule = ({ rollout }, at) => {
  if (!rollout) return [];
  const waits = waitsOf(rollout);
  if (waits < rollout.timeoutMs) return [];
  const { strategy } = rollout;
  return [
    {
      path: `${at}.rollout.timeout`,
      sentence: `The waits of a ${strategy} rollout take ${spanText(waits)}. Write a longer timeout.`,
      from: ['timeout', 'bake', 'keepOldFor', 'size', 'strategy'].map((key) => `${at}.rollout.${key}`),
    },
  ];
};

/** Bakes between the steps, then the time that the old fleet is kept. A rolling update has no old fleet to keep. */
function waitsOf({ strategy, sizeShare, bakeMs, keepOldForMs }: Rollout): number {
  const steps = Math.ceil(1 / sizeShare - 1e-9);
  if (strategy === 'canary') return bakeMs + keepOldForMs;
  if (strategy === 'linear') return (steps - 1) * bakeMs + keepOldForMs;
  return strategy === 'rolling' ? steps * bakeMs : keepOldForMs;
}

/** Without an alarm nothing would ever make a rollout go back. */
export const somethingWatches: ModelRule = ({ rollout }, at) => {
  if (!rollout) return [];
  const from = [`${at}.rollout.guards`, `${at}.rollout.alarms`];
  const guards = [rollout.guards.errorsShare, rollout.guards.p99Ms].filter((limit) => limit !== undefined).length;
  if (guards + rollout.alarms.length === 0) {
    const sentence = 'Nothing watches the rollout. Write a guard (errors, p99) or name a standing alarm.';
    return [{ path: `${at}.rollout.guards`, sentence, from }];
  }
  const room = mostAlarms - 1 - guards;
  if (rollout.alarms.length <= room) return [];
  const sentence = `SageMaker takes ${mostAlarms} alarms. Beside the guards and the abort alarm there is room for ${room}.`;
  return [{ path: `${at}.rollout.alarms`, sentence, from }];
};
