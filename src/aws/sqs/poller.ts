import { DeleteMessageCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { TakeMessage } from '../../alerts/acts/take-message.ts';

export type SqsPollerDeps = {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly take: TakeMessage;
  /** Told of every failed receive, take or delete; polling goes on. */
  readonly onTrouble: (doing: string, error: unknown) => void;
};

/** Runs until it is stopped; `stop` resolves when what was received is taken or given back. */
export type SqsPoller = { readonly stop: () => Promise<void> };

/** The longest that SQS lets a poll wait, and the most that it hands out at once. */
const waitSeconds = 20;
const messagesMost = 10;
const firstPauseMs = 500;
const longestPauseMs = 30_000;

/**
 * Drains one queue into the intake: a topic delivered by queue, or a dead-letter queue. A message is deleted only after it
 * was taken or refused; one that cannot be taken now comes back when its visibility time-out ends.
 */
export function startSqsPoller(deps: SqsPollerDeps): SqsPoller {
  const stopping = new AbortController();
  const running = poll(deps, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function poll(deps: SqsPollerDeps, stop: AbortSignal): Promise<void> {
  let pauseMs = firstPauseMs;
  while (!stop.aborted) {
    try {
      const messages = await receive(deps, stop);
      pauseMs = firstPauseMs;
      await Promise.all(messages.map((message) => takeOne(deps, message)));
    } catch (error) {
      if (stop.aborted) return;
      deps.onTrouble(`receive from ${deps.queueUrl}`, error);
      await pause(pauseMs, stop);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  }
}

async function receive({ client, queueUrl }: SqsPollerDeps, stop: AbortSignal): Promise<readonly Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: queueUrl,
    MaxNumberOfMessages: messagesMost,
    WaitTimeSeconds: waitSeconds,
  });
  return (await client.send(command, { abortSignal: stop })).Messages ?? [];
}

async function takeOne(deps: SqsPollerDeps, message: Message): Promise<void> {
  const body = message.Body ?? '';
  const bytes = Buffer.byteLength(body, 'utf8');
  try {
    await deps.take({ door: 'sqs', body, bytes, queueId: message.MessageId });
    await deps.client.send(new DeleteMessageCommand({ QueueUrl: deps.queueUrl, ReceiptHandle: message.ReceiptHandle }));
  } catch (error) {
    // Left in the queue: it comes back, and what was already taken is known then.
    deps.onTrouble(`take ${message.MessageId ?? 'a message'} from ${deps.queueUrl}`, error);
  }
}

function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      stop.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    stop.addEventListener('abort', done);
  });
}
