import { CreateTopicCommand, PublishCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  type ReceiveMessageRequest,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSigned, messageIn, openSignalBench, quiet, refusal, type SignalBench } from './local-signals-bench.ts';

let bench: SignalBench;
let QueueUrl: string;
beforeEach(async () => {
  bench = await openSignalBench();
  QueueUrl = await makeQueue('intake');
});
afterEach(() => bench.close());

async function makeQueue(QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
  return (await bench.sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? '';
}
const send = (MessageBody: string) => bench.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
const receive = async (more: Partial<ReceiveMessageRequest> = {}) =>
  (await bench.sqs.send(new ReceiveMessageCommand({ QueueUrl, ...more }))).Messages ?? [];
const bodies = async (more: Partial<ReceiveMessageRequest> = {}) => (await receive(more)).map(({ Body }) => Body);

describe('a queue', () => {
  it('has an address and an ARN, and is the same when created again', async () => {
    expect(QueueUrl).toBe(`${bench.url}/queue/111122223333/intake`);
    expect(await makeQueue('intake')).toBe(QueueUrl);
    expect((await bench.sqs.send(new GetQueueUrlCommand({ QueueName: 'intake' }))).QueueUrl).toBe(QueueUrl);
    const { Attributes } = await bench.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );
    expect(Attributes).toEqual({ QueueArn: 'arn:aws:sqs:us-east-1:111122223333:intake' });
  });

  it('that does not exist, or would differ, is refused in the words clients know', async () => {
    expect(await refusal(bench.sqs.send(new GetQueueUrlCommand({ QueueName: 'nobody' })))).toMatch(
      /^QueueDoesNotExist: /,
    );
    expect(await refusal(makeQueue('intake', { VisibilityTimeout: '5' }))).toMatch(/^QueueNameExists: /);
    expect(await refusal(makeQueue('other', { VisibilityTimeout: '50000' }))).toMatch(/^InvalidAttributeValue: /);
    expect(await refusal(makeQueue('other.fifo'))).toMatch(/^InvalidParameterValue: /);
  });
});

describe('a message', () => {
  it('comes out as it went in, with the digest the SDK checks', async () => {
    await send('grüße "an" alle\n');
    expect(await bodies()).toEqual(['grüße "an" alle\n']);
  });

  it('is hidden while somebody works on it, and shows again when nobody finished', async () => {
    await send('work');
    expect(await bodies({ VisibilityTimeout: 30 })).toEqual(['work']);
    expect(await bodies()).toEqual([]);
    bench.skipWall(30_000);
    const [again] = await receive({ MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
    expect(again).toMatchObject({ Body: 'work', Attributes: { ApproximateReceiveCount: '2' } });
  });

  it('is gone once deleted; an old receipt deletes nothing', async () => {
    await send('work');
    const [first] = await receive({ VisibilityTimeout: 0 });
    const [second] = await receive({ VisibilityTimeout: 0 });
    await bench.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
    const [third] = await receive({ VisibilityTimeout: 0 });
    expect(second?.MessageId).toBe(third?.MessageId);
    await bench.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: third?.ReceiptHandle }));
    expect(await bodies()).toEqual([]);
    const nonsense = new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'nonsense' });
    expect(await refusal(bench.sqs.send(nonsense))).toMatch(/^ReceiptHandleIsInvalid: /);
  });

  it('can be given back early', async () => {
    await send('work');
    const [message] = await receive();
    const back = { QueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 0 };
    await bench.sqs.send(new ChangeMessageVisibilityCommand(back));
    expect(await bodies()).toEqual(['work']);
  });

  it('moves to the dead-letter queue when it was received too often', async () => {
    const dead = await makeQueue('dead');
    const RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: 'arn:aws:sqs:us-east-1:111122223333:dead',
      maxReceiveCount: 2,
    });
    QueueUrl = await makeQueue('fragile', { RedrivePolicy, VisibilityTimeout: '0' });
    await send('poison');
    expect([await bodies(), await bodies(), await bodies()]).toEqual([['poison'], ['poison'], []]);
    const [moved] = await receive({ QueueUrl: dead, MessageSystemAttributeNames: ['All'] });
    expect(moved?.Body).toBe('poison');
    expect(moved?.Attributes?.DeadLetterQueueSourceArn).toBe('arn:aws:sqs:us-east-1:111122223333:fragile');
  });
});

