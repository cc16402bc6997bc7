import {
  GetMetricDataCommand,
  ListMetricsCommand,
  type MetricDataQuery,
  type MetricDatum,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instant, plus } from '../../src/kernel/time.ts';
import { datapoints } from '../../src/local/aws/cloudwatch/datapoints.ts';
import { openSeriesStore } from '../../src/local/aws/cloudwatch/series.ts';
import { nine, openSignalBench, refusal, type SignalBench } from './local-signals-bench.ts';

let bench: SignalBench;
beforeEach(async () => {
  bench = await openSignalBench();
});
afterEach(() => bench.close());

const namespace = 'Team/Models';
const minute = 60_000;
const put = (...MetricData: MetricDatum[]) =>
  bench.cloudWatch.send(new PutMetricDataCommand({ Namespace: namespace, MetricData }));
const stat = (Id: string, MetricName: string, Stat: string): MetricDataQuery => ({
  Id,
  MetricStat: { Stat, Period: 60, Metric: { Namespace: namespace, MetricName } },
});

/** The same query with another period, in seconds. */
const every = (Period: number, { Id, MetricStat }: MetricDataQuery): MetricDataQuery => ({
  Id,
  MetricStat: MetricStat && { ...MetricStat, Period },
});

/** Values by query id, oldest first, from 09:00 on. */
async function read(queries: MetricDataQuery[], minutes = 10): Promise<Record<string, number[]>> {
  const answer = await bench.cloudWatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(nine),
      EndTime: new Date(nine + minutes * minute),
      ScanBy: 'TimestampAscending',
      MetricDataQueries: queries,
    }),
  );
  return Object.fromEntries((answer.MetricDataResults ?? []).map(({ Id, Values }) => [Id ?? '', Values ?? []]));
}

describe('what was measured can be read', () => {
  it('as any statistic of a period, with exact percentiles', async () => {
    const Values = Array.from({ length: 100 }, (_, index) => index + 1);
    await put({ MetricName: 'Latency', Timestamp: new Date(nine), Values });
    const names = ['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount', 'p50', 'p99', 'p99.9', 'p100'];
    const all = await read(names.map((name, index) => stat(`s${index}`, 'Latency', name)));
    expect(Object.values(all).flat()).toEqual([50.5, 5050, 1, 100, 100, 50, 99, 100, 100]);
  });

  it('with counts weighing the values', async () => {
    await put({ MetricName: 'Latency', Timestamp: new Date(nine), Values: [10, 500], Counts: [98, 2] });
    const all = await read([stat('a', 'Latency', 'p98'), stat('b', 'Latency', 'p99'), stat('c', 'Latency', 'Average')]);
    expect(all).toEqual({ a: [10], b: [500], c: [19.8] });
  });

  it('the start belongs to the range, the end does not, and the newest comes first', async () => {
    for (const at of [0, 1, 2]) await put({ MetricName: 'Calls', Timestamp: new Date(nine + at * minute), Value: at });
    const answer = await bench.cloudWatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(nine),
        EndTime: new Date(nine + 2 * minute),
        MetricDataQueries: [stat('calls', 'Calls', 'Sum')],
      }),
    );
    expect(answer.MetricDataResults?.[0]).toMatchObject({ Id: 'calls', Label: 'Calls', StatusCode: 'Complete' });
    expect(answer.MetricDataResults?.[0]?.Values).toEqual([1, 0]);
    expect(answer.MetricDataResults?.[0]?.Timestamps).toEqual([new Date(nine + minute), new Date(nine)]);
  });

  it('one period may span the whole window, counted from its start', async () => {
    for (const at of [3, 7, 11]) await put({ MetricName: 'Calls', Timestamp: new Date(nine + at * minute), Value: 1 });
    expect(await read([every(720, stat('all', 'Calls', 'Sum'))], 12)).toEqual({ all: [3] });
  });

  it('another set of dimensions is another series', async () => {
    const Dimensions = [{ Name: 'Variant', Value: 'Shadow-01' }];
    await put({ MetricName: 'Calls', Value: 1 }, { MetricName: 'Calls', Value: 5, Dimensions });
    expect(await read([stat('plain', 'Calls', 'Sum')])).toEqual({ plain: [1] });
    const listed = await bench.cloudWatch.send(new ListMetricsCommand({ Dimensions: [{ Name: 'Variant' }] }));
    expect(listed.Metrics).toEqual([{ Namespace: namespace, MetricName: 'Calls', Dimensions }]);
  });

  it('high-resolution values keep their seconds, standard ones show once a minute', async () => {
    for (const second of [1, 12, 45]) {
      const Timestamp = new Date(nine + second * 1_000);
      await put(
        { MetricName: 'Fine', Timestamp, Value: 1, StorageResolution: 1 },
        { MetricName: 'Plain', Timestamp, Value: 1 },
      );
    }
    expect(await read([every(10, stat('fine', 'Fine', 'Sum')), every(10, stat('plain', 'Plain', 'Sum'))])).toEqual({
      fine: [1, 1, 1],
      plain: [3],
    });
  });

  it('a statistic set keeps its sum and loses its percentiles', async () => {
    const StatisticValues = { SampleCount: 4, Sum: 100, Minimum: 10, Maximum: 40 };
    await put({ MetricName: 'Folded', StatisticValues });
    const all = await read([
      stat('a', 'Folded', 'Average'),
      stat('b', 'Folded', 'Maximum'),
      stat('c', 'Folded', 'p50'),
    ]);
    expect(all).toEqual({ a: [25], b: [40], c: [] });
  });

  it('takes the gzip that the SDK makes of large batches', async () => {
    const batch = Array.from({ length: 500 }, (_, index) => ({
      MetricName: 'Batch',
      Value: index,
      Unit: 'Count' as const,
    }));
    let encoding: string | undefined;
    bench.cloudWatch.middlewareStack.add(
      (next) => (call) => {
        encoding = Reflect.get(Object(Reflect.get(Object(call.request), 'headers')), 'content-encoding') as string;
        return next(call);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    await put(...batch);
    expect(encoding).toBe('gzip');
    expect(await read([stat('n', 'Batch', 'SampleCount'), stat('top', 'Batch', 'Maximum')])).toEqual({
      n: [500],
      top: [499],
    });
  });

  it('in pages, with a token that continues', async () => {
    for (const at of [0, 1, 2]) await put({ MetricName: 'Calls', Timestamp: new Date(nine + at * minute), Value: at });
    const ask = (NextToken?: string) =>
      bench.cloudWatch.send(
        new GetMetricDataCommand({
          StartTime: new Date(nine),
          EndTime: new Date(nine + 5 * minute),
          MaxDatapoints: 2,
          MetricDataQueries: [stat('calls', 'Calls', 'Sum')],
          NextToken,
        }),
      );
    const first = await ask();
    expect(first.MetricDataResults?.[0]).toMatchObject({ Values: [2, 1], StatusCode: 'PartialData' });
    const second = await ask(first.NextToken);
    expect(second.MetricDataResults?.[0]).toMatchObject({ Values: [0], StatusCode: 'Complete' });
    expect(second.NextToken).toBeUndefined();
  });
});

