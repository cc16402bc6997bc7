import type { Intent } from '../runner/intent.ts';
import type { Change } from './change.ts';
import { abortPush } from './steps/guard-alarms.ts';

/** The intent of step `step` of a change; undefined past the last one. */
export function stepIntent(change: Change, step: number): Intent | undefined {
  const wanted = change.plan.steps[step];
  if (!wanted) return undefined;
  const { operation, input, says } = wanted;
  return { ...intentOf(change, stepIntentId(change, step)), operation, input, says };
}

export function stepIntentId(change: Change, step: number): string {
  return `${change.id}.${step}`;
}

/** Trips the abort alarm, for the `push`th time. Twice does no harm. */
export function abortIntent(change: Change, push: number): Intent {
  const input = abortPush(change.plan.endpoint, change.id);
  const base = intentOf(change, `${change.id}.abort-${push}`);
  return { ...base, operation: 'cloudwatch:PutMetricData', input, says: 'trip the abort alarm' };
}

function intentOf({ id, model, requestId }: Change, intent: string): Omit<Intent, 'operation' | 'input' | 'says'> {
  return { id: intent, subject: { kind: 'change', id }, model, requestId, state: { kind: 'wanted', refusals: 0 } };
}
