import { X509Certificate } from 'node:crypto';
import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTopicsCommand,
  PublishCommand,
  type PublishInput,
  SetTopicAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wallNow } from '../../src/kernel/time.ts';
import {
  type Endpoint,
  get,
  isSigned,
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
  bench = await openSignalBench();
  endpoint = await openEndpoint();
  await bench.sns.send(new CreateTopicCommand({ Name: 'ml-guardrails' }));
});
afterEach(async () => {
  await bench.close();
  await endpoint.close();
});

const topicArn = 'arn:aws:sns:us-east-1:111122223333:ml-guardrails';
const publish = (Message: string, more: Partial<PublishInput> = {}) =>
  bench.sns.send(new PublishCommand({ TopicArn: topicArn, Message, ...more }));
const subscribe = (Attributes: Record<string, string> = {}) =>
  bench.sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'http', Endpoint: endpoint.url, Attributes }));

/** Subscribes the endpoint and confirms by the token it was sent; answers the subscription's ARN. */
async function listen(attributes: Record<string, string> = {}): Promise<string> {
  await subscribe(attributes);
  const confirmation = messageIn((await endpoint.received(1))[0]);
  const input = { TopicArn: topicArn, Token: confirmation.Token, AuthenticateOnUnsubscribe: 'true' };
  const answer = await bench.sns.send(new ConfirmSubscriptionCommand(input));
  return answer.SubscriptionArn ?? '';
}

/** What arrived after the confirmation. */
async function arrived(): Promise<string[]> {
  await quiet(bench.signals);
  return endpoint.posts.slice(1).map((post) => messageIn(post).Message);
}

describe('a subscription must be confirmed', () => {
  it('the endpoint gets a signed token first, and nothing else before it gave it back', async () => {
    expect((await subscribe()).SubscriptionArn).toBe('pending confirmation');
    await publish('too early');
    const [post] = await endpoint.received(1);
    const confirmation = messageIn(post);
    expect(post?.headers).toMatchObject({
      'x-amz-sns-message-type': 'SubscriptionConfirmation',
      'x-amz-sns-message-id': confirmation.MessageId,
      'x-amz-sns-topic-arn': topicArn,
      'content-type': 'text/plain; charset=UTF-8',
      'user-agent': 'Amazon Simple Notification Service Agent',
    });
    expect(post?.headers['x-amz-sns-subscription-arn']).toBeUndefined();
    expect(await isSigned(confirmation)).toBe(true);
    expect(await isSigned({ ...confirmation, Token: 'another' })).toBe(false);
    expect(await arrived()).toEqual([]);
  });

  it('by the link in the message as well as by the call', async () => {
    await subscribe();
    const link = messageIn((await endpoint.received(1))[0]).SubscribeURL ?? '';
    expect(link.startsWith(`${bench.url}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=`)).toBe(true);
    expect((await get(link)).status).toBe(200);
    const listed = await bench.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn }));
    expect(listed.Subscriptions).toMatchObject([{ Protocol: 'http', Endpoint: endpoint.url, Owner: '111122223333' }]);
    expect(listed.Subscriptions?.[0]?.SubscriptionArn).toMatch(`${topicArn}:`);
  });

  it('within two days', async () => {
    await subscribe();
    const Token = messageIn((await endpoint.received(1))[0]).Token;
    bench.skipWall(2 * 86_400_000 + 60_000);
    const call = bench.sns.send(new ConfirmSubscriptionCommand({ TopicArn: topicArn, Token }));
    expect(await refusal(call)).toBe('InvalidParameterException: Invalid parameter: Token');
  });

  it('and is told when it ends; a link without signature ends none that asked for one', async () => {
    const SubscriptionArn = await listen();
    const link = `${bench.url}/?Action=Unsubscribe&SubscriptionArn=${SubscriptionArn}`;
    expect((await get(link)).status).toBe(403);
    await bench.sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    const farewell = messageIn((await endpoint.received(2))[1]);
    expect(farewell.Type).toBe('UnsubscribeConfirmation');
    expect(await isSigned(farewell)).toBe(true);
    await publish('to nobody');
    expect(await arrived()).toEqual([farewell.Message]);
  });

  it('only addresses on this machine are taken', async () => {
    const call = new SubscribeCommand({ TopicArn: topicArn, Protocol: 'https', Endpoint: 'https://example.com/sns' });
    expect(await refusal(bench.sns.send(call))).toMatch(/^InvalidParameterException: .*loopback/);
  });
});

