import type { ListMetricsInput, ListMetricsOutput } from '@aws-sdk/client-cloudwatch';
import type { Now } from '../../../kernel/time.ts';
import type { Checked } from '../kit/json-service.ts';
import { AwsError } from '../service.ts';
import type { ListedMetric, SeriesStore } from './series.ts';

const pageSize = 500;
const threeHoursMs = 3 * 3_600_000;

/** `ListMetrics`, in the order in which the series first appeared. */
export function listMetrics(store: SeriesStore, now: Now) {
  return (input: Checked<ListMetricsInput>): ListMetricsOutput => {
    const found = store.list().filter((metric) => matches(metric, input, now()));
    const skipped = Number(input.NextToken ?? 0);
    if (!Number.isInteger(skipped)) throw new AwsError('InvalidParameterValue', 'The NextToken is not valid');
    return {
      Metrics: found.slice(skipped, skipped + pageSize).map(({ namespace, metric, dimensions }) => ({
        Namespace: namespace,
        MetricName: metric,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      })),
      ...(found.length > skipped + pageSize ? { NextToken: String(skipped + pageSize) } : {}),
    };
  };
}

function matches(metric: ListedMetric, input: Checked<ListMetricsInput>, now: number): boolean {
  if (input.Namespace !== undefined && input.Namespace !== metric.namespace) return false;
  if (input.MetricName !== undefined && input.MetricName !== metric.metric) return false;
  if (input.RecentlyActive !== undefined && metric.latest < now - threeHoursMs) return false;
  return (input.Dimensions ?? []).every(({ Name, Value }) => {
    const own = metric.dimensions[Name];
    return own !== undefined && (Value === undefined || Value === own);
  });
}
