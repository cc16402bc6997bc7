import {
  type CloudWatchClient,
  type CompositeAlarm,
  DescribeAlarmsCommand,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import type { AlertState, SourceAnswer } from '../../alerts/alert.ts';
import { type Arn, parseArn } from '../../alerts/arn.ts';
import { instant } from '../../kernel/time.ts';

/** A card waits for this answer, so it is given up early; the alarm is asked again later. */
const answerWithinMs = 1_500;

const states: Readonly<Record<string, AlertState>> = { ALARM: 'firing', OK: 'ok', INSUFFICIENT_DATA: 'no-data' };

export type DescribeAlarmDeps = {
  /** The client of a configured account and region; undefined for any other, which is then never asked. */
  readonly clientFor: (place: Pick<Arn, 'account' | 'region'>) => CloudWatchClient | undefined;
  /** Told why CloudWatch gave no answer; the caller shows "reported, not confirmed". */
  readonly onTrouble: (alarmArn: string, error: unknown) => void;
};

/** Reads an alarm's state at CloudWatch itself: a message only says that somebody could publish to the topic. */
export function makeDescribeAlarm({ clientFor, onTrouble }: DescribeAlarmDeps) {
  return async function describeAlarm(alarmArn: string): Promise<SourceAnswer> {
    const arn = parseArn(alarmArn);
    const name = arn?.service === 'cloudwatch' ? /^alarm:(.+)$/s.exec(arn.resource)?.[1] : undefined;
    const client = arn && clientFor(arn);
    if (!client || name === undefined) return 'no-answer';
    try {
      const found = await client.send(
        new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }),
        { abortSignal: AbortSignal.timeout(answerWithinMs) },
      );
      const alarms = [...(found.MetricAlarms ?? []), ...(found.CompositeAlarms ?? [])];
      return answerOf(alarms.find((alarm) => alarm.AlarmArn === alarmArn));
    } catch (error) {
      onTrouble(alarmArn, error);
      return 'no-answer';
    }
  };
}

function answerOf(alarm: MetricAlarm | CompositeAlarm | undefined): SourceAnswer {
  const state = states[alarm?.StateValue ?? ''];
  // When the state began; the other stamp also moves when only the reason is renewed.
  const since = alarm?.StateTransitionedTimestamp ?? alarm?.StateUpdatedTimestamp;
  return state === undefined || since === undefined ? 'no-answer' : { state, since: instant(since.getTime()) };
}