describe('metric math', () => {
  beforeEach(async () => {
    for (const [at, errors, calls] of [
      [0, 1, 10],
      [1, 0, 0],
      [2, 6, 12],
    ]) {
      const Timestamp = new Date(nine + Number(at) * minute);
      await put({ MetricName: 'Errors', Timestamp, Value: errors }, { MetricName: 'Calls', Timestamp, Value: calls });
    }
    await put({ MetricName: 'Calls', Timestamp: new Date(nine + 4 * minute), Value: 8 });
  });
  const answer = async (Expression: string) => {
    const inputs = [stat('e', 'Errors', 'Sum'), stat('c', 'Calls', 'Sum')].map((query) => ({
      ...query,
      ReturnData: false,
    }));
    return (await read([...inputs, { Id: 'result', Expression }])).result;
  };

  it.each([
    ['e/c', [0.1, 0.5]],
    ['100 * (e / c)', [10, 50]],
    ['e + c - 1', [10, -1, 17]],
    ['-c^2', [-100, -0, -144, -64]],
    ['SUM([e, c])', [11, 0, 18, 8]],
    ['MAX([e, c])', [10, 0, 12, 8]],
    ['c / SUM(c)', [10 / 30, 0, 12 / 30, 8 / 30]],
    ['FILL(c, 0) * 1', [10, 0, 12, 0, 8]],
    ['IF(c > 5, e / c, 0)', [0.1, 0, 0.5]],
    ['2e1', [20]],
  ])('%s', async (expression, expected) => {
    expect((await answer(expression))?.map((value) => value + 0)).toEqual(expected.map((value) => value + 0));
  });

  it.each(['e /', 'SEARCH(c)', 'e + nobody', '(e', 'e c', '[e, c]'])('refuses %s', async (expression) => {
    expect(await refusal(answer(expression))).toMatch(/^ValidationException: /);
  });
});

