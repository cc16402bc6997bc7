import { randomBytes, randomUUID } from 'node:crypto';
import { type EpochMs, plus } from '../../../kernel/time.ts';
import { AwsError, type AwsGround } from '../service.ts';

export type Topic = { readonly arn: string; attributes: Readonly<Record<string, string>> };
export type Protocol = 'http' | 'https' | 'sqs';

export type Subscription = {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: Protocol;
  readonly endpoint: string;
  attributes: Readonly<Record<string, string>>;
  confirmed: boolean;
  /** True when an unsigned `Unsubscribe` link may not end it. */
  authenticateOnUnsubscribe: boolean;
};

export type TopicBook = {
  readonly create: (name: string, attributes: Readonly<Record<string, string>>) => Topic;
  readonly topic: (arn: string) => Topic;
  readonly all: () => readonly Topic[];
  readonly remove: (arn: string) => void;
  /** The same topic, protocol and endpoint is the same subscription. */
  readonly subscribe: (wish: Omit<Subscription, 'arn' | 'confirmed' | 'authenticateOnUnsubscribe'>) => Subscription;
  readonly subscription: (arn: string) => Subscription;
  readonly subscriptions: () => readonly Subscription[];
  readonly unsubscribe: (subscription: Subscription) => void;
  /** A token that confirms, or after an unsubscription revives, this subscription within two days. */
  readonly makeToken: (subscription: Subscription) => string;
  readonly confirm: (topicArn: string, token: string) => Subscription;
};

type Book = {
  readonly ground: AwsGround;
  readonly topics: Map<string, Topic>;
  readonly subscriptions: Map<string, Subscription>;
  readonly tokens: Map<string, { readonly subscription: Subscription; readonly until: EpochMs }>;
};

const tokenLivesMs = 2 * 24 * 3_600_000;

/** Every topic of the account and who listens to it. */
export function openTopicBook(ground: AwsGround): TopicBook {
  const book: Book = { ground, topics: new Map(), subscriptions: new Map(), tokens: new Map() };
  return {
    create: (name, attributes) => create(book, name, attributes),
    topic: (arn) => found(book.topics, arn, 'Topic'),
    all: () => [...book.topics.values()],
    remove: (arn) => {
      book.topics.delete(arn);
      for (const each of book.subscriptions.values()) if (each.topicArn === arn) book.subscriptions.delete(each.arn);
    },
    subscribe: (wish) => subscribe(book, wish),
    subscription: (arn) => found(book.subscriptions, arn, 'Subscription'),
    subscriptions: () => [...book.subscriptions.values()],
    unsubscribe: ({ arn }) => {
      book.subscriptions.delete(arn);
    },
    makeToken: (subscription) => {
      const token = randomBytes(128).toString('hex');
      book.tokens.set(token, { subscription, until: plus(ground.wall(), tokenLivesMs) });
      return token;
    },
    confirm: (topicArn, token) => confirm(book, topicArn, token),
  };
}

function create(book: Book, name: string, attributes: Readonly<Record<string, string>>): Topic {
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(name)) {
    throw new AwsError('InvalidParameter', 'Invalid parameter: Topic Name (the local SNS has no FIFO topics)');
  }
  const arn = `arn:aws:sns:${book.ground.region}:${book.ground.account}:${name}`;
  const known = book.topics.get(arn);
  if (known && Object.entries(attributes).some(([key, value]) => known.attributes[key] !== value)) {
    throw new AwsError(
      'InvalidParameter',
      'Invalid parameter: Attributes Reason: Topic already exists with different attributes',
    );
  }
  const topic = known ?? { arn, attributes };
  book.topics.set(arn, topic);
  return topic;
}

function subscribe(book: Book, wish: Parameters<TopicBook['subscribe']>[0]): Subscription {
  found(book.topics, wish.topicArn, 'Topic');
  const known = [...book.subscriptions.values()].find(
    (each) => each.topicArn === wish.topicArn && each.protocol === wish.protocol && each.endpoint === wish.endpoint,
  );
  if (known && JSON.stringify(known.attributes) !== JSON.stringify(wish.attributes)) {
    const why = 'Subscription already exists with different attributes';
    throw new AwsError('InvalidParameter', `Invalid parameter: Attributes Reason: ${why}`);
  }
  if (known) return known;
  const arn = `${wish.topicArn}:${randomUUID()}`;
  const subscription: Subscription = {
    ...wish,
    arn,
    confirmed: wish.protocol === 'sqs',
    authenticateOnUnsubscribe: false,
  };
  book.subscriptions.set(arn, subscription);
  return subscription;
}

function confirm(book: Book, topicArn: string, token: string): Subscription {
  found(book.topics, topicArn, 'Topic');
  const known = book.tokens.get(token);
  if (!known || known.subscription.topicArn !== topicArn || known.until < book.ground.wall()) {
    throw new AwsError('InvalidParameter', 'Invalid parameter: Token');
  }
  known.subscription.confirmed = true;
  book.subscriptions.set(known.subscription.arn, known.subscription);
  return known.subscription;
}

function found<T>(items: ReadonlyMap<string, T>, arn: string, kind: 'Topic' | 'Subscription'): T {
  const item = items.get(arn);
  if (!item) throw new AwsError('NotFound', `${kind} does not exist`, 404);
  return item;
}