describe('a notification', () => {
  it('carries subject and attributes, is dated by the real clock and signed in version 1', async () => {
    const arn = await listen();
    const answer = await publish('Latency ü "high"\n', {
      Subject: 'Look here',
      MessageAttributes: { severity: { DataType: 'String', StringValue: 'critical' } },
    });
    const post = (await endpoint.received(2))[1];
    const message = messageIn(post);
    expect(message).toMatchObject({
      Type: 'Notification',
      MessageId: answer.MessageId,
      TopicArn: topicArn,
      Subject: 'Look here',
      Message: 'Latency ü "high"\n',
      SignatureVersion: '1',
      MessageAttributes: { severity: { Type: 'String', Value: 'critical' } },
    });
    expect(post?.headers).toMatchObject({
      'x-amz-sns-message-type': 'Notification',
      'x-amz-sns-subscription-arn': arn,
    });
    expect(Math.abs(wallNow() - new Date(message.Timestamp ?? '').getTime())).toBeLessThan(60_000);
    expect(await isSigned(message)).toBe(true);
    expect(await isSigned({ ...message, Message: 'Latency fine' })).toBe(false);
  });

  it('without subject has none, and in version 2 is signed with SHA-256', async () => {
    await bench.sns.send(
      new SetTopicAttributesCommand({ TopicArn: topicArn, AttributeName: 'SignatureVersion', AttributeValue: '2' }),
    );
    await listen();
    await publish('x');
    const message = messageIn((await endpoint.received(2))[1]);
    expect(Object.keys(message)).not.toContain('Subject');
    expect(message.SignatureVersion).toBe('2');
    expect(await isSigned(message)).toBe(true);
    expect(await isSigned({ ...message, SignatureVersion: '1' })).toBe(false);
  });

  it('names a certificate that is one: issued by itself, for SNS, valid now', async () => {
    await listen();
    const url = messageIn(endpoint.posts[0]).SigningCertURL ?? '';
    expect(url).toMatch(new RegExp(`^${bench.url}/SimpleNotificationService-[0-9a-f]{32}\\.pem$`));
    const certificate = new X509Certificate((await get(url)).body);
    expect(certificate.subject).toBe('CN=sns.us-east-1.amazonaws.com');
    expect(certificate.subjectAltName).toBe('DNS:sns.us-east-1.amazonaws.com');
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkIssued(certificate)).toBe(true);
    expect(new Date(certificate.validFrom).getTime()).toBeLessThan(wallNow());
    expect(new Date(certificate.validTo).getTime()).toBeGreaterThan(wallNow() + 300 * 86_400_000);
  });

  it('raw is the message alone, without signature', async () => {
    await listen({ RawMessageDelivery: 'true' });
    await publish('just this');
    const post = (await endpoint.received(2))[1];
    expect(post?.body).toBe('just this');
    expect(post?.headers['x-amz-sns-rawdelivery']).toBe('true');
  });

  it('with a message structure says to each protocol what is meant for it', async () => {
    await listen();
    await publish(JSON.stringify({ default: 'all', http: 'web' }), { MessageStructure: 'json' });
    expect(await arrived()).toEqual(['web']);
    expect(await refusal(publish('{"http":"web"}', { MessageStructure: 'json' }))).toMatch(/No default entry/);
  });

  it('goes only to those whose filter it passes', async () => {
    await listen({
      FilterPolicy: JSON.stringify({
        severity: ['critical', { prefix: 'warn' }],
        score: [{ numeric: ['>', 1, '<=', 3] }],
      }),
    });
    const send = (severity: string, score: string) =>
      publish(`${severity} ${score}`, {
        MessageAttributes: {
          severity: { DataType: 'String', StringValue: severity },
          score: { DataType: 'Number', StringValue: score },
        },
      });
    for (const [severity, score] of [
      ['critical', '3'],
      ['warning', '2'],
      ['info', '2'],
      ['critical', '1'],
    ] as const)
      await send(severity, score);
    await publish('without attributes');
    expect((await arrived()).sort()).toEqual(['critical 3', 'warning 2']);
  });

  it.each<[string, string, Partial<PublishInput>]>([
    ['nothing', '', {}],
    ['262,145 bytes', 'x'.repeat(262_145), {}],
    ['a subject of 100 characters', 'x', { Subject: 'x'.repeat(100) }],
    ['a subject of two lines', 'x', { Subject: 'a\nb' }],
  ])('cannot be %s', async (_, message, more) => {
    expect(await refusal(publish(message, more))).toMatch(/^InvalidParameter(Exception|Value)?: /);
  });

  it('to a topic that does not exist is refused', async () => {
    expect(await refusal(publish('x', { TopicArn: `${topicArn}-not` }))).toBe(
      'NotFoundException: Topic does not exist',
    );
  });
});

describe('what SNS says about itself', () => {
  it('topics, their attributes and their subscriptions', async () => {
    const arn = await listen({ RawMessageDelivery: 'false' });
    expect((await bench.sns.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn: topicArn }]);
    const topic = await bench.sns.send(new GetTopicAttributesCommand({ TopicArn: topicArn }));
    expect(topic.Attributes).toMatchObject({
      TopicArn: topicArn,
      SubscriptionsConfirmed: '1',
      SubscriptionsPending: '0',
    });
    const subscription = await bench.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }));
    expect(subscription.Attributes).toMatchObject({
      Endpoint: endpoint.url,
      PendingConfirmation: 'false',
      ConfirmationWasAuthenticated: 'true',
      RawMessageDelivery: 'false',
    });
  });

  it.each([
    ['SignatureVersion', '3'],
    ['DeliveryPolicy', 'soon'],
    ['Colour', 'red'],
  ])('%s cannot be %s', async (AttributeName, AttributeValue) => {
    const call = bench.sns.send(new SetTopicAttributesCommand({ TopicArn: topicArn, AttributeName, AttributeValue }));
    expect(await refusal(call)).toMatch(/^InvalidParameterException: /);
  });
});
