import { randomUUID } from 'node:crypto';
import { isoInstant } from '../../../kernel/time.ts';
import type { AwsGround } from '../service.ts';
import { readDeadLetterArn } from './attributes.ts';
import type { Signer } from './certificate.ts';
import { type DeliveryPolicy, readDeliveryPolicy, readTopicDeliveryPolicy, usualDelivery } from './delivery-policy.ts';
import { type Signing, signedEnvelope, type Unsigned } from './envelope.ts';
import { passesFilter, readFilterPolicy } from './filter-policy.ts';
import type { HttpDeliverer } from './http-delivery.ts';
import type { Mischief } from './mischief.ts';
import { filteredValues, messageFor, type Publication } from './publication.ts';
import type { Subscription, TopicBook } from './topics.ts';

/** A message that SNS gave up on and that no dead-letter queue took. */
export type LostMessage = { readonly messageId: string; readonly endpoint: string; readonly reason: string };

export type NotifierDeps = {
  readonly ground: AwsGround;
  readonly topics: TopicBook;
  readonly signer: Signer;
  readonly http: HttpDeliverer;
  readonly mischief: Mischief;
  /** False when there is no such queue. */
  readonly enqueue: (queueArn: string, body: string) => boolean;
  readonly lost: (message: LostMessage) => void;
};

type Parcel = {
  readonly subscription: Subscription;
  readonly type: Unsigned['Type'];
  readonly messageId: string;
  readonly body: string;
  readonly isRaw: boolean;
  /** Read when the message is made: the topic may be gone by the time a held delivery starts. */
  readonly policy: DeliveryPolicy;
};

/** Sends one publication to everybody who listens; answers its MessageId, which stays the same over every retry. */
export function publish(deps: NotifierDeps, topicArn: string, publication: Publication): string {
  deps.topics.topic(topicArn);
  const messageId = randomUUID();
  const timestamp = isoInstant(deps.ground.wall());
  for (const subscription of deps.topics.subscriptions()) {
    if (subscription.topicArn !== topicArn || !subscription.confirmed || !wants(subscription, publication)) continue;
    const isRaw = subscription.attributes.RawMessageDelivery === 'true';
    const message = messageFor(publication, subscription.protocol);
    const body = isRaw ? message : notification(deps, subscription, { publication, message, messageId, timestamp });
    const parcel: Parcel = {
      subscription,
      type: 'Notification',
      messageId,
      body,
      isRaw,
      policy: policyOf(deps, subscription),
    };
    const name = `sns: delivery to ${subscription.endpoint}`;
    deps.mischief.pass({ name, start: () => hand(deps, parcel) });
  }
  return messageId;
}

/** The handshake that starts or, after an unsubscription, could revive an HTTP subscription. */
export function sendConfirmation(
  deps: NotifierDeps,
  subscription: Subscription,
  type: 'SubscriptionConfirmation' | 'UnsubscribeConfirmation',
): void {
  const { topicArn } = subscription;
  const token = deps.topics.makeToken(subscription);
  const message: Unsigned = {
    Type: type,
    MessageId: randomUUID(),
    Token: token,
    TopicArn: topicArn,
    Message: `You have chosen to ${type === 'SubscriptionConfirmation' ? subscribing(topicArn) : deactivating(subscription.arn)}`,
    SubscribeURL: `${deps.ground.baseUrl()}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${token}`,
    Timestamp: isoInstant(deps.ground.wall()),
  };
  const body = signedEnvelope(message, signingFor(deps, topicArn));
  const policy = policyOf(deps, subscription);
  void hand(deps, { subscription, type, messageId: message.MessageId, body, isRaw: false, policy });
}

function subscribing(topicArn: string): string {
  return `subscribe to the topic ${topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`;
}

function deactivating(subscriptionArn: string): string {
  return `deactivate subscription ${subscriptionArn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`;
}

type Notice = {
  readonly publication: Publication;
  readonly message: string;
  readonly messageId: string;
  readonly timestamp: string;
};

function notification(deps: NotifierDeps, subscription: Subscription, notice: Notice): string {
  const { topicArn, arn } = subscription;
  const { subject, attributes } = notice.publication;
  const unsigned: Unsigned = {
    Type: 'Notification',
    MessageId: notice.messageId,
    TopicArn: topicArn,
    ...(subject === undefined ? {} : { Subject: subject }),
    Message: notice.message,
    Timestamp: notice.timestamp,
  };
  return signedEnvelope(unsigned, signingFor(deps, topicArn), {
    UnsubscribeURL: `${deps.ground.baseUrl()}/?Action=Unsubscribe&SubscriptionArn=${arn}`,
    ...(Object.keys(attributes).length === 0 ? {} : { MessageAttributes: attributes }),
  });
}

function signingFor({ topics, signer, ground }: NotifierDeps, topicArn: string): Signing {
  const version = topics.topic(topicArn).attributes.SignatureVersion === '2' ? '2' : '1';
  return { certificate: signer.certificate(), certificateUrl: `${ground.baseUrl()}${signer.path}`, version };
}

function wants({ attributes }: Subscription, publication: Publication): boolean {
  const policy = attributes.FilterPolicy;
  if (!policy) return true;
  return passesFilter(readFilterPolicy(policy), filteredValues(publication, attributes.FilterPolicyScope ?? ''));
}

async function hand(deps: NotifierDeps, parcel: Parcel): Promise<void> {
  const { subscription, body, policy } = parcel;
  if (subscription.protocol === 'sqs') {
    if (!deps.enqueue(subscription.endpoint, body)) giveUp(deps, parcel, 'the queue does not exist');
    return;
  }
  await deps.http.start({
    url: subscription.endpoint,
    headers: headersOf(parcel),
    body,
    retryDelaysSeconds: policy.retryDelaysSeconds,
    lost: (reason) => giveUp(deps, parcel, reason),
  });
}

function headersOf({ subscription, type, messageId, isRaw, policy }: Parcel): Record<string, string> {
  return {
    'x-amz-sns-message-type': type,
    'x-amz-sns-message-id': messageId,
    'x-amz-sns-topic-arn': subscription.topicArn,
    ...(type === 'SubscriptionConfirmation' ? {} : { 'x-amz-sns-subscription-arn': subscription.arn }),
    ...(isRaw ? { 'x-amz-sns-rawdelivery': 'true' } : {}),
    'content-type': policy.contentType,
    'user-agent': 'Amazon Simple Notification Service Agent',
  };
}

function policyOf({ topics }: NotifierDeps, { attributes, topicArn }: Subscription): DeliveryPolicy {
  const own = attributes.DeliveryPolicy;
  if (own) return readDeliveryPolicy(own);
  const shared = topics.topic(topicArn).attributes.DeliveryPolicy;
  return shared ? readTopicDeliveryPolicy(shared) : usualDelivery;
}

function giveUp(deps: NotifierDeps, { subscription, messageId, body }: Parcel, reason: string): void {
  const redrive = subscription.attributes.RedrivePolicy;
  if (redrive && deps.enqueue(readDeadLetterArn(redrive), body)) return;
  deps.lost({ messageId, endpoint: subscription.endpoint, reason });
}
