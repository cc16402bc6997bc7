import type { MetricDataQuery, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { EpochMs } from '../../../kernel/time.ts';
import type { AlarmState } from '../service.ts';
import type { MetricIdentity } from './series.ts';
import type { Statistic } from './statistics.ts';

export type Comparison =
  | 'GreaterThanThreshold'
  | 'GreaterThanOrEqualToThreshold'
  | 'LessThanThreshold'
  | 'LessThanOrEqualToThreshold';
export type TreatMissingData = 'missing' | 'notBreaching' | 'breaching' | 'ignore';

/** What an alarm looks at: one metric, or one line of metric math. */
export type Watch =
  | { readonly kind: 'metric'; readonly metric: MetricIdentity; readonly unit?: string; readonly statistic: Statistic }
  | { readonly kind: 'math'; readonly queries: readonly MetricDataQuery[]; readonly result: string };

/** What decides an alarm's state, read out of `PutMetricAlarm`. */
export type AlarmRule = {
  readonly watch: Watch;
  readonly periodMs: number;
  /** N: how many periods are looked at. */
  readonly evaluationPeriods: number;
  /** M: how many of them must breach. */
  readonly datapointsToAlarm: number;
  readonly threshold: number;
  readonly comparison: Comparison;
  readonly treatMissingData: TreatMissingData;
  readonly lowSampleCount: 'evaluate' | 'ignore';
};

/** An alarm as it stands. Everything but the input and the rule changes as the world goes on. */
export type Alarm = {
  readonly name: string;
  readonly arn: string;
  readonly input: PutMetricAlarmInput;
  readonly rule: AlarmRule;
  readonly actionsEnabled: boolean;
  readonly configuredAt: EpochMs;
  readonly state: AlarmState;
  readonly reason: string;
  readonly reasonData?: string;
  /** When the state was last set, even to the same value. */
  readonly updatedAt: EpochMs;
  /** When the state last changed. */
  readonly since: EpochMs;
};
