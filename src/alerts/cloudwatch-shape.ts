import { z } from 'zod';
import { type EpochMs, parseInstant } from '../kernel/time.ts';
import type { Alert, AlertState } from './alert.ts';
import { parseArn } from './arn.ts';
import type { ParsedBody } from './body.ts';
import { oneLine } from './foreign-text.ts';

const text = z.string().nullish().catch(undefined);
const count = z.number().nullish().catch(undefined);
const Dimensions = z
  .array(z.object({ name: z.string(), value: z.string() }))
  .nullish()
  .catch(undefined);

const MathPart = z.object({
  Id: z.string(),
  Expression: text,
  Label: text,
  ReturnData: z.boolean().nullish().catch(undefined),
  MetricStat: z
    .object({ Metric: z.object({ MetricName: z.string(), Namespace: text, Dimensions }), Period: count, Stat: text })
    .nullish()
    .catch(undefined),
});

/** What an alarm watches: one metric, or metric math in `Metrics`. */
const Trigger = z.object({
  MetricName: text,
  Namespace: text,
  Statistic: text,
  ExtendedStatistic: text,
  Dimensions,
  Period: count,
  EvaluationPeriods: count,
  DatapointsToAlarm: count,
  Threshold: count,
  Metrics: z.array(MathPart).nullish().catch(undefined),
});
export type Trigger = z.infer<typeof Trigger>;

/** The parts of CloudWatch's message that we read. AWS documents it only partly, so all but name and state may be missing or null. */
export const AlarmBody = z.object({
  AlarmName: z.string().min(1),
  NewStateValue: z.enum(['ALARM', 'OK', 'INSUFFICIENT_DATA']),
  NewStateReason: text,
  StateChangeTime: text,
  AWSAccountId: text,
  AlarmArn: text,
  AlarmRule: text,
  AlarmContributorId: text,
  Trigger: Trigger.nullish().catch(undefined),
});
export type AlarmBody = z.infer<typeof AlarmBody>;

const states = { ALARM: 'firing', OK: 'ok', INSUFFICIENT_DATA: 'no-data' } as const satisfies Record<
  string,
  AlertState
>;

/** What every alarm says, whatever it watches. */
export function alarmFacts(alarm: AlarmBody, body: ParsedBody) {
  const topic = parseArn(body.topic);
  const known = parseArn(alarm.AlarmArn ?? '');
  const account = known?.account ?? alarm.AWSAccountId ?? topic?.account ?? '';
  const region = known?.region ?? topic?.region ?? '';
  // Older messages carry no ARN. An alarm publishes to topics of its own account and region only, so it can be told.
  const told = `arn:${topic?.partition ?? 'aws'}:cloudwatch:${region}:${account}:alarm:${alarm.AlarmName}`;
  const alarmArn = oneLine(known ? (alarm.AlarmArn ?? told) : told, 600);
  return {
    alarmArn,
    key: alarm.AlarmContributorId ? `${alarmArn}#${oneLine(alarm.AlarmContributorId, 200)}` : alarmArn,
    alarmName: oneLine(alarm.AlarmName, 255),
    account: oneLine(account, 20),
    region,
    state: states[alarm.NewStateValue],
    stateAt: stateAt(alarm, body.sentAt),
    reason: oneLine(alarm.NewStateReason ?? '', 1_000),
  } satisfies Partial<Alert>;
}

function stateAt(alarm: AlarmBody, sentAt: EpochMs): EpochMs {
  return parseInstant(alarm.StateChangeTime ?? '') ?? sentAt;
}
