import {
  DeleteAlarmsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  type DescribeAlarmsInput,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmInput,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { ConfirmSubscriptionCommand, CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EpochMs, plus } from '../../src/kernel/time.ts';
import {
  type Endpoint,
  isSigned,
  messageIn,
  nine,
  openEndpoint,
  openSignalBench,
  quiet,
  refusal,
  type SignalBench,
} from './local-signals-bench.ts';

let bench: SignalBench;
let endpoint: Endpoint;
beforeEach(async () => {
  bench = await openSignalBench();
  endpoint = await openEndpoint();
});
afterEach(async () => {
  await bench.close();
  await endpoint.close();
});

const topicArn = 'arn:aws:sns:us-east-1:111122223333:ml-guardrails';
const dimensions = { EndpointName: 'promo-risk', VariantName: 'AllTraffic' };
const p99: PutMetricAlarmInput = {
  AlarmName: 'promo-risk-p99',
  AlarmDescription: 'p99 on promo-risk',
  Namespace: 'AWS/SageMaker',
  MetricName: 'ModelLatency',
  Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  ExtendedStatistic: 'p99',
  Period: 60,
  EvaluationPeriods: 3,
  DatapointsToAlarm: 2,
  Threshold: 250_000,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'notBreaching',
  AlarmActions: [topicArn],
  OKActions: [topicArn],
};
const putAlarm = (change: Partial<PutMetricAlarmInput> = {}) =>
  bench.cloudWatch.send(new PutMetricAlarmCommand({ ...p99, ...change }));

/** ModelLatency is in microseconds. */
const measure = (value: number, at: EpochMs = bench.clock.now()) =>
  bench.signals.measure({
    namespace: 'AWS/SageMaker',
    metric: 'ModelLatency',
    dimensions,
    value,
    unit: 'Microseconds',
    at,
  });
const alarm = async (name = 'promo-risk-p99') =>
  (await bench.cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: [name] }))).MetricAlarms?.[0];

async function slowMinutes(count: number, value = 251_000): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    measure(value);
    await bench.advanceSeconds(60);
  }
}

async function listen(): Promise<void> {
  await bench.sns.send(new CreateTopicCommand({ Name: 'ml-guardrails' }));
  await bench.sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'http', Endpoint: endpoint.url }));
  const confirmation = messageIn((await endpoint.received(1))[0]);
  await bench.sns.send(new ConfirmSubscriptionCommand({ TopicArn: topicArn, Token: confirmation.Token }));
}

