import { ConfirmSubscriptionCommand, CreateTopicCommand, PublishCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignalOptions } from '../../src/local/aws/open-signals.ts';
import {
  type Endpoint,
  messageIn,
  openEndpoint,
  openSignalBench,
  quiet,
  refusal,
  type SignalBench,
} from './local-signals-bench.ts';

let bench: SignalBench;
let endpoint: Endpoint;
beforeEach(async () => {
  endpoint = await openEndpoint();
  await openTopic();
});
afterEach(async () => {
  await bench.close();
  await endpoint.close();
});

async function openTopic(options: SignalOptions = {}): Promise<void> {
  bench = await openSignalBench(options);
  await bench.sns.send(new CreateTopicCommand({ Name: 'ml-guardrails' }));
}

const topicArn = 'arn:aws:sns:us-east-1:111122223333:ml-guardrails';
const publish = (Message: string) => bench.sns.send(new PublishCommand({ TopicArn: topicArn, Message }));
const subscribe = (Attributes: Record<string, string> = {}) =>
  bench.sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'http', Endpoint: endpoint.url, Attributes }));

async function listen(attributes: Record<string, string> = {}): Promise<void> {
  await subscribe(attributes);
  const { Token } = messageIn((await endpoint.received(1))[0]);
  await bench.sns.send(new ConfirmSubscriptionCommand({ TopicArn: topicArn, Token }));
}

/** What arrived after the confirmation. */
async function arrived(): Promise<string[]> {
  await quiet(bench.signals);
  return endpoint.posts.slice(1).map((post) => messageIn(post).Message);
}

describe('delivery', () => {
  it('is tried again after 503, 429 and a broken connection, with one MessageId', async () => {
    await listen();
    endpoint.answer(503, 429, 0, 204);
    const { MessageId } = await publish('hold on');
    const posts = (await endpoint.received(5)).slice(1);
    expect(posts.map((post) => messageIn(post).MessageId)).toEqual(Array(4).fill(MessageId));
    expect(new Set(posts.map(({ body }) => body)).size).toBe(1);
    await quiet(bench.signals);
    expect(bench.signals.lost()).toEqual([]);
  });

  it('gives up after three retries and says so', async () => {
    await listen();
    endpoint.answer(503, 503, 503, 503);
    const { MessageId } = await publish('in vain');
    await quiet(bench.signals);
    expect(endpoint.posts).toHaveLength(5);
    expect(bench.signals.lost()).toEqual([
      { messageId: MessageId, endpoint: endpoint.url, reason: 'the endpoint answered 503' },
    ]);
  });

  it.each([400, 403, 404, 302])('%i is final', async (status) => {
    await listen();
    endpoint.answer(status);
    await publish('refused');
    await quiet(bench.signals);
    expect(endpoint.posts).toHaveLength(2);
    expect(bench.signals.lost()).toMatchObject([{ reason: `the endpoint answered ${status}` }]);
  });

  it('leaves what it could not deliver in the dead-letter queue', async () => {
    const { QueueUrl } = await bench.sqs.send(new CreateQueueCommand({ QueueName: 'dead' }));
    await listen({ RedrivePolicy: JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:us-east-1:111122223333:dead' }) });
    endpoint.answer(403);
    const { MessageId } = await publish('refused');
    await quiet(bench.signals);
    const kept = await bench.sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(messageIn({ body: kept.Messages?.[0]?.Body ?? '' })).toMatchObject({ MessageId, Message: 'refused' });
    expect(bench.signals.lost()).toEqual([]);
  });

  it('follows the subscription its own policy', async () => {
    const healthyRetryPolicy = {
      numRetries: 5,
      minDelayTarget: 1,
      maxDelayTarget: 8,
      numNoDelayRetries: 2,
      backoffFunction: 'exponential',
    };
    await listen({
      DeliveryPolicy: JSON.stringify({ healthyRetryPolicy, requestPolicy: { headerContentType: 'application/json' } }),
    });
    endpoint.answer(503, 503, 503, 503, 503, 200);
    await publish('patience');
    expect((await endpoint.received(7)).at(-1)?.headers['content-type']).toBe('application/json');
    await quiet(bench.signals);
    expect(bench.signals.lost()).toEqual([]);
  });

  it('a policy of more than an hour is refused', async () => {
    const healthyRetryPolicy = { numRetries: 100, minDelayTarget: 60, maxDelayTarget: 60 };
    expect(await refusal(subscribe({ DeliveryPolicy: JSON.stringify({ healthyRetryPolicy }) }))).toMatch(
      /^InvalidParameterException: .*3600 s/,
    );
  });

  it('under way is named, also while it waits for its next try', async () => {
    await bench.close();
    await openTopic({ policySecondMs: 60_000 });
    await listen();
    endpoint.answer(503, 503);
    await publish('one');
    await publish('two');
    await endpoint.received(3);
    expect(bench.signals.pending()).toEqual([`sns: 2 deliveries to ${endpoint.url} under way`]);
  });

  it('no answer in time counts as an outage', async () => {
    await bench.close();
    await openTopic({ deliveryTimeoutMs: 50 });
    await listen();
    endpoint.hang();
    await publish('are you there');
    await quiet(bench.signals);
    expect(bench.signals.lost()).toMatchObject([{ reason: 'no answer within 50 ms' }]);
    expect(endpoint.posts).toHaveLength(5);
  });
});

describe('mischief on request', () => {
  beforeEach(() => listen());

  it('duplicates', async () => {
    bench.signals.mischief.order({ kind: 'duplicate' });
    const { MessageId } = await publish('twice');
    await publish('once');
    expect((await arrived()).sort()).toEqual(['once', 'twice', 'twice']);
    const twins = endpoint.posts.filter((post) => messageIn(post).Message === 'twice');
    expect(twins.map((post) => messageIn(post).MessageId)).toEqual([MessageId, MessageId]);
  });

  it('drops', async () => {
    bench.signals.mischief.order({ kind: 'drop', times: 2 });
    for (const word of ['one', 'two', 'three']) await publish(word);
    expect(await arrived()).toEqual(['three']);
  });

  it('reorders', async () => {
    bench.signals.mischief.order({ kind: 'reorder', ms: 60_000 });
    await publish('first');
    expect(bench.signals.pending()).toEqual([`sns: delivery to ${endpoint.url} is held back (reorder)`]);
    await publish('second');
    expect(await arrived()).toEqual(['second', 'first']);
  });

  it('delays', async () => {
    bench.signals.mischief.order({ kind: 'delay', ms: 5 });
    await publish('late');
    expect(endpoint.posts).toHaveLength(1);
    expect(await arrived()).toEqual(['late']);
  });
});