describe('what CloudWatch refuses', () => {
  const values = Array.from({ length: 151 }, (_, index) => index);
  const many = Array.from({ length: 31 }, (_, index) => ({ Name: `d${index}`, Value: 'x' }));
  it.each<[string, MetricDatum, RegExp]>([
    ['not a number', { MetricName: 'm', Value: Number.NaN }, /^InvalidParameterValue/],
    ['infinity', { MetricName: 'm', Value: Number.POSITIVE_INFINITY }, /^InvalidParameterValue/],
    ['beyond 2^360', { MetricName: 'm', Value: 2 ** 361 }, /^InvalidParameterValue/],
    ['151 unique values', { MetricName: 'm', Values: values }, /^InvalidParameterValue/],
    ['31 dimensions', { MetricName: 'm', Value: 1, Dimensions: many }, /^InvalidParameterValue/],
    ['two kinds of value', { MetricName: 'm', Value: 1, Values: [1] }, /^InvalidParameterCombination/],
    ['values without as many counts', { MetricName: 'm', Values: [1, 2], Counts: [1] }, /^InvalidParameterCombination/],
    ['a resolution of 5', { MetricName: 'm', Value: 1, StorageResolution: 5 }, /^InvalidParameterValue/],
    [
      'last month',
      { MetricName: 'm', Value: 1, Timestamp: new Date(nine - 30 * 86_400_000) },
      /^InvalidParameterValue/,
    ],
  ])('%s', async (_, datum, expected) => {
    expect(await refusal(put({ MetricName: 'm', Value: 1 }, datum))).toMatch(expected);
    expect(await read([stat('m', 'm', 'Sum')])).toEqual({ m: [] });
  });

  it("AWS's own namespaces and more than 1,000 metrics", async () => {
    const send = (Namespace: string, MetricData: MetricDatum[]) =>
      bench.cloudWatch.send(new PutMetricDataCommand({ Namespace, MetricData }));
    expect(await refusal(send('AWS/SageMaker', [{ MetricName: 'm', Value: 1 }]))).toMatch(
      /^InvalidParameterValue.*AWS\//,
    );
    const tooMany = Array.from({ length: 1_001 }, () => ({ MetricName: 'm', Value: 1 }));
    expect(await refusal(send(namespace, tooMany))).toMatch(/^InvalidParameterValue.*1000/);
  });

  it.each<[string, MetricDataQuery]>([
    ['an id in capitals', { ...stat('Calls', 'Calls', 'Sum') }],
    ['a period of 90 seconds', every(90, stat('calls', 'Calls', 'Sum'))],
    ['a statistic it does not know', stat('calls', 'Calls', 'Mode')],
    ['a query that is nothing', { Id: 'nothing' }],
  ])('to read %s', async (_, query) => expect(await refusal(read([query]))).toMatch(/^ValidationException: /));
});

describe('old data', () => {
  it('is rolled up after 15 days with its percentiles, and forgotten after 455', () => {
    let now = nine;
    const store = openSeriesStore(() => now);
    const metric = { namespace, metric: 'Latency', dimensions: {} };
    for (const [at, value] of [0, 1, 2, 3, 4].entries()) {
      store.add(metric, {
        unit: 'None',
        at: plus(nine, at * minute),
        resolutionMs: minute,
        values: [{ value, count: 1 }],
      });
    }
    const read = (periodMs: number, kind: 'Sum' | 'p50') => {
      const statistic = kind === 'Sum' ? { kind } : ({ kind: 'percentile', share: 0.5 } as const);
      return datapoints(store, { metric, statistic, periodMs, from: nine, to: instant(nine + 3_600_000) }).map(
        ({ value }) => value,
      );
    };
    expect(read(minute, 'Sum')).toEqual([0, 1, 2, 3, 4]);
    now = plus(nine, 16 * 86_400_000);
    store.sweep();
    expect([read(minute, 'Sum'), read(5 * minute, 'Sum'), read(5 * minute, 'p50')]).toEqual([[], [10], [2]]);
    now = plus(nine, 456 * 86_400_000);
    store.sweep();
    expect(read(3_600_000, 'Sum')).toEqual([]);
  });
});

describe('any range', () => {
  it('holds the slots that start in it, found by counting or by looking', async () => {
    const store = openSeriesStore(() => nine);
    const metric = { namespace, metric: 'Calls', dimensions: {} };
    for (let at = 0; at < 60; at += 1) {
      const values = [{ value: at, count: 1 }];
      store.add(metric, { unit: 'None', at: plus(nine, at * minute), resolutionMs: minute, values });
    }
    const ranges = fc.record({
      from: fc.integer({ min: -120, max: 3_700 }),
      seconds: fc.integer({ min: 1, max: 7_200 }),
    });
    await fc.assert(
      fc.property(ranges, ({ from, seconds }) => {
        const expected = Array.from({ length: 60 }, (_, at) => at).filter(
          (at) => at * 60 >= from && at * 60 < from + seconds,
        );
        const slice = { from: plus(nine, from * 1_000), to: plus(nine, (from + seconds) * 1_000), periodMs: minute };
        const found = store.bags(metric, slice).flatMap(({ bag }) => bag.values);
        expect(found.sort((a, b) => a - b)).toEqual(expected);
      }),
    );
  });
});
