import { createHash, randomUUID } from 'node:crypto';
import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { type EpochMs, plus } from '../../../kernel/time.ts';
import { AwsError } from '../service.ts';

export type QueueMessage = {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
  readonly sentAt: EpochMs;
  /** The queue it came from, when redrive moved it here. */
  readonly sourceArn?: string;
  visibleAt: EpochMs;
  receiveCount: number;
  firstReceivedAt?: EpochMs;
};

export type Queue = {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: EpochMs;
  modifiedAt: EpochMs;
  attributes: Readonly<Record<string, string>>;
  messages: QueueMessage[];
  /** Woken when something may have become visible. */
  readonly waiters: Set<() => void>;
};

export type Sent = {
  readonly body: string;
  readonly attributes?: Readonly<Record<string, MessageAttributeValue>>;
  readonly delaySeconds?: number;
};

/** SQS has taken up to 1 MiB per message since 2025. */
const maxBytes = 1_048_576;

export function addMessage(queue: Queue, sent: Sent, wall: EpochMs): QueueMessage {
  const bytes = Buffer.byteLength(sent.body);
  if (bytes === 0) throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (bytes > maxBytes) {
    throw new AwsError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${maxBytes} bytes.`,
    );
  }
  const delaySeconds = sent.delaySeconds ?? numberOf(queue, 'DelaySeconds');
  const message: QueueMessage = {
    id: randomUUID(),
    body: sent.body,
    attributes: sent.attributes ?? {},
    sentAt: wall,
    visibleAt: plus(wall, delaySeconds * 1_000),
    receiveCount: 0,
  };
  push(queue, message);
  return message;
}

export type Taking = { readonly count: number; readonly visibilitySeconds: number; readonly wall: EpochMs };

/** Takes up to `count` visible messages and hides them. Those received too often go to `toDeadLetters` instead. */
export function takeMessages(
  queue: Queue,
  taking: Taking,
  redrive: { readonly maxReceiveCount: number; readonly to: Queue } | undefined,
): QueueMessage[] {
  forgetExpired(queue, taking.wall);
  const taken: QueueMessage[] = [];
  for (const message of queue.messages.filter(({ visibleAt }) => visibleAt <= taking.wall)) {
    if (taken.length >= taking.count) break;
    if (redrive && message.receiveCount >= redrive.maxReceiveCount) {
      queue.messages = queue.messages.filter((other) => other !== message);
      push(redrive.to, { ...message, sourceArn: queue.arn, visibleAt: taking.wall, receiveCount: 0 });
      continue;
    }
    message.receiveCount += 1;
    message.firstReceivedAt ??= taking.wall;
    message.visibleAt = plus(taking.wall, taking.visibilitySeconds * 1_000);
    taken.push(message);
  }
  return taken;
}

/** When the next hidden message shows again; undefined when there is none. */
export function nextVisibleAt(queue: Queue): EpochMs | undefined {
  return queue.messages.map(({ visibleAt }) => visibleAt).sort((a, b) => a - b)[0];
}

/** A handle names one receipt of one message: `base64(id/receiveCount)`. */
export function receiptHandle(message: QueueMessage): string {
  return Buffer.from(`${message.id}/${message.receiveCount}`).toString('base64');
}

/**
 * The message that a handle names, as long as that receipt is the latest one. An older receipt names nothing:
 * deleting by it succeeds without effect, as in SQS.
 */
export function messageOf(queue: Queue, handle: string): QueueMessage | undefined {
  const match = /^([0-9a-f-]{36})\/(\d+)$/.exec(Buffer.from(handle, 'base64').toString('utf8'));
  if (!match) throw new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not valid.`, 404);
  return queue.messages.find(({ id, receiveCount }) => id === match[1] && receiveCount === Number(match[2]));
}

export function removeMessage(queue: Queue, handle: string): void {
  const message = messageOf(queue, handle);
  if (message) queue.messages = queue.messages.filter((other) => other !== message);
}

export function wake(queue: Queue): void {
  for (const waiter of [...queue.waiters]) waiter();
}

export function numberOf(queue: Queue, attribute: string): number {
  return Number(queue.attributes[attribute] ?? 0);
}

export function md5Hex(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex');
}

function push(queue: Queue, message: QueueMessage): void {
  queue.messages.push(message);
  wake(queue);
}

function forgetExpired(queue: Queue, wall: EpochMs): void {
  const keptForMs = numberOf(queue, 'MessageRetentionPeriod') * 1_000;
  queue.messages = queue.messages.filter(({ sentAt }) => wall - sentAt <= keptForMs);
}
