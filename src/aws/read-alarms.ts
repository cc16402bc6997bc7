import {
  type CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import type { AlarmFiring, AlarmShown, AwsReads } from '../changes/aws-facts.ts';
import { asking } from './aws-fault.ts';
import { toWire, without } from './wire.ts';

/** Metric alarms by name; those that do not exist are left out. Composite alarms are undocumented as guards. */
export function makeReadAlarms(cloudWatch: CloudWatchClient): AwsReads['readAlarms'] {
  return async function readAlarms(names) {
    if (names.length === 0) return [];
    const answer = await asking('cloudwatch:DescribeAlarms', () =>
      cloudWatch.send(
        new DescribeAlarmsCommand({ AlarmNames: [...names], AlarmTypes: ['MetricAlarm'], MaxRecords: 100 }),
      ),
    );
    return (answer.MetricAlarms ?? []).map(alarmShown);
  };
}

/** What changes by itself or without changing what the alarm watches. */
const notDefinition = [
  'AlarmArn',
  'AlarmConfigurationUpdatedTimestamp',
  'AlarmDescription',
  'StateValue',
  'StateReason',
  'StateReasonData',
  'StateUpdatedTimestamp',
  'StateTransitionedTimestamp',
  'EvaluationState',
];

function alarmShown(alarm: MetricAlarm): AlarmShown {
  const { Period, DatapointsToAlarm, EvaluationPeriods } = alarm;
  const datapoints = DatapointsToAlarm ?? EvaluationPeriods;
  return {
    name: alarm.AlarmName ?? '',
    state: alarm.StateValue ?? 'INSUFFICIENT_DATA',
    since: (alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp)?.getTime(),
    reason: alarm.StateReason,
    metric: alarm.MetricName,
    statistic: alarm.Statistic ?? alarm.ExtendedStatistic,
    threshold: alarm.Threshold,
    spanMs: Period === undefined || datapoints === undefined ? undefined : Period * datapoints * 1_000,
    missingData: alarm.TreatMissingData,
    definition: without(toWire(alarm), ...notDefinition),
  };
}

const HistoryData = z.object({
  oldState: z.object({ stateValue: z.string() }).optional(),
  newState: z.object({ stateValue: z.string(), stateReason: z.string().optional() }),
});

/** Every time that one of the alarms went into ALARM since an instant, oldest first. */
export function makeReadFirings(cloudWatch: CloudWatchClient): AwsReads['readFirings'] {
  return async function readFirings(names, since) {
    const each = await Promise.all(names.map((name) => firingsOf(cloudWatch, name, since)));
    return each.flat().sort((a, b) => a.at - b.at);
  };
}

async function firingsOf(cloudWatch: CloudWatchClient, name: string, since: number): Promise<readonly AlarmFiring[]> {
  const answer = await asking('cloudwatch:DescribeAlarmHistory', () =>
    cloudWatch.send(
      new DescribeAlarmHistoryCommand({
        AlarmName: name,
        HistoryItemType: 'StateUpdate',
        StartDate: new Date(since),
        MaxRecords: 100,
      }),
    ),
  );
  return (answer.AlarmHistoryItems ?? []).flatMap((item): AlarmFiring[] => {
    const state = HistoryData.safeParse(jsonOf(item.HistoryData)).data?.newState;
    if (state?.stateValue !== 'ALARM' || !item.Timestamp) return [];
    return [{ name, at: item.Timestamp.getTime(), reason: state.stateReason }];
  });
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
