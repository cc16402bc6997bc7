import type { WireInput } from '../../runner/wire-input.ts';
import type { Step } from '../plan.ts';
import type { RolloutPolicy } from '../policy.ts';
import type { StepSubject } from './model-steps.ts';

/** SageMaker publishes invocation metrics once a minute. */
export const alarmPeriodSeconds = 60;
export const abortNamespace = 'Understudy/Changes';
export const abortMetric = 'AbortDeployment';
const microsecondsPerMs = 1_000;

/** Where an alarm of ours looks: the new fleet alone, known by the name of its config. */
export type Watched = { readonly endpoint: string; readonly variant: string; readonly subject: StepSubject };

/** How many of how many minutes have to be bad. All that are looked at fit into the shortest bake. */
export function datapoints(bakeMs: number): { readonly toAlarm: number; readonly evaluated: number } {
  const periods = Math.floor(bakeMs / (alarmPeriodSeconds * 1_000));
  return periods < 2 ? { toAlarm: 1, evaluated: 1 } : { toAlarm: 2, evaluated: Math.min(3, periods) };
}

/** The alarms that a plan makes for its own rollout: errors and p99 as the policy asks, and one for the Abort button. */
export function guardAlarmSteps(watched: Watched, guards: RolloutPolicy['guards'], bakeMs: number): readonly Step[] {
  return [
    ...(guards.errorsShare === undefined ? [] : [errorsAlarm(watched, guards.errorsShare, bakeMs)]),
    ...(guards.p99Ms === undefined ? [] : [p99Alarm(watched, guards.p99Ms, bakeMs)]),
    abortAlarm(watched),
  ];
}

/** The average of a metric that is 0 or 1 per request is the error rate, so the threshold is a share. */
function errorsAlarm(watched: Watched, errorsShare: number, bakeMs: number): Step {
  const { names, version } = watched.subject;
  return alarmStep(`watch the errors of version ${version}`, {
    AlarmName: names.errorsAlarm,
    AlarmDescription: `Understudy ${watched.subject.change}: share of failed calls of the new fleet`,
    ...newFleet(watched, 'Invocation5XXErrors', bakeMs),
    Statistic: 'Average',
    Threshold: errorsShare,
  });
}

function p99Alarm(watched: Watched, p99Ms: number, bakeMs: number): Step {
  const { names, version } = watched.subject;
  return alarmStep(`watch the latency of version ${version}`, {
    AlarmName: names.p99Alarm,
    AlarmDescription: `Understudy ${watched.subject.change}: p99 latency of the new fleet, in microseconds`,
    ...newFleet(watched, 'ModelLatency', bakeMs),
    ExtendedStatistic: 'p99',
    EvaluateLowSampleCountPercentile: 'ignore',
    Threshold: p99Ms * microsecondsPerMs,
  });
}

/** Nobody can cancel an update; SageMaker goes back by itself when an alarm on its list fires, and this one is ours to trip. */
function abortAlarm(watched: Watched): Step {
  const { names, version, change } = watched.subject;
  return alarmStep(`keep an abort alarm ready for version ${version}`, {
    AlarmName: names.abortAlarm,
    AlarmDescription: `Understudy ${change}: somebody pressed Abort`,
    Namespace: abortNamespace,
    MetricName: abortMetric,
    Dimensions: abortDimensions(watched.endpoint, change),
    Statistic: 'Maximum',
    Period: alarmPeriodSeconds,
    EvaluationPeriods: 1,
    DatapointsToAlarm: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  });
}

/** The data point that trips the abort alarm of a change. */
export function abortPush(endpoint: string, change: string): WireInput {
  return {
    Namespace: abortNamespace,
    MetricData: [{ MetricName: abortMetric, Dimensions: abortDimensions(endpoint, change), Value: 1, Unit: 'Count' }],
  };
}

function abortDimensions(endpoint: string, change: string): WireInput[] {
  return [
    { Name: 'EndpointName', Value: endpoint },
    { Name: 'Change', Value: change },
  ];
}

function newFleet({ endpoint, variant, subject }: Watched, metric: string, bakeMs: number): WireInput {
  const { toAlarm, evaluated } = datapoints(bakeMs);
  return {
    Namespace: 'AWS/SageMaker',
    MetricName: metric,
    Dimensions: [
      { Name: 'EndpointName', Value: endpoint },
      { Name: 'VariantName', Value: variant },
      { Name: 'EndpointConfigName', Value: subject.names.config },
    ],
    Period: alarmPeriodSeconds,
    EvaluationPeriods: evaluated,
    DatapointsToAlarm: toAlarm,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
  };
}

function alarmStep(says: string, input: WireInput): Step {
  return { operation: 'cloudwatch:PutMetricAlarm', input, says };
}
