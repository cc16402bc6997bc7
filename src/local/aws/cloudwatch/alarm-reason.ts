import { type EpochMs, isoInstant } from '../../../kernel/time.ts';
import type { Alarm, AlarmRule, Comparison } from './alarm.ts';
import type { Datapoint } from './datapoints.ts';
import { alarmWindow, type Evaluation } from './evaluate-alarm.ts';

const comparisonWords: Readonly<Record<Comparison, string>> = {
  GreaterThanThreshold: 'greater than',
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
};
const treatedAs = {
  breaching: 'Breaching',
  notBreaching: 'NonBreaching',
  missing: 'Missing',
  ignore: 'Ignored',
} as const;
/** From five datapoints on CloudWatch names only the most recent ones, in a sentence of their own. */
const listedInlineCount = 5;

/** `NewStateReason` in CloudWatch's words. */
export function stateReason(rule: AlarmRule, evaluation: Evaluation): string {
  const periods = rule.evaluationPeriods;
  if (evaluation.state === 'INSUFFICIENT_DATA') {
    return `Insufficient Data: ${periods} ${counted(periods, 'datapoint')} unknown.`;
  }
  if (evaluation.weighing.kind === 'all-missing') {
    const span = `${periods} ${plural(periods, 'period')}`;
    return `Threshold Crossed: no datapoints were received for ${span} and ${missingClause(rule, periods)}.`;
  }
  return crossingReason(rule, evaluation);
}

function crossingReason(rule: AlarmRule, { state, weighing }: Evaluation): string {
  const isAlarm = state === 'ALARM';
  const points = isAlarm ? weighing.breaching : weighing.within;
  const is = `${points.length === 1 ? 'was' : 'were'}${isAlarm ? '' : ' not'}`;
  const crossing = `${is} ${comparisonWords[rule.comparison]} the threshold (${javaDouble(rule.threshold)})`;
  const isFilled = rule.treatMissingData === 'breaching' || rule.treatMissingData === 'notBreaching';
  const filled = isFilled && weighing.filledCount > 0 ? ` and ${missingClause(rule, weighing.filledCount)}` : '';
  const head = `Threshold Crossed: ${points.length} out of the last ${rule.evaluationPeriods} datapoints`;
  const listed = `[${points.slice(0, listedInlineCount).map(pointText).join(', ')}]`;
  const least = minimumClause(rule, isAlarm);
  if (points.length < listedInlineCount) return `${head} ${listed} ${crossing}${filled} ${least}.`;
  return `${head} ${crossing}${filled}. The most recent datapoints which crossed the threshold: ${listed} ${least}.`;
}

function minimumClause(rule: AlarmRule, isAlarm: boolean): string {
  const minimum = isAlarm ? rule.datapointsToAlarm : rule.evaluationPeriods - rule.datapointsToAlarm + 1;
  const direction = isAlarm ? 'OK -> ALARM' : 'ALARM -> OK';
  return `(minimum ${minimum} ${plural(minimum, 'datapoint')} for ${direction} transition)`;
}

function missingClause(rule: AlarmRule, count: number): string {
  return `${count} missing ${counted(count, 'datapoint')} treated as [${treatedAs[rule.treatMissingData]}]`;
}

/** `StateReasonData`: the same for machines, as a JSON string. */
export function stateReasonData(alarm: Pick<Alarm, 'rule' | 'input'>, evaluation: Evaluation, now: EpochMs): string {
  const { rule, input } = alarm;
  const points = [...evaluation.weighing.breaching, ...evaluation.weighing.within].sort((a, b) => a.at - b.at);
  const statistic = input.Statistic ?? input.ExtendedStatistic;
  return JSON.stringify({
    version: '1.0',
    queryDate: awsTime(now),
    startDate: awsTime(points[0]?.at ?? alarmWindow(rule, now).from),
    ...(statistic === undefined ? {} : { statistic }),
    period: rule.periodMs / 1_000,
    recentDatapoints: points.map(({ value }) => value),
    threshold: rule.threshold,
    evaluatedDatapoints: [...points].reverse().map(({ at, value, sampleCount }) => ({
      timestamp: awsTime(at),
      sampleCount,
      value,
    })),
  });
}

/** `2026-11-23T07:41:09.300+0000` */
export function awsTime(at: EpochMs): string {
  return isoInstant(at).replace('Z', '+0000');
}

/** CloudWatch prints numbers as Java does: `250000.0`, `0.01`, `2.5E-4`, `1.0E7`. */
export function javaDouble(value: number): string {
  const magnitude = Math.abs(value);
  if (value === 0 || (magnitude >= 1e-3 && magnitude < 1e7))
    return Number.isInteger(value) ? `${value}.0` : String(value);
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${exponent.replace('+', '')}`;
}

/** `251000.0 (23/11/26 07:40:00)` */
function pointText({ at, value }: Datapoint): string {
  const [date = '', time = ''] = isoInstant(at).split('T');
  const [year = '', month, day] = date.split('-');
  return `${javaDouble(value)} (${day}/${month}/${year.slice(2)} ${time.slice(0, 8)})`;
}

/** `datapoint was`, `datapoints were` */
function counted(count: number, noun: string): string {
  return `${plural(count, noun)} ${count === 1 ? 'was' : 'were'}`;
}

function plural(count: number, noun: string): string {
  return count === 1 ? noun : `${noun}s`;
}
