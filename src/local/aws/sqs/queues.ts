import { AwsError, type AwsGround } from '../service.ts';
import { nextVisibleAt, type Queue, type QueueMessage, takeMessages } from './queue.ts';
import { checkAttributes, defaultAttributes, readRedrivePolicy } from './queue-attributes.ts';

export type QueueBook = {
  readonly create: (name: string, attributes: Readonly<Record<string, string>>) => Queue;
  readonly byUrl: (url: string) => Queue;
  readonly byName: (name: string) => Queue;
  /** Undefined when there is no such queue. */
  readonly byArn: (arn: string) => Queue | undefined;
  readonly all: () => readonly Queue[];
  readonly urlOf: (queue: Queue) => string;
  readonly remove: (queue: Queue) => void;
  readonly receive: (queue: Queue, asking: Asking) => Promise<readonly QueueMessage[]>;
  readonly close: () => void;
};

export type Asking = { readonly count: number; readonly visibilitySeconds: number; readonly waitSeconds: number };

type Book = { readonly ground: AwsGround; readonly queues: Map<string, Queue>; open: boolean };

/** Every queue of the account. Visibility, delays and long polls run on wall time. */
export function openQueueBook(ground: AwsGround): QueueBook {
  const book: Book = { ground, queues: new Map(), open: true };
  return {
    create: (name, attributes) => create(book, name, attributes),
    byUrl: (url) => byName(book, url.split('/').at(-1) ?? ''),
    byName: (name) => byName(book, name),
    byArn: (arn) => [...book.queues.values()].find((queue) => queue.arn === arn),
    all: () => [...book.queues.values()],
    urlOf: ({ name }) => `${ground.baseUrl()}/queue/${ground.account}/${name}`,
    remove: ({ name }) => {
      book.queues.delete(name);
    },
    receive: (queue, asking) => receive(book, queue, asking),
    close: () => {
      book.open = false;
      for (const { waiters } of book.queues.values()) for (const waiter of [...waiters]) waiter();
    },
  };
}

function create(book: Book, name: string, attributes: Readonly<Record<string, string>>): Queue {
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(name)) {
    throw new AwsError(
      'InvalidParameterValue',
      'Queue names have 1 to 80 letters, digits, hyphens or underscores; the local SQS has no FIFO queues.',
    );
  }
  checkAttributes(attributes);
  const known = book.queues.get(name);
  if (known) {
    const differs = Object.entries(attributes).some(([attribute, value]) => known.attributes[attribute] !== value);
    if (differs)
      throw new AwsError('QueueNameExists', `A queue already exists with the same name and a different value`);
    return known;
  }
  const { account, region, wall } = book.ground;
  const queue: Queue = {
    name,
    arn: `arn:aws:sqs:${region}:${account}:${name}`,
    createdAt: wall(),
    modifiedAt: wall(),
    attributes: { ...defaultAttributes(), ...attributes },
    messages: [],
    waiters: new Set(),
  };
  book.queues.set(name, queue);
  return queue;
}

function byName(book: Book, name: string): Queue {
  const queue = book.queues.get(name);
  if (!queue) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  return queue;
}

/** Long polling: answers at once when there is something, else when something shows up or the wait is over. */
async function receive(book: Book, queue: Queue, asking: Asking): Promise<readonly QueueMessage[]> {
  const deadline = book.ground.wall() + asking.waitSeconds * 1_000;
  for (;;) {
    const wall = book.ground.wall();
    const taken = takeMessages(queue, { ...asking, wall }, redriveOf(book, queue));
    if (taken.length > 0 || wall >= deadline || !book.open) return taken;
    const shows = nextVisibleAt(queue) ?? deadline;
    await changeOrTimeout(queue, Math.max(1, Math.min(deadline, shows) - wall));
  }
}

function changeOrTimeout(queue: Queue, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      queue.waiters.delete(done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    queue.waiters.add(done);
  });
}

function redriveOf(book: Book, queue: Queue): { maxReceiveCount: number; to: Queue } | undefined {
  const text = queue.attributes.RedrivePolicy;
  if (!text) return undefined;
  const { deadLetterTargetArn, maxReceiveCount } = readRedrivePolicy(text);
  const to = [...book.queues.values()].find(({ arn }) => arn === deadLetterTargetArn);
  return to && { maxReceiveCount, to };
}