describe('the life of an alarm', () => {
  it('starts without data, goes off, comes back, and every change is told', async () => {
    await listen();
    await putAlarm();
    expect(await alarm()).toMatchObject({
      StateValue: 'INSUFFICIENT_DATA',
      StateReason: 'Unchecked: Initial alarm creation',
    });
    await bench.advanceSeconds(10);
    expect(bench.signals.readAlarm('promo-risk-p99')).toEqual({ state: 'OK', since: plus(nine, 10_000) });
    await bench.advanceSeconds(50);
    await slowMinutes(2);
    expect(bench.signals.readAlarm('promo-risk-p99')).toEqual({ state: 'ALARM', since: plus(nine, 180_000) });
    await slowMinutes(2, 100_000);
    expect(await alarm()).toMatchObject({ StateValue: 'OK', StateTransitionedTimestamp: new Date(nine + 300_000) });

    const posts = await endpoint.received(4);
    const told = posts.slice(1).map((post) => JSON.parse(messageIn(post).Message) as Record<string, unknown>);
    expect(told.map(({ OldStateValue, NewStateValue }) => `${OldStateValue} to ${NewStateValue}`).sort()).toEqual([
      'ALARM to OK',
      'INSUFFICIENT_DATA to OK',
      'OK to ALARM',
    ]);
  });

  it('the message is the one CloudWatch sends, signed', async () => {
    await listen();
    await putAlarm({ OKActions: [] });
    await slowMinutes(2);
    const notification = messageIn((await endpoint.received(2))[1]);
    expect(await isSigned(notification)).toBe(true);
    expect(notification.Subject).toBe('ALARM: "promo-risk-p99" in US East (N. Virginia)');
    expect(JSON.parse(notification.Message)).toEqual({
      AlarmName: 'promo-risk-p99',
      AlarmDescription: 'p99 on promo-risk',
      AWSAccountId: '111122223333',
      AlarmConfigurationUpdatedTimestamp: '2026-11-23T09:00:00.000+0000',
      NewStateValue: 'ALARM',
      NewStateReason:
        'Threshold Crossed: 2 out of the last 3 datapoints [251000.0 (23/11/26 09:01:00), 251000.0 (23/11/26 09:00:00)] were greater than the threshold (250000.0) and 1 missing datapoint was treated as [NonBreaching] (minimum 2 datapoints for OK -> ALARM transition).',
      StateChangeTime: '2026-11-23T09:02:00.000+0000',
      Region: 'US East (N. Virginia)',
      AlarmArn: 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:promo-risk-p99',
      OldStateValue: 'OK',
      OKActions: [],
      AlarmActions: [topicArn],
      InsufficientDataActions: [],
      Trigger: {
        MetricName: 'ModelLatency',
        Namespace: 'AWS/SageMaker',
        StatisticType: 'ExtendedStatistic',
        ExtendedStatistic: 'p99',
        Unit: null,
        Dimensions: [
          { value: 'promo-risk', name: 'EndpointName' },
          { value: 'AllTraffic', name: 'VariantName' },
        ],
        Period: 60,
        EvaluationPeriods: 3,
        DatapointsToAlarm: 2,
        ComparisonOperator: 'GreaterThanThreshold',
        Threshold: 250_000,
        TreatMissingData: 'notBreaching',
        EvaluateLowSampleCountPercentile: '',
      },
    });
  });

  it('another configuration keeps the state', async () => {
    await putAlarm();
    await slowMinutes(2);
    await putAlarm({ Threshold: 300_000 });
    expect(await alarm()).toMatchObject({ StateValue: 'ALARM', Threshold: 300_000 });
    await bench.advanceSeconds(10);
    expect((await alarm())?.StateValue).toBe('OK');
  });

  it('a state set by hand lasts until the next look, and fires the actions', async () => {
    await listen();
    await putAlarm();
    await bench.advanceSeconds(10);
    const tripped = { AlarmName: 'promo-risk-p99', StateValue: 'ALARM', StateReason: 'drill' } as const;
    await bench.cloudWatch.send(new SetAlarmStateCommand(tripped));
    expect(await alarm()).toMatchObject({ StateValue: 'ALARM', StateReason: 'drill' });
    await bench.advanceSeconds(10);
    expect((await alarm())?.StateValue).toBe('OK');
    const posts = await endpoint.received(4);
    expect(posts.some((post) => messageIn(post).Message.includes('"NewStateReason":"drill"'))).toBe(true);
  });

  it('a state set by hand stays when missing data is ignored, which is how an abort alarm works', async () => {
    await putAlarm({ TreatMissingData: 'ignore' });
    const tripped = { AlarmName: 'promo-risk-p99', StateValue: 'ALARM', StateReason: 'abort' } as const;
    await bench.cloudWatch.send(new SetAlarmStateCommand(tripped));
    await bench.advanceSeconds(600);
    expect((await alarm())?.StateValue).toBe('ALARM');
  });

  it('values that arrive late are looked at again', async () => {
    await putAlarm({ EvaluationPeriods: 1, DatapointsToAlarm: 1 });
    await bench.advanceSeconds(70);
    expect((await alarm())?.StateValue).toBe('OK');
    measure(400_000, plus(nine, 30_000));
    await bench.advanceSeconds(10);
    expect((await alarm())?.StateValue).toBe('ALARM');
  });

  it('watches a ratio by metric math', async () => {
    await listen();
    const count = (metric: string, value: number) =>
      bench.signals.measure({
        namespace: 'AWS/SageMaker',
        metric,
        dimensions,
        value,
        unit: 'None',
        at: bench.clock.now(),
      });
    const stat = (Id: string, MetricName: string) => ({
      Id,
      ReturnData: false,
      MetricStat: {
        Stat: 'Sum',
        Period: 60,
        Metric: { Namespace: p99.Namespace, MetricName, Dimensions: p99.Dimensions },
      },
    });
    const { AlarmDescription, EvaluationPeriods, ComparisonOperator } = p99;
    await bench.cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName: 'promo-risk-errors',
        AlarmDescription,
        EvaluationPeriods,
        ComparisonOperator,
        DatapointsToAlarm: 1,
        Threshold: 0.01,
        AlarmActions: [topicArn],
        Metrics: [
          stat('m1', 'Invocations'),
          stat('m2', 'Invocation5XXErrors'),
          { Id: 'e1', Expression: 'm2/m1', Label: 'error rate' },
        ],
      }),
    );
    count('Invocations', 100);
    count('Invocation5XXErrors', 2);
    await bench.advanceSeconds(60);
    expect((await alarm('promo-risk-errors'))?.StateValue).toBe('ALARM');
    const { Trigger } = JSON.parse(messageIn((await endpoint.received(2))[1]).Message) as {
      Trigger: Record<string, unknown>;
    };
    expect(Trigger).toMatchObject({ Period: 60, Threshold: 0.01, TreatMissingData: 'missing' });
    expect(Trigger.MetricName).toBeUndefined();
    expect(Trigger.Metrics).toContainEqual({ Id: 'e1', Expression: 'm2/m1', Label: 'error rate', ReturnData: true });
  });
});

