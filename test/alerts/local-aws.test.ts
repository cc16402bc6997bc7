import { PutMetricAlarmCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CreateTopicCommand, ListSubscriptionsByTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeConfirmSubscription } from '../../src/aws/sns/confirm-subscription.ts';
import { makeDescribeAlarm } from '../../src/aws/sns/describe-alarm.ts';
import { makeSnsDoor } from '../../src/aws/sns/http-door.ts';
import { makeSignalClients } from '../../src/aws/sns/signal-clients.ts';
import { startSqsPoller } from '../../src/aws/sqs/poller.ts';
import { Fault } from '../../src/kernel/fault.ts';
import { wallNow } from '../../src/kernel/time.ts';
import { openHttpServer } from '../../src/wiring/http-server.ts';
import { openSignalBench, quiet, type SignalBench } from '../contracts/local-signals-bench.ts';
import { type AlertBench, houseChannel, model, openAlertBench } from '../kit/alerts.ts';
import { topic } from '../kit/sns.ts';

let aws: SignalBench;
let bench: AlertBench;
let acts: AlertBench['acts'];
const troubles: unknown[] = [];
beforeEach(async () => {
  aws = await openSignalBench();
  troubles.length = 0;
  const onTrouble = (_: string, error: unknown): void => void troubles.push(error);
  bench = await openAlertBench({
    clocks: { wall: wallNow, domain: () => aws.clock.now() },
    policy: { topics: [topic], certificateHosts: [aws.url], models: [model], houseChannel },
    confirmSubscription: makeConfirmSubscription(() => aws.sns),
    describeAlarm: makeDescribeAlarm({
      clientFor: ({ account }) => (account === model.account ? aws.cloudWatch : undefined),
      onTrouble,
    }),
    onTrouble,
  });
  acts = bench.acts;
  await aws.sns.send(new CreateTopicCommand({ Name: 'ml-guardrails' }));
});
afterEach(async () => {
  await Promise.all([aws.close(), bench.close()]);
});

const dimensions = [
  { Name: 'EndpointName', Value: 'employee-promotion' },
  { Name: 'VariantName', Value: 'AllTraffic' },
];

async function putAlarm(): Promise<void> {
  await aws.cloudWatch.send(
    new PutMetricAlarmCommand({
      AlarmName: 'employee-promotion-drift',
      Namespace: 'Understudy/Guardrails',
      MetricName: 'Drift',
      Dimensions: dimensions,
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 0.25,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'ignore',
      AlarmActions: [topic],
      OKActions: [topic],
    }),
  );
}

async function measure(value: number): Promise<void> {
  await aws.cloudWatch.send(
    new PutMetricDataCommand({
      Namespace: 'Understudy/Guardrails',
      MetricData: [{ MetricName: 'Drift', Dimensions: dimensions, Value: value, Timestamp: new Date(aws.clock.now()) }],
    }),
  );
  await aws.advanceSeconds(120);
  await quiet(aws.signals);
}

describe('an alarm of CloudWatch, delivered by SNS', () => {
  it('confirms its subscription, opens an incident, and resolves it when CloudWatch says so', async () => {
    const plain = async () => ({ status: 404, body: '' });
    const sns = makeSnsDoor({ takeMessage: acts.takeMessage, onTrouble: (error) => troubles.push(error) });
    const server = await openHttpServer(
      { slack: undefined, sns, healthz: plain, readyz: plain },
      { host: '127.0.0.1', port: 0 },
    );
    await aws.sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: 'http', Endpoint: `${server.url}/sns` }));
    await quiet(aws.signals);
    const listed = await aws.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: topic }));
    expect(listed.Subscriptions?.[0]?.SubscriptionArn).toMatch(`${topic}:`);

    await putAlarm();
    await measure(0.41);
    await acts.readInbox();
    expect(await bench.incident()).toMatchObject({
      what: 'Drift',
      confirmed: true,
      measure: { value: 0.41, limit: 0.25, unit: 'none', datapoints: '1 of 1\u00a0min' },
      state: { kind: 'firing' },
    });

    await measure(0.02);
    await acts.readInbox();
    expect(await bench.incident()).toMatchObject({
      state: { kind: 'resolved', how: { kind: 'by-itself', value: 0.02 } },
    });
    expect(await bench.trail('_house')).toEqual(['subscription.confirmed done']);
    expect(troubles).toEqual([]);
    await server.close();
  });
});

