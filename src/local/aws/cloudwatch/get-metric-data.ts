import type {
  GetMetricDataInput,
  GetMetricDataOutput,
  MetricDataQuery,
  MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { instant } from '../../../kernel/time.ts';
import type { Checked } from '../kit/json-service.ts';
import { AwsError } from '../service.ts';
import type { Datapoint } from './datapoints.ts';
import { answerQueries, checkQueries, type TimeRange } from './queries.ts';
import { floorTo, type SeriesStore } from './series.ts';

const maxQueries = 500;
const maxDatapoints = 100_800;

/** `GetMetricData`: start inclusive, end exclusive, newest first unless asked otherwise. */
export function getMetricData(store: SeriesStore) {
  return (input: Checked<GetMetricDataInput>): GetMetricDataOutput => {
    const queries = input.MetricDataQueries as readonly MetricDataQuery[];
    if (queries.length > maxQueries) {
      throw new AwsError('ValidationError', `At most ${maxQueries} MetricDataQueries are allowed`);
    }
    checkQueries(queries);
    const answers = answerQueries(store, queries, rangeOf(input, queries));
    const pageSize = pageSizeOf(input.MaxDatapoints);
    const skipped = readToken(input.NextToken);
    const shown = queries.filter((query) => query.ReturnData !== false);
    const results = shown.map((query) => {
      const points = ordered(answers.get(query.Id ?? '') ?? [], input.ScanBy);
      return resultOf(query, points.slice(skipped, skipped + pageSize), points.length > skipped + pageSize);
    });
    const more = results.some(({ StatusCode }) => StatusCode === 'PartialData');
    return { MetricDataResults: results, Messages: [], ...(more ? { NextToken: String(skipped + pageSize) } : {}) };
  };
}

function rangeOf(input: Checked<GetMetricDataInput>, queries: readonly MetricDataQuery[]): TimeRange {
  const [start, end] = [input.StartTime.getTime(), input.EndTime.getTime()];
  if (!(start < end)) {
    throw new AwsError('ValidationError', 'The parameter StartTime must be less than the parameter EndTime.');
  }
  // CloudWatch rounds the start down to a whole minute, for finer periods to a whole period; periods count from there.
  const finest = Math.min(60, ...queries.flatMap(({ MetricStat }) => MetricStat?.Period ?? []));
  return { from: instant(floorTo(start, finest * 1_000)), to: instant(end) };
}

function ordered(points: readonly Datapoint[], scanBy: string | undefined): readonly Datapoint[] {
  return scanBy === 'TimestampAscending' ? points : [...points].reverse();
}

function resultOf(query: MetricDataQuery, points: readonly Datapoint[], more: boolean): MetricDataResult {
  return {
    Id: query.Id,
    Label: query.Label ?? query.MetricStat?.Metric?.MetricName ?? query.Id,
    Timestamps: points.map(({ at }) => new Date(at)),
    Values: points.map(({ value }) => value),
    StatusCode: more ? 'PartialData' : 'Complete',
  };
}

function pageSizeOf(asked: number | undefined): number {
  if (asked === undefined) return maxDatapoints;
  if (asked < 1 || asked > maxDatapoints) {
    throw new AwsError('ValidationError', `MaxDatapoints must be between 1 and ${maxDatapoints}`);
  }
  return asked;
}

function readToken(token: string | undefined): number {
  const skipped = Number(token ?? 0);
  if (!Number.isInteger(skipped) || skipped < 0) throw new AwsError('InvalidNextToken', 'The NextToken is not valid');
  return skipped;
}
