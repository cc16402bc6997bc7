import type { Alert } from '../alert.ts';
import type { ParsedBody } from '../body.ts';
import { AlarmBody, alarmFacts, type Trigger } from '../cloudwatch-shape.ts';
import { oneLine } from '../foreign-text.ts';
import { expressionWords, type MathMetrics, type Metric, type MetricWords, metricWords } from '../metric-words.ts';
import { parseStateReason, type StateReason } from '../state-reason.ts';

/** A CloudWatch alarm on a metric, on metric math or on an anomaly band. Undefined when the body is somebody else's. */
export function cloudWatchAlarm(body: ParsedBody): Alert | undefined {
  const alarm = AlarmBody.safeParse(body.json).data;
  if (!alarm || alarm.AlarmRule) return undefined;
  const trigger = alarm.Trigger ?? undefined;
  const reason = parseStateReason(alarm.NewStateReason ?? '');
  const words = watched(trigger);
  const limit = trigger?.Threshold ?? reason.limit;
  return {
    source: 'cloudwatch-alarm',
    ...alarmFacts(alarm, body),
    ...whereOf(trigger),
    what: words.what,
    unit: words.unit,
    value: scaled(reason.value, words),
    limit: scaled(limit, words),
    datapoints: datapointsText(trigger, reason),
  };
}

function watched(trigger: Trigger | undefined): MetricWords {
  if (trigger?.MetricName) return metricWords(plainMetric(trigger, trigger.MetricName));
  const parts = trigger?.Metrics ?? [];
  const returned = parts.find((part) => part.ReturnData === true && !isBand(part.Expression)) ?? parts[0];
  const metrics: MathMetrics = Object.fromEntries(parts.flatMap((part) => mathMetric(part)));
  if (!returned) return { what: 'alarm', unit: 'none', scale: 1 };
  return expressionWords(returned.Expression ?? returned.Id, returned.Label ?? undefined, metrics);
}

function plainMetric(trigger: Trigger, name: string): Metric {
  const statistic = trigger.ExtendedStatistic || trigger.Statistic || 'average';
  return { namespace: trigger.Namespace ?? '', name, statistic };
}

function mathMetric(part: NonNullable<Trigger['Metrics']>[number]): [string, Metric][] {
  const stat = part.MetricStat;
  if (!stat) return [];
  const metric = { namespace: stat.Metric.Namespace ?? '', name: stat.Metric.MetricName, statistic: stat.Stat ?? '' };
  return [[part.Id, metric]];
}

/** The band itself is returned beside the metric that it surrounds. */
function isBand(expression: string | null | undefined): boolean {
  return expression?.startsWith('ANOMALY_DETECTION_BAND') ?? false;
}

/** Dimension names differ by namespace: SageMaker's own, Model Monitor's, and those of our guardrails. */
function whereOf(trigger: Trigger | undefined): Pick<Alert, 'endpoint' | 'variant' | 'model'> {
  const parts = trigger?.Metrics ?? [];
  const dimensions = [trigger?.Dimensions, ...parts.map((part) => part.MetricStat?.Metric.Dimensions)].flatMap(
    (list) => list ?? [],
  );
  const find = (...names: readonly string[]): string | undefined => {
    const value = dimensions.find(({ name }) => names.includes(name))?.value;
    return value === undefined ? undefined : oneLine(value, 255);
  };
  return { endpoint: find('EndpointName', 'Endpoint'), variant: find('VariantName', 'Variant'), model: find('Model') };
}

/** Twelve digits: what was measured, without the noise of the conversion. */
function scaled(value: number | undefined, { scale }: MetricWords): number | undefined {
  return value === undefined ? undefined : Number((value * scale).toPrecision(12));
}

function datapointsText(trigger: Trigger | undefined, { over }: StateReason): string {
  const periods = trigger?.EvaluationPeriods ?? undefined;
  const needed = trigger?.DatapointsToAlarm ?? periods;
  const counted = over ?? (needed === undefined || periods === undefined ? undefined : { count: needed, of: periods });
  if (!counted) return '';
  const seconds = trigger?.Period ?? trigger?.Metrics?.find((part) => part.MetricStat?.Period)?.MetricStat?.Period;
  return `${counted.count} of ${counted.of}${periodText(seconds ?? undefined, counted.of)}`;
}

function periodText(seconds: number | undefined, count: number): string {
  const plural = count === 1 ? '' : 's';
  if (seconds === undefined) return ` datapoint${plural}`;
  if (seconds === 60) return '\u00a0min';
  return ` period${plural} of ${seconds % 60 === 0 ? `${seconds / 60}\u00a0min` : `${seconds}\u00a0s`}`;
}
