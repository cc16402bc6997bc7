import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type MetricDataQuery,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { Operations } from '../shadow/shadow-test.ts';
import { awsFault } from './aws-fault.ts';

type Window = { readonly endpoint: string; readonly variant: string; readonly from: number; readonly to: number };
type Row = { readonly id: string; readonly metric: string; readonly stat: string };

const microsecondsPerMs = 1_000;
const minuteSeconds = 60;

const rows: readonly Row[] = [
  { id: 'requests', metric: 'Invocations', stat: 'Sum' },
  { id: 'errors5xx', metric: 'Invocation5XXErrors', stat: 'Sum' },
  { id: 'errorsModel', metric: 'InvocationModelErrors', stat: 'Sum' },
  { id: 'p50', metric: 'ModelLatency', stat: 'p50' },
  { id: 'p95', metric: 'ModelLatency', stat: 'p95' },
  { id: 'p99', metric: 'ModelLatency', stat: 'p99' },
];

/**
 * Requests, errors and latency quantiles of one variant between two domain instants. One datapoint over the whole window:
 * quantiles of minutes cannot be averaged. `ModelLatency` comes in microseconds and leaves here in milliseconds.
 */
export function makeReadOperations(cloudWatch: CloudWatchClient) {
  return async function readOperations(window: Window): Promise<Operations> {
    const from = Math.floor(window.from / 60_000) * 60_000;
    const periodSeconds = Math.max(minuteSeconds, Math.ceil((window.to - from) / 60_000) * minuteSeconds);
    try {
      const answer = await cloudWatch.send(
        new GetMetricDataCommand({
          StartTime: new Date(from),
          EndTime: new Date(from + periodSeconds * 1_000),
          ScanBy: 'TimestampAscending',
          MetricDataQueries: rows.map((row) => query(row, window, periodSeconds)),
        }),
      );
      return toOperations(answer.MetricDataResults ?? []);
    } catch (error) {
      throw awsFault('cloudwatch:GetMetricData', error);
    }
  };
}

function query(row: Row, { endpoint, variant }: Window, periodSeconds: number): MetricDataQuery {
  return {
    Id: row.id,
    MetricStat: {
      Stat: row.stat,
      Period: periodSeconds,
      Metric: {
        Namespace: 'AWS/SageMaker',
        MetricName: row.metric,
        Dimensions: [
          { Name: 'EndpointName', Value: endpoint },
          { Name: 'VariantName', Value: variant },
        ],
      },
    },
  };
}

/** A long window may come back in two datapoints when CloudWatch aligns periods; sums add up, quantiles keep the larger. */
function toOperations(results: readonly MetricDataResult[]): Operations {
  const values = (id: string): readonly number[] => results.find((result) => result.Id === id)?.Values ?? [];
  const sum = (id: string): number => values(id).reduce((total, value) => total + value, 0);
  const ms = (id: string): number | null => {
    const seen = values(id);
    return seen.length === 0 ? null : Math.max(...seen) / microsecondsPerMs;
  };
  return {
    requests: sum('requests'),
    // A 5XX is a model error too: the sum would count it twice. See docs/adr/0012-errors-of-a-variant.md.
    errors: Math.max(sum('errors5xx'), sum('errorsModel')),
    p50Ms: ms('p50'),
    p95Ms: ms('p95'),
    p99Ms: ms('p99'),
  };
}