describe('actions', () => {
  const history = async (HistoryItemType: 'Action' | 'StateUpdate' | 'ConfigurationUpdate') =>
    (
      await bench.cloudWatch.send(new DescribeAlarmHistoryCommand({ HistoryItemType, ScanBy: 'TimestampAscending' }))
    ).AlarmHistoryItems?.map(({ HistorySummary }) => HistorySummary);

  it('are kept in the history with the changes that fired them', async () => {
    await putAlarm({ OKActions: [] });
    await slowMinutes(2);
    expect(await history('StateUpdate')).toEqual([
      'Alarm updated from INSUFFICIENT_DATA to OK',
      'Alarm updated from OK to ALARM',
    ]);
    expect(await history('Action')).toEqual([`Failed to execute action ${topicArn}`]);
    await listen();
    await slowMinutes(3, 1);
    await slowMinutes(2);
    expect((await history('Action'))?.at(-1)).toBe(`Successfully executed action ${topicArn}`);
    expect(await history('ConfigurationUpdate')).toEqual(['Alarm "promo-risk-p99" created']);
  });

  it('stay silent while they are switched off', async () => {
    await listen();
    await putAlarm({ OKActions: [] });
    await bench.cloudWatch.send(new DisableAlarmActionsCommand({ AlarmNames: ['promo-risk-p99'] }));
    await slowMinutes(2);
    expect(await alarm()).toMatchObject({ StateValue: 'ALARM', ActionsEnabled: false });
    await slowMinutes(3, 1);
    await bench.cloudWatch.send(new EnableAlarmActionsCommand({ AlarmNames: ['promo-risk-p99'] }));
    await slowMinutes(2);
    await quiet(bench.signals);
    expect(endpoint.posts.map((post) => messageIn(post).Type)).toEqual(['SubscriptionConfirmation', 'Notification']);
  });
});

describe('describing and deleting', () => {
  const names = async (input: DescribeAlarmsInput) =>
    (await bench.cloudWatch.send(new DescribeAlarmsCommand(input))).MetricAlarms?.map(({ AlarmName }) => AlarmName);

  it('finds by name, prefix, state and type', async () => {
    for (const AlarmName of ['promo-a', 'promo-b', 'churn-a']) await putAlarm({ AlarmName });
    await bench.cloudWatch.send(
      new SetAlarmStateCommand({ AlarmName: 'promo-b', StateValue: 'ALARM', StateReason: 'x' }),
    );
    expect(await names({ AlarmNames: ['churn-a', 'nobody'] })).toEqual(['churn-a']);
    expect(await names({ AlarmNamePrefix: 'promo-' })).toEqual(['promo-a', 'promo-b']);
    expect(await names({ StateValue: 'ALARM' })).toEqual(['promo-b']);
    expect(await names({ AlarmTypes: ['CompositeAlarm'] })).toEqual([]);
    expect(await names({ MaxRecords: 2 })).toEqual(['churn-a', 'promo-a']);
  });

  it('deletes all or nothing', async () => {
    await putAlarm();
    const both = new DeleteAlarmsCommand({ AlarmNames: ['promo-risk-p99', 'nobody'] });
    expect(await refusal(bench.cloudWatch.send(both))).toMatch(/^ResourceNotFound.*nobody/);
    await bench.cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: ['promo-risk-p99'] }));
    expect(bench.signals.readAlarm('promo-risk-p99')).toBeUndefined();
  });
});

describe('what PutMetricAlarm refuses', () => {
  it.each<[string, Partial<PutMetricAlarmInput>, RegExp]>([
    ['both kinds of statistic', { Statistic: 'Sum' }, /Statistic and ExtendedStatistic/],
    ['no statistic', { ExtendedStatistic: undefined }, /Statistic and ExtendedStatistic/],
    ['a statistic it does not compute', { ExtendedStatistic: 'tm99' }, /tm99/],
    ['a period of 90 seconds', { Period: 90 }, /Period/],
    ['a period of 5 seconds', { Period: 5 }, /Period/],
    ['more to alarm than it looks at', { DatapointsToAlarm: 4 }, /DatapointsToAlarm/],
    ['more than a day of minutes', { EvaluationPeriods: 1_441 }, /86400/],
    ['six actions', { AlarmActions: Array<string>(6).fill(topicArn) }, /5 actions/],
    ['an action that is no ARN', { AlarmActions: ['mail me'] }, /ARN/],
    ['a word for missing data', { TreatMissingData: 'fine' }, /TreatMissingData/],
    ['no threshold', { Threshold: undefined }, /Threshold/],
    ['a long name', { AlarmName: 'x'.repeat(256) }, /AlarmName/],
    ['a metric beside metric math', { Metrics: [{ Id: 'e', Expression: '1' }] }, /together with Metrics/],
  ])('%s', async (_, change, expected) => {
    const answer = await refusal(putAlarm(change));
    expect(answer).toMatch(/^ValidationException: /);
    expect(answer).toMatch(expected);
  });

  it('composite alarms, by saying what to use instead', async () => {
    const call = bench.cloudWatch.send(new PutCompositeAlarmCommand({ AlarmName: 'all', AlarmRule: 'ALARM(a)' }));
    expect(await refusal(call)).toMatch(/^ValidationException: .*no composite alarms/);
  });
});
