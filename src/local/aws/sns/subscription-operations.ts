import { xmlElement } from '../kit/xml.ts';
import { AwsError } from '../service.ts';
import { checkSubscriptionAttributes } from './attributes.ts';
import { type NotifierDeps, sendConfirmation } from './notifier.ts';
import { mapParameter, xmlMap, xmlMembers } from './query-protocol.ts';
import { page, required, type SnsCall, type SnsOperation } from './sns-call.ts';
import type { Protocol, Subscription } from './topics.ts';

const protocols: readonly Protocol[] = ['http', 'https', 'sqs'];

/** SNS's operations on subscriptions. */
export function subscriptionOperations(deps: NotifierDeps): Readonly<Record<string, SnsOperation>> {
  const { topics, ground } = deps;
  return {
    Subscribe: (call) => subscribe(deps, call),
    ConfirmSubscription: (call) => {
      const subscription = topics.confirm(required(call, 'TopicArn'), required(call, 'Token'));
      const asked = call.parameters.get('AuthenticateOnUnsubscribe') === 'true';
      if (asked && call.caller !== '') subscription.authenticateOnUnsubscribe = true;
      return xmlElement('SubscriptionArn', subscription.arn);
    },
    Unsubscribe: (call) => unsubscribe(deps, call),
    ListSubscriptions: (call) => listed(call, topics.subscriptions(), ground.account),
    ListSubscriptionsByTopic: (call) => {
      const { arn } = topics.topic(required(call, 'TopicArn'));
      const own = topics.subscriptions().filter(({ topicArn }) => topicArn === arn);
      return listed(call, own, ground.account);
    },
    GetSubscriptionAttributes: (call) =>
      subscriptionAttributes(topics.subscription(required(call, 'SubscriptionArn')), ground.account),
    SetSubscriptionAttributes: (call) => {
      const subscription = topics.subscription(required(call, 'SubscriptionArn'));
      const change = { [required(call, 'AttributeName')]: call.parameters.get('AttributeValue') ?? '' };
      checkSubscriptionAttributes(change);
      subscription.attributes = { ...subscription.attributes, ...change };
      return '';
    },
  };
}

/** HTTP endpoints must confirm; a queue of the same account is confirmed at once. */
function subscribe(deps: NotifierDeps, call: SnsCall): string {
  const protocol = protocols.find((known) => known === call.parameters.get('Protocol'));
  if (!protocol) throw invalid(`Protocol ${call.parameters.get('Protocol')} (the local SNS has http, https and sqs)`);
  const endpoint = required(call, 'Endpoint');
  checkEndpoint(protocol, endpoint);
  const attributes = mapParameter(call.parameters, 'Attributes');
  checkSubscriptionAttributes(attributes);
  const wish = { topicArn: required(call, 'TopicArn'), protocol, endpoint, attributes };
  const subscription = deps.topics.subscribe(wish);
  if (!subscription.confirmed) sendConfirmation(deps, subscription, 'SubscriptionConfirmation');
  const mayShow = subscription.confirmed || call.parameters.get('ReturnSubscriptionArn') === 'true';
  return xmlElement('SubscriptionArn', mayShow ? subscription.arn : 'pending confirmation');
}

/** Nothing of the local world may post to somewhere else. */
function checkEndpoint(protocol: Protocol, endpoint: string): void {
  if (protocol === 'sqs') {
    if (!/^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[\w-]+$/.test(endpoint)) throw invalid('SQS endpoint ARN');
    return;
  }
  if (!URL.canParse(endpoint) || !endpoint.startsWith(`${protocol}://`)) {
    throw invalid(`Endpoint must match the specified protocol ${protocol}`);
  }
  const { hostname } = new URL(endpoint);
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
  if (!isLoopback) throw invalid(`Unreachable Endpoint ${hostname} (the local SNS delivers to loopback only)`);
}

function unsubscribe(deps: NotifierDeps, call: SnsCall): string {
  const subscription = deps.topics.subscription(required(call, 'SubscriptionArn'));
  if (subscription.authenticateOnUnsubscribe && call.caller === '') {
    throw new AwsError('AuthorizationError', 'This subscription may only be ended by a signed request', 403);
  }
  deps.topics.unsubscribe(subscription);
  if (subscription.confirmed && subscription.protocol !== 'sqs') {
    sendConfirmation(deps, subscription, 'UnsubscribeConfirmation');
  }
  return '';
}

function listed(call: SnsCall, subscriptions: readonly Subscription[], account: string): string {
  const { shown, next } = page(call, subscriptions);
  const members = shown.map(({ arn, confirmed, protocol, endpoint, topicArn }) => ({
    SubscriptionArn: confirmed ? arn : 'PendingConfirmation',
    Owner: account,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topicArn,
  }));
  return xmlMembers('Subscriptions', members) + xmlElement('NextToken', next);
}

function subscriptionAttributes(subscription: Subscription, account: string): string {
  return xmlMap('Attributes', {
    SubscriptionArn: subscription.arn,
    TopicArn: subscription.topicArn,
    Protocol: subscription.protocol,
    Endpoint: subscription.endpoint,
    Owner: account,
    PendingConfirmation: String(!subscription.confirmed),
    ConfirmationWasAuthenticated: String(subscription.authenticateOnUnsubscribe || subscription.protocol === 'sqs'),
    RawMessageDelivery: 'false',
    ...subscription.attributes,
  });
}

function invalid(what: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${what}`);
}