describe('batches', () => {
  it('send, receive and delete ten at a time, entry by entry', async () => {
    const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: `n${index}`, MessageBody: `m${index}` }));
    expect((await bench.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))).Successful).toHaveLength(10);
    const messages = await receive({ MaxNumberOfMessages: 10 });
    expect(messages.map(({ Body }) => Body)).toEqual(Entries.map(({ MessageBody }) => MessageBody));
    const gone = messages.map(({ ReceiptHandle }, index) => ({ Id: `n${index}`, ReceiptHandle }));
    const answer = await bench.sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: [...gone.slice(1), { Id: 'bad', ReceiptHandle: 'nonsense' }],
      }),
    );
    expect(answer.Successful).toHaveLength(9);
    expect(answer.Failed).toMatchObject([{ Id: 'bad', SenderFault: true, Code: 'ReceiptHandleIsInvalid' }]);
    const counted = { QueueUrl, AttributeNames: ['ApproximateNumberOfMessagesNotVisible' as const] };
    const { Attributes } = await bench.sqs.send(new GetQueueAttributesCommand(counted));
    expect(Attributes).toEqual({ ApproximateNumberOfMessagesNotVisible: '1' });
  });

  it('have one to ten entries with ids of their own', async () => {
    const batch = (Entries: { Id: string; MessageBody: string }[]) =>
      refusal(bench.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries })));
    const entry = { Id: 'a', MessageBody: 'x' };
    expect(await batch([])).toMatch(/^EmptyBatchRequest: /);
    expect(await batch([entry, entry])).toMatch(/^BatchEntryIdsNotDistinct: /);
    expect(await batch(Array.from({ length: 11 }, (_, index) => ({ ...entry, Id: `n${index}` })))).toMatch(
      /^TooManyEntries/,
    );
  });
});

describe('a long poll', () => {
  it('answers as soon as there is a message', async () => {
    const poll = bodies({ WaitTimeSeconds: 20 });
    await send('at last');
    expect(await poll).toEqual(['at last']);
  });

  it('waits for a hidden message to show', async () => {
    await send('work');
    const [message] = await receive();
    const poll = bodies({ WaitTimeSeconds: 20 });
    await bench.sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout: 0 }),
    );
    expect(await poll).toEqual(['work']);
  });

  it('cannot last longer than 20 seconds', async () => {
    expect(await refusal(bodies({ WaitTimeSeconds: 21 }))).toMatch(/^InvalidParameterValue: .*WaitTimeSeconds/);
  });
});

describe('a queue that listens to a topic', () => {
  const TopicArn = 'arn:aws:sns:us-east-1:111122223333:ml-guardrails';
  const subscribe = async (Attributes: Record<string, string> = {}) => {
    await bench.sns.send(new CreateTopicCommand({ Name: 'ml-guardrails' }));
    const Endpoint = 'arn:aws:sqs:us-east-1:111122223333:intake';
    return bench.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes }));
  };

  it('is confirmed at once and gets the signed envelope that HTTP endpoints get', async () => {
    expect((await subscribe()).SubscriptionArn).toMatch(`${TopicArn}:`);
    const { MessageId } = await bench.sns.send(new PublishCommand({ TopicArn, Message: 'hello', Subject: 'Hi' }));
    await quiet(bench.signals);
    expect(bench.signals.queued()).toEqual(['sqs: 1 message in intake']);
    const [message] = await receive();
    const envelope = messageIn({ body: message?.Body ?? '' });
    expect(envelope).toMatchObject({ Type: 'Notification', MessageId, TopicArn, Subject: 'Hi', Message: 'hello' });
    expect(await isSigned(envelope)).toBe(true);
  });

  it('raw gets the message alone', async () => {
    await subscribe({ RawMessageDelivery: 'true' });
    await bench.sns.send(new PublishCommand({ TopicArn, Message: 'hello' }));
    expect(await bodies()).toEqual(['hello']);
  });
});
