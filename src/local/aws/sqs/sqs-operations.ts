import type {
  ChangeMessageVisibilityRequest,
  CreateQueueRequest,
  DeleteMessageBatchRequest,
  DeleteMessageRequest,
  DeleteQueueRequest,
  GetQueueAttributesRequest,
  GetQueueUrlRequest,
  ListQueuesRequest,
  Message,
  MessageAttributeValue,
  PurgeQueueRequest,
  ReceiveMessageRequest,
  SendMessageBatchRequest,
  SendMessageRequest,
  SetQueueAttributesRequest,
} from '@aws-sdk/client-sqs';
import { type Now, plus } from '../../../kernel/time.ts';
import type { Checked } from '../kit/json-service.ts';
import { AwsError } from '../service.ts';
import {
  addMessage,
  md5Hex,
  messageOf,
  numberOf,
  type Queue,
  type QueueMessage,
  receiptHandle,
  removeMessage,
  wake,
} from './queue.ts';
import { checkAttributes } from './queue-attributes.ts';
import type { QueueBook } from './queues.ts';

const maxBatch = 10;
const maxWaitSeconds = 20;

/** SQS's operations on queues. */
export function queueOperations(book: QueueBook, wall: Now) {
  return {
    CreateQueue: ({ QueueName, Attributes }: Checked<CreateQueueRequest>) => ({
      QueueUrl: book.urlOf(book.create(QueueName, strings(Attributes))),
    }),
    GetQueueUrl: ({ QueueName }: Checked<GetQueueUrlRequest>) => ({ QueueUrl: book.urlOf(book.byName(QueueName)) }),
    ListQueues: ({ QueueNamePrefix }: Checked<ListQueuesRequest>) => {
      const found = book.all().filter(({ name }) => name.startsWith(QueueNamePrefix ?? ''));
      return found.length === 0 ? {} : { QueueUrls: found.map(book.urlOf) };
    },
    GetQueueAttributes: ({ QueueUrl, AttributeNames }: Checked<GetQueueAttributesRequest>) => {
      const all = allAttributes(book.byUrl(QueueUrl), wall());
      const wanted = AttributeNames ?? [];
      const shown = Object.entries(all).filter(([name]) => wanted.some((each) => each === 'All' || each === name));
      return { Attributes: Object.fromEntries(shown) };
    },
    SetQueueAttributes: ({ QueueUrl, Attributes }: Checked<SetQueueAttributesRequest>) => {
      const queue = book.byUrl(QueueUrl);
      const changed = strings(Attributes);
      checkAttributes(changed);
      queue.attributes = { ...queue.attributes, ...changed };
      queue.modifiedAt = wall();
    },
    DeleteQueue: ({ QueueUrl }: Checked<DeleteQueueRequest>) => book.remove(book.byUrl(QueueUrl)),
    PurgeQueue: ({ QueueUrl }: Checked<PurgeQueueRequest>) => {
      book.byUrl(QueueUrl).messages = [];
    },
  };
}

/** SQS's operations on messages. */
export function messageOperations(book: QueueBook, wall: Now) {
  return {
    SendMessage: (input: Checked<SendMessageRequest>) => send(book.byUrl(input.QueueUrl), input, wall),
    SendMessageBatch: ({ QueueUrl, Entries }: Checked<SendMessageBatchRequest>) => {
      const queue = book.byUrl(QueueUrl);
      return inBatch(Entries, (entry) => send(queue, entry, wall));
    },
    ReceiveMessage: (input: Checked<ReceiveMessageRequest>) => receive(book, input),
    DeleteMessage: ({ QueueUrl, ReceiptHandle }: Checked<DeleteMessageRequest>) =>
      removeMessage(book.byUrl(QueueUrl), ReceiptHandle),
    DeleteMessageBatch: ({ QueueUrl, Entries }: Checked<DeleteMessageBatchRequest>) => {
      const queue = book.byUrl(QueueUrl);
      return inBatch(Entries, ({ ReceiptHandle }) => {
        removeMessage(queue, ReceiptHandle);
        return {};
      });
    },
    ChangeMessageVisibility: (input: Checked<ChangeMessageVisibilityRequest>) => {
      const queue = book.byUrl(input.QueueUrl);
      const message = messageOf(queue, input.ReceiptHandle);
      if (!message || message.visibleAt <= wall()) {
        throw new AwsError('MessageNotInflight', 'The specified message is not in flight.');
      }
      message.visibleAt = plus(wall(), within('VisibilityTimeout', input.VisibilityTimeout, [0, 43_200]) * 1_000);
      wake(queue);
    },
  };
}

