import * as schemas from '@aws-sdk/client-sqs';
import { jsonService } from '../kit/json-service.ts';
import type { AwsError, AwsGround, LocalService } from '../service.ts';
import { addMessage } from './queue.ts';
import { openQueueBook } from './queues.ts';
import { messageOperations, queueOperations } from './sqs-operations.ts';

export type Sqs = {
  readonly service: LocalService;
  /** How SNS puts a message into a queue. False when there is no such queue. */
  readonly deliver: (queueArn: string, body: string) => boolean;
  /** Queues that still hold messages, as `sqs: 2 messages in understudy-intake`. */
  readonly waiting: () => string[];
  readonly close: () => void;
};

/** Clients find SQS's errors by their old query codes, which differ from the names of the shapes for these. */
const queryCodes: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
};

/** The local SQS: standard queues with long polling, visibility and redrive. */
export function openSqs(ground: AwsGround): Sqs {
  const book = openQueueBook(ground);
  return {
    service: jsonService({
      name: 'sqs',
      target: 'AmazonSQS',
      protocol: '1.0',
      schemas,
      operations: { ...queueOperations(book, ground.wall), ...messageOperations(book, ground.wall) },
      errorHeaders,
    }),
    deliver: (queueArn, body) => {
      const queue = book.byArn(queueArn);
      if (queue) addMessage(queue, { body }, ground.wall());
      return queue !== undefined;
    },
    waiting: () =>
      book
        .all()
        .filter(({ messages }) => messages.length > 0)
        .map(({ name, messages: { length } }) => `sqs: ${length} ${length === 1 ? 'message' : 'messages'} in ${name}`),
    close: book.close,
  };
}

function errorHeaders(error: AwsError): Readonly<Record<string, string>> {
  const fault = error.status < 500 ? 'Sender' : 'Receiver';
  return { 'x-amzn-query-error': `${queryCodes[error.code] ?? error.code};${fault}` };
}
