import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { AlarmState, AwsGround } from '../service.ts';
import type { Alarm } from './alarm.ts';
import { awsTime } from './alarm-reason.ts';

/** The regions by the names that CloudWatch writes into messages. */
const regionNames: Readonly<Record<string, string>> = {
  'us-east-1': 'US East (N. Virginia)',
  'us-east-2': 'US East (Ohio)',
  'us-west-1': 'US West (N. California)',
  'us-west-2': 'US West (Oregon)',
  'ca-central-1': 'Canada (Central)',
  'eu-west-1': 'EU (Ireland)',
  'eu-west-2': 'EU (London)',
  'eu-west-3': 'EU (Paris)',
  'eu-central-1': 'EU (Frankfurt)',
  'eu-north-1': 'EU (Stockholm)',
  'ap-south-1': 'Asia Pacific (Mumbai)',
  'ap-southeast-1': 'Asia Pacific (Singapore)',
  'ap-southeast-2': 'Asia Pacific (Sydney)',
  'ap-northeast-1': 'Asia Pacific (Tokyo)',
  'ap-northeast-2': 'Asia Pacific (Seoul)',
  'sa-east-1': 'South America (Sao Paulo)',
};

/** What CloudWatch hands to SNS when an alarm changes state; the alarm given is the one after the change. */
export function alarmNotice(alarm: Alarm, oldState: AlarmState, ground: Pick<AwsGround, 'account' | 'region'>) {
  const region = regionNames[ground.region] ?? ground.region;
  return {
    subject: `${alarm.state}: "${alarm.name}" in ${region}`.slice(0, 99),
    body: JSON.stringify({
      AlarmName: alarm.name,
      AlarmDescription: alarm.input.AlarmDescription ?? null,
      AWSAccountId: ground.account,
      AlarmConfigurationUpdatedTimestamp: awsTime(alarm.configuredAt),
      NewStateValue: alarm.state,
      NewStateReason: alarm.reason,
      StateChangeTime: awsTime(alarm.since),
      Region: region,
      AlarmArn: alarm.arn,
      OldStateValue: oldState,
      OKActions: alarm.input.OKActions ?? [],
      AlarmActions: alarm.input.AlarmActions ?? [],
      InsufficientDataActions: alarm.input.InsufficientDataActions ?? [],
      Trigger: alarm.input.Metrics ? mathTrigger(alarm, alarm.input.Metrics) : metricTrigger(alarm),
    }),
  };
}

function metricTrigger({ input, rule }: Alarm): object {
  const statistic = input.Statistic
    ? { StatisticType: 'Statistic', Statistic: upperSnake(input.Statistic) }
    : { StatisticType: 'ExtendedStatistic', ExtendedStatistic: input.ExtendedStatistic };
  return {
    MetricName: input.MetricName,
    Namespace: input.Namespace,
    ...statistic,
    Unit: input.Unit ?? null,
    Dimensions: lowerCaseKeys(input.Dimensions),
    Period: rule.periodMs / 1_000,
    ...commonTrigger({ input, rule }),
  };
}

function mathTrigger({ input, rule }: Alarm, metrics: readonly MetricDataQuery[]): object {
  return {
    Period: rule.periodMs / 1_000,
    ...commonTrigger({ input, rule }),
    Metrics: metrics.map(mathMetric),
  };
}

function mathMetric({ MetricStat, ...query }: MetricDataQuery): object {
  if (!MetricStat) return { ...query, ReturnData: query.ReturnData !== false };
  const { Metric, Period, Stat } = MetricStat;
  const metric = {
    Dimensions: lowerCaseKeys(Metric?.Dimensions),
    MetricName: Metric?.MetricName,
    Namespace: Metric?.Namespace,
  };
  return { ...query, MetricStat: { Metric: metric, Period, Stat }, ReturnData: query.ReturnData !== false };
}

function commonTrigger({ input, rule }: Pick<Alarm, 'input' | 'rule'>): object {
  return {
    EvaluationPeriods: rule.evaluationPeriods,
    DatapointsToAlarm: rule.datapointsToAlarm,
    ComparisonOperator: rule.comparison,
    Threshold: rule.threshold,
    TreatMissingData: rule.treatMissingData,
    EvaluateLowSampleCountPercentile: input.EvaluateLowSampleCountPercentile ?? '',
  };
}

/** CloudWatch writes dimensions in the lower case here, and value before name. */
function lowerCaseKeys(dimensions: readonly { Name?: string | undefined; Value?: string | undefined }[] | undefined) {
  return (dimensions ?? []).map(({ Name, Value }) => ({ value: Value, name: Name }));
}

/** `SampleCount` is `SAMPLE_COUNT` in messages. */
function upperSnake(statistic: string): string {
  return statistic.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
}
