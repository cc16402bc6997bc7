import { AwsError } from '../service.ts';
import { readDeliveryPolicy, readTopicDeliveryPolicy } from './delivery-policy.ts';
import { readFilterPolicy } from './filter-policy.ts';

type Check = (value: string) => unknown;

const anyText: Check = () => undefined;

/** What may be set on a topic. */
const topicAttributes: Readonly<Record<string, Check>> = {
  DisplayName: anyText,
  Policy: anyText,
  KmsMasterKeyId: anyText,
  TracingConfig: oneOf('TracingConfig', ['Active', 'PassThrough']),
  SignatureVersion: oneOf('SignatureVersion', ['1', '2']),
  DeliveryPolicy: readTopicDeliveryPolicy,
};

/** What may be set on a subscription. */
const subscriptionAttributes: Readonly<Record<string, Check>> = {
  RawMessageDelivery: oneOf('RawMessageDelivery', ['true', 'false']),
  FilterPolicyScope: oneOf('FilterPolicyScope', ['MessageAttributes', 'MessageBody']),
  FilterPolicy: readFilterPolicy,
  DeliveryPolicy: readDeliveryPolicy,
  RedrivePolicy: readDeadLetterArn,
};

export function checkTopicAttributes(attributes: Readonly<Record<string, string>>): void {
  check(topicAttributes, attributes);
}

export function checkSubscriptionAttributes(attributes: Readonly<Record<string, string>>): void {
  check(subscriptionAttributes, attributes);
}

/** `{"deadLetterTargetArn":"arn:aws:sqs:…"}` */
export function readDeadLetterArn(text: string): string {
  try {
    const parsed: unknown = JSON.parse(text);
    const arn: unknown = typeof parsed === 'object' && parsed !== null && Reflect.get(parsed, 'deadLetterTargetArn');
    if (typeof arn === 'string' && /^arn:aws[a-z-]*:sqs:/.test(arn)) return arn;
  } catch {
    // Falls through: text that is no JSON is refused like any other shape.
  }
  throw new AwsError('InvalidParameter', 'Invalid parameter: RedrivePolicy: deadLetterTargetArn must be an SQS queue');
}

function check(known: Readonly<Record<string, Check>>, attributes: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    const rule = known[name];
    if (!rule) throw new AwsError('InvalidParameter', `Invalid parameter: AttributeName ${name}`);
    if (value !== '') rule(value);
  }
}

function oneOf(name: string, words: readonly string[]): Check {
  return (value) => {
    if (!words.includes(value)) throw new AwsError('InvalidParameter', `Invalid parameter: ${name}: ${value}`);
  };
}