describe('asking CloudWatch itself', () => {
  const arn = 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:employee-promotion-drift';
  const describeAlarm = (asked: string) =>
    makeDescribeAlarm({
      clientFor: ({ account }) => (account === model.account ? aws.cloudWatch : undefined),
      onTrouble: (_, error) => troubles.push(error),
    })(asked);

  it('answers the state and since when', async () => {
    await putAlarm();
    await measure(0.41);
    const answer = await describeAlarm(arn);
    expect(answer).toMatchObject({ state: 'firing' });
    expect(answer !== 'no-answer' && aws.clock.now() - answer.since).toBeLessThanOrEqual(120_000);
  });

  it.each([
    ['another account', 'arn:aws:cloudwatch:us-east-1:999999999999:alarm:x'],
    ['an alarm that is not there', 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:gone'],
    ['something that is no alarm', 'arn:aws:s3:::bucket'],
    ['no ARN', 'employee-promotion-drift'],
  ])('has no answer about %s', async (_, asked) => {
    expect(await describeAlarm(asked)).toBe('no-answer');
    expect(troubles).toEqual([]);
  });
});

describe('a world that may only look', () => {
  it('confirms no subscription and takes nothing out of a queue', async () => {
    const credentials = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'local' };
    const clients = makeSignalClients({ region: 'us-east-1', endpoint: aws.url, credentials, readOnly: true });
    const asked = makeConfirmSubscription(() => clients.sns)({ topicArn: topic, token: 't' });
    await expect(asked).rejects.toMatchObject({ code: 'aws-read-only' });
    const polled = clients.sqs.send(new ReceiveMessageCommand({ QueueUrl: `${aws.url}/111122223333/alerts` }));
    await expect(polled).rejects.toMatchObject({ code: 'aws-read-only' });
    clients.close();
  });
});

describe('a queue is drained into the intake', () => {
  async function openQueue() {
    const queue = await aws.sqs.send(
      new CreateQueueCommand({ QueueName: 'alerts', Attributes: { VisibilityTimeout: '0' } }),
    );
    const QueueUrl = queue.QueueUrl ?? '';
    const left = async () => {
      const AttributeNames = ['ApproximateNumberOfMessages' as const, 'ApproximateNumberOfMessagesNotVisible' as const];
      const { Attributes } = await aws.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
      return Object.values(Attributes ?? {}).reduce((sum, count) => sum + Number(count), 0);
    };
    return {
      QueueUrl,
      left,
      send: (MessageBody: string) => aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody })),
    };
  }

  /** Polls until `calls` deliveries were tried, then stops. */
  async function drain(queueUrl: string, calls: number, take = acts.takeMessage): Promise<void> {
    let tried = 0;
    await new Promise<void>((enough) => {
      const poller = startSqsPoller({
        client: aws.sqs,
        queueUrl,
        take: async (delivery) => {
          try {
            return await take(delivery);
          } finally {
            tried += 1;
            if (tried === calls) void poller.stop().then(enough);
          }
        },
        onTrouble: (_, error) => troubles.push(error),
      });
    });
  }

  it('a message that SNS put there, and one that nobody can read: both kept, both deleted', async () => {
    const queue = await openQueue();
    const Endpoint = 'arn:aws:sqs:us-east-1:111122223333:alerts';
    await aws.sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: 'sqs', Endpoint }));
    await putAlarm();
    await measure(0.41);
    await queue.send('poison {');
    await drain(queue.QueueUrl, 2);
    await acts.readInbox();
    expect(await bench.incident()).toMatchObject({ confirmed: true });
    expect(await bench.messages()).toMatchObject([
      { body: 'poison {', door: 'sqs', state: { why: 'it is no SNS message' } },
    ]);
    expect(await queue.left()).toBe(0);
  });

  it('a message that cannot be taken now comes again', async () => {
    const queue = await openQueue();
    await queue.send('poison {');
    let isDown = true;
    await drain(queue.QueueUrl, 2, async (delivery) => {
      if (!isDown) return await acts.takeMessage(delivery);
      isDown = false;
      throw new Fault('store-unreachable', 'The store is down.', { retryable: true });
    });
    expect(troubles).toHaveLength(1);
    expect(await bench.messages()).toHaveLength(1);
    expect(await queue.left()).toBe(0);
  });

  it('stops at once while it waits for messages', async () => {
    const queue = await openQueue();
    const poller = startSqsPoller({
      client: aws.sqs,
      queueUrl: queue.QueueUrl,
      take: acts.takeMessage,
      onTrouble: () => {},
    });
    const began = performance.now();
    await poller.stop();
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
