import type { Dimension, MetricDataQuery, MetricStat } from '@aws-sdk/client-cloudwatch';
import { type EpochMs, instant } from '../../../kernel/time.ts';
import { AwsError } from '../service.ts';
import { type Datapoint, datapoints } from './datapoints.ts';
import { namesIn, parseExpression } from './expression.ts';
import { type Computed, compute } from './metric-math.ts';
import type { MetricIdentity, SeriesStore } from './series.ts';
import { parseStatistic } from './statistics.ts';

export type TimeRange = { readonly from: EpochMs; readonly to: EpochMs };

/** Reads a set of `MetricDataQuery`s that may refer to each other, and gives the points of each. */
export function answerQueries(
  store: SeriesStore,
  queries: readonly MetricDataQuery[],
  range: TimeRange,
): Map<string, readonly Datapoint[]> {
  const byId = new Map(queries.map((query) => [query.Id ?? '', query]));
  const known = new Map<string, { computed: Computed; points: readonly Datapoint[] }>();

  function resolve(id: string, asking: readonly string[]): Computed {
    const done = known.get(id);
    if (done) return done.computed;
    const query = byId.get(id);
    if (!query || asking.includes(id)) throw invalid(`Error in expression: id ${id} is not defined before its use`);
    const points = query.MetricStat ? readMetric(store, query.MetricStat, range) : undefined;
    const computed = points
      ? new Map(points.map(({ at, value }) => [at as number, value]))
      : compute(parseExpression(query.Expression ?? ''), (name) => resolve(name, [...asking, id]));
    known.set(id, { computed, points: points ?? pointsOf(computed, id, range) });
    return computed;
  }

  for (const id of byId.keys()) resolve(id, []);
  return new Map([...known].map(([id, { points }]) => [id, points]));
}

/** @throws {AwsError} when a query set breaks CloudWatch's rules */
export function checkQueries(queries: readonly MetricDataQuery[]): void {
  const seen = new Set<string>();
  for (const query of queries) {
    const id = query.Id ?? '';
    if (!/^[a-z][a-zA-Z0-9_]*$/.test(id)) throw invalid(`Id ${id} must start with a lowercase letter`);
    if (seen.has(id)) throw invalid(`The id ${id} is used more than once`);
    seen.add(id);
    if ((query.MetricStat === undefined) === (query.Expression === undefined)) {
      throw invalid(`Query ${id} must have exactly one of MetricStat and Expression`);
    }
    if (query.MetricStat) checkMetricStat(query.MetricStat);
    else namesIn(parseExpression(query.Expression ?? ''));
  }
}

/** Seconds; 1, 5, 10, 20, 30 or a multiple of 60. */
export function checkPeriod(seconds: number | undefined): number {
  const allowed =
    seconds !== undefined && ([1, 5, 10, 20, 30].includes(seconds) || (seconds > 0 && seconds % 60 === 0));
  if (!allowed) throw invalid(`Period ${seconds} must be 1, 5, 10, 20, 30 or a multiple of 60`);
  return seconds;
}

export function dimensionsOf(dimensions: readonly Dimension[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((dimensions ?? []).map(({ Name, Value }) => [Name ?? '', Value ?? '']));
}

function metricIdentity(metric: MetricStat['Metric']): MetricIdentity {
  return {
    namespace: metric?.Namespace ?? '',
    metric: metric?.MetricName ?? '',
    dimensions: dimensionsOf(metric?.Dimensions),
  };
}

function checkMetricStat(stat: MetricStat): void {
  checkPeriod(stat.Period);
  if (!parseStatistic(stat.Stat ?? '')) throw invalid(`The value ${stat.Stat} for parameter Stat is not supported`);
}

function readMetric(store: SeriesStore, stat: MetricStat, range: TimeRange): Datapoint[] {
  const statistic = parseStatistic(stat.Stat ?? '');
  if (!statistic) throw invalid(`The value ${stat.Stat} for parameter Stat is not supported`);
  const unit = stat.Unit === undefined ? {} : { unit: stat.Unit };
  const periodMs = checkPeriod(stat.Period) * 1_000;
  return datapoints(store, { ...range, ...unit, metric: metricIdentity(stat.Metric), statistic, periodMs });
}

/** A bare number has one point, at the start of what was asked. */
function pointsOf(computed: Computed, id: string, range: TimeRange): Datapoint[] {
  if (typeof computed === 'number') return [{ at: range.from, value: computed, sampleCount: 1 }];
  if (!(computed instanceof Map)) throw invalid(`Error in expression ${id}: the result must be one time series`);
  return [...computed].sort(([a], [b]) => a - b).map(([at, value]) => ({ at: instant(at), value, sampleCount: 1 }));
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
