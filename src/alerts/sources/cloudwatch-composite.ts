import type { Alert } from '../alert.ts';
import type { ParsedBody } from '../body.ts';
import { AlarmBody, alarmFacts } from '../cloudwatch-shape.ts';

/** A CloudWatch alarm over other alarms. It measures nothing itself, so that its reason is all there is to show. */
export function cloudWatchComposite(body: ParsedBody): Alert | undefined {
  const alarm = AlarmBody.safeParse(body.json).data;
  if (!alarm?.AlarmRule) return undefined;
  return {
    source: 'cloudwatch-composite',
    ...alarmFacts(alarm, body),
    what: 'composite alarm',
    endpoint: undefined,
    variant: undefined,
    model: undefined,
    value: undefined,
    limit: undefined,
    unit: 'none',
    datapoints: '',
  };
}