type Sendable = Pick<Checked<SendMessageRequest>, 'MessageBody' | 'DelaySeconds' | 'MessageAttributes'>;

function send(queue: Queue, input: Sendable, wall: Now) {
  const attributes = (input.MessageAttributes ?? {}) as Readonly<Record<string, MessageAttributeValue>>;
  const delay = input.DelaySeconds === undefined ? {} : { delaySeconds: input.DelaySeconds };
  const message = addMessage(queue, { body: input.MessageBody, attributes, ...delay }, wall());
  return { MessageId: message.id, MD5OfMessageBody: md5Hex(message.body) };
}

async function receive(book: QueueBook, input: Checked<ReceiveMessageRequest>): Promise<{ Messages?: Message[] }> {
  const queue = book.byUrl(input.QueueUrl);
  const usualVisibility = numberOf(queue, 'VisibilityTimeout');
  const usualWait = numberOf(queue, 'ReceiveMessageWaitTimeSeconds');
  const messages = await book.receive(queue, {
    count: within('MaxNumberOfMessages', input.MaxNumberOfMessages ?? 1, [1, maxBatch]),
    visibilitySeconds: within('VisibilityTimeout', input.VisibilityTimeout ?? usualVisibility, [0, 43_200]),
    waitSeconds: within('WaitTimeSeconds', input.WaitTimeSeconds ?? usualWait, [0, maxWaitSeconds]),
  });
  return messages.length === 0 ? {} : { Messages: messages.map((message) => received(message, input)) };
}

function received(message: QueueMessage, input: Checked<ReceiveMessageRequest>): Message {
  const names: readonly string[] = [...(input.MessageSystemAttributeNames ?? []), ...(input.AttributeNames ?? [])];
  const system = Object.entries(systemAttributes(message)).filter(
    ([name]) => names.includes('All') || names.includes(name),
  );
  const wanted = input.MessageAttributeNames ?? [];
  const own = Object.entries(message.attributes).filter(([name]) => wanted.some((each) => isWanted(each, name)));
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle(message),
    MD5OfBody: md5Hex(message.body),
    Body: message.body,
    ...(system.length === 0 ? {} : { Attributes: Object.fromEntries(system) }),
    ...(own.length === 0 ? {} : { MessageAttributes: Object.fromEntries(own) }),
  };
}

function systemAttributes(message: QueueMessage): Record<string, string> {
  return {
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
    ...(message.sourceArn === undefined ? {} : { DeadLetterQueueSourceArn: message.sourceArn }),
  };
}

function isWanted(asked: string, name: string): boolean {
  if (asked === 'All' || asked === '.*') return true;
  return asked.endsWith('.*') ? name.startsWith(asked.slice(0, -2)) : asked === name;
}

/** @throws {AwsError} when the batch is empty, too long or names an entry twice; entries fail one by one. */
function inBatch<Entry extends { readonly Id: string }>(entries: readonly Entry[], act: (entry: Entry) => object) {
  if (entries.length === 0) throw new AwsError('EmptyBatchRequest', 'The batch request does not contain any entries.');
  if (entries.length > maxBatch) {
    throw new AwsError('TooManyEntriesInBatchRequest', `Maximum number of entries per request are ${maxBatch}.`);
  }
  if (new Set(entries.map(({ Id }) => Id)).size !== entries.length) {
    throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...act(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Failed.push({ Id: entry.Id, SenderFault: true, Code: error.code, Message: error.message });
    }
  }
  return { Successful, Failed };
}

function allAttributes(queue: Queue, wall: number): Readonly<Record<string, string>> {
  const visible = queue.messages.filter(({ visibleAt }) => visibleAt <= wall).length;
  const hidden = queue.messages.filter(({ visibleAt, receiveCount }) => visibleAt > wall && receiveCount > 0).length;
  return {
    ...queue.attributes,
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(hidden),
    ApproximateNumberOfMessagesDelayed: String(queue.messages.length - visible - hidden),
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1_000)),
    LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1_000)),
  };
}

function within(name: string, value: number, [least, most]: readonly [number, number]): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new AwsError(
    'InvalidParameterValue',
    `Value ${value} for parameter ${name} is invalid. Reason: Must be between ${least} and ${most}, if provided.`,
  );
}

function strings(attributes: Readonly<Record<string, string | undefined>> | undefined): Record<string, string> {
  const given = Object.entries(attributes ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(given);
}
