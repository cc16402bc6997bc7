import type { MetricDataQuery, PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import { AwsError } from '../service.ts';
import type { AlarmRule, Comparison, TreatMissingData, Watch } from './alarm.ts';
import { checkPeriod, checkQueries, dimensionsOf } from './queries.ts';
import { parseStatistic, type Statistic } from './statistics.ts';

const comparisons: readonly Comparison[] = [
  'GreaterThanThreshold',
  'GreaterThanOrEqualToThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
];
const missing: readonly TreatMissingData[] = ['missing', 'notBreaching', 'breaching', 'ignore'];
const daySeconds = 86_400;
const weekSeconds = 7 * daySeconds;
const maxActions = 5;
const maxMathMetrics = 10;

/** Reads `PutMetricAlarm` under CloudWatch's rules. @throws {AwsError} `ValidationError` that names the parameter */
export function readAlarmRule(input: PutMetricAlarmInput): AlarmRule {
  checkName(input.AlarmName ?? '');
  for (const actions of [input.OKActions, input.AlarmActions, input.InsufficientDataActions]) checkActions(actions);
  refuseWhatIsNotBuilt(input);
  const watch = input.Metrics ? mathWatch(input, input.Metrics) : metricWatch(input);
  const periodSeconds = checkPeriod(input.Metrics ? mathPeriod(input.Metrics) : input.Period);
  if (periodSeconds < 10) throw invalid('Period must be 10, 20, 30 or a multiple of 60');
  const evaluationPeriods = wholeNumber('EvaluationPeriods', input.EvaluationPeriods);
  const datapointsToAlarm = wholeNumber('DatapointsToAlarm', input.DatapointsToAlarm ?? evaluationPeriods);
  if (datapointsToAlarm > evaluationPeriods) {
    throw invalid('DatapointsToAlarm must be less than or equal to EvaluationPeriods');
  }
  checkSpan(periodSeconds, evaluationPeriods);
  return {
    watch,
    periodMs: periodSeconds * 1_000,
    evaluationPeriods,
    datapointsToAlarm,
    threshold: finite(input.Threshold),
    comparison: oneOf('ComparisonOperator', input.ComparisonOperator, comparisons),
    treatMissingData: oneOf('TreatMissingData', input.TreatMissingData ?? 'missing', missing),
    lowSampleCount: oneOf('EvaluateLowSampleCountPercentile', input.EvaluateLowSampleCountPercentile ?? 'evaluate', [
      'evaluate',
      'ignore',
    ] as const),
  };
}

function metricWatch(input: PutMetricAlarmInput): Watch {
  if (!input.MetricName || !input.Namespace) throw invalid('MetricName and Namespace are required');
  const unit = input.Unit === undefined ? {} : { unit: input.Unit };
  const metric = {
    namespace: input.Namespace,
    metric: input.MetricName,
    dimensions: dimensionsOf(input.Dimensions),
  };
  return { kind: 'metric', metric, ...unit, statistic: statisticIn(input) };
}

function statisticIn(input: PutMetricAlarmInput): Statistic {
  if ((input.Statistic === undefined) === (input.ExtendedStatistic === undefined)) {
    throw invalid('Exactly one of Statistic and ExtendedStatistic must be specified');
  }
  const statistic = parseStatistic(input.Statistic ?? input.ExtendedStatistic ?? '');
  const isPercentile = statistic?.kind === 'percentile';
  if (!statistic || isPercentile !== (input.Statistic === undefined)) {
    throw invalid(`The statistic ${input.Statistic ?? input.ExtendedStatistic} is not supported`);
  }
  if (!isPercentile && input.EvaluateLowSampleCountPercentile !== undefined) {
    throw invalid('EvaluateLowSampleCountPercentile is only valid for percentile statistics');
  }
  return statistic;
}

function mathWatch(input: PutMetricAlarmInput, queries: readonly MetricDataQuery[]): Watch {
  const alone = ['MetricName', 'Namespace', 'Statistic', 'ExtendedStatistic', 'Period', 'Dimensions', 'Unit'] as const;
  for (const name of alone) {
    if (input[name] !== undefined) throw invalid(`${name} must not be specified together with Metrics`);
  }
  if (queries.length > maxMathMetrics) throw invalid(`Metrics must not have more than ${maxMathMetrics} elements`);
  checkQueries(queries);
  const results = queries.filter((query) => query.ReturnData !== false);
  const result = results[0]?.Id;
  if (results.length !== 1 || result === undefined) throw invalid('Exactly one element of Metrics must return data');
  return { kind: 'math', queries, result };
}

function mathPeriod(queries: readonly MetricDataQuery[]): number | undefined {
  return Math.max(0, ...queries.map((query) => query.MetricStat?.Period ?? query.Period ?? 0)) || undefined;
}

function refuseWhatIsNotBuilt(input: PutMetricAlarmInput): void {
  const named: readonly (keyof PutMetricAlarmInput)[] = [
    'ThresholdMetricId',
    'EvaluationWindow',
    'EvaluationCriteria',
    'EvaluationInterval',
    'WarmUpConfiguration',
    'ActionConfiguration',
  ];
  for (const name of named) {
    if (input[name] !== undefined) throw invalid(`The local CloudWatch does not evaluate alarms with ${name}`);
  }
}

function checkName(name: string): void {
  if (name.length < 1 || name.length > 255) throw invalid('AlarmName must have 1 to 255 characters');
}

function checkActions(actions: readonly string[] | undefined): void {
  if ((actions?.length ?? 0) > maxActions) throw invalid(`At most ${maxActions} actions are allowed per state`);
  const strange = actions?.find((action) => !/^arn:aws[a-z-]*:[a-z0-9-]+:/.test(action));
  if (strange !== undefined) throw invalid(`Invalid action ${strange}: it must be an ARN`);
}

/** A day for short periods; alarms with periods of an hour or more may look back a week. */
function checkSpan(periodSeconds: number, evaluationPeriods: number): void {
  const limit = periodSeconds >= 3_600 ? weekSeconds : daySeconds;
  if (periodSeconds * evaluationPeriods > limit) {
    throw invalid(`Metrics cannot be checked across more than ${limit} seconds (EvaluationPeriods * Period)`);
  }
}

function wholeNumber(name: string, value: number | undefined): number {
  if (value === undefined || !Number.isInteger(value) || value < 1) throw invalid(`${name} must be 1 or more`);
  return value;
}

function finite(value: number | undefined): number {
  if (value === undefined || !Number.isFinite(value)) throw invalid('Threshold is required');
  return value;
}

function oneOf<Word extends string>(name: string, value: string | undefined, words: readonly Word[]): Word {
  const found = words.find((word) => word === value);
  if (found === undefined) throw invalid(`The value ${value} for parameter ${name} must be one of ${words.join(', ')}`);
  return found;
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
