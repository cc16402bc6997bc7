import { oneOf, patternForm } from '../forms/form.ts';
import { duration, share } from '../forms/quantities.ts';
import { listOf, section } from '../forms/section.ts';

const guards = section({
  errors: share({ from: '0.001%', to: '100%', example: '1%' })
    .optional()
    .describe('Share of failed calls of the new fleet above which the rollout goes back.'),
  p99: duration({ from: '1ms', to: '1h', example: '250ms' })
    .optional()
    .describe('p99 latency of the new fleet above which the rollout goes back.'),
}).transform(({ errors, p99 }) => ({ errorsShare: errors, p99Ms: p99 }));

const alarmName = () =>
  patternForm({ words: 'the name of an alarm', example: 'promo-latency-p99' }, /^[^\p{C}]{1,255}$/u);

/** How traffic moves to a new version. The bounds of times and shares are SageMaker's. */
export const rollout = section({
  strategy: oneOf(['canary', 'linear', 'rolling', 'all-at-once'])
    .prefault('canary')
    .describe('canary: a part, then all. linear: equal steps. rolling: instances in batches. all-at-once: no steps.'),
  size: share({ from: '1%', to: '50%', example: '50%' })
    .prefault('50%')
    .describe('Share of the fleet in the canary, a linear step or a batch. At least one instance.'),
  bake: duration({ from: '0s', to: '1h', example: '10m' })
    .prefault('10m')
    .describe('Wait after each step while the alarms are watched.'),
  keepOldFor: duration({ from: '0s', to: '1h', example: '10m' })
    .prefault('10m')
    .describe('How long the old fleet stays up after all traffic has moved, the alarms still watched.'),
  timeout: duration({ from: '10m', to: '8h', example: '60m' })
    .prefault('60m')
    .describe('When SageMaker gives up and goes back. Longer than all waits together.'),
  guards: guards
    .prefault({ errors: '1%', p99: '250ms' })
    .describe('Alarms that each plan makes for the new fleet. {} makes none.'),
  alarms: listOf(alarmName()).prefault([]).describe('Standing alarms that also make a rollout go back.'),
}).transform(({ size, bake, keepOldFor, timeout, ...rest }) => ({
  ...rest,
  sizeShare: size,
  bakeMs: bake,
  keepOldForMs: keepOldFor,
  timeoutMs: timeout,
}));
