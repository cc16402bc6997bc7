import { xmlElement } from '../kit/xml.ts';
import { AwsError } from '../service.ts';
import { checkTopicAttributes } from './attributes.ts';
import type { MessageAttribute } from './envelope.ts';
import { type NotifierDeps, publish } from './notifier.ts';
import { checkPublication, type Publication, readProtocolMessages } from './publication.ts';
import { mapParameter, xmlMap, xmlMembers } from './query-protocol.ts';
import { page, required, type SnsCall, type SnsOperation } from './sns-call.ts';

/** SNS's operations on topics, publishing included. */
export function topicOperations(deps: NotifierDeps): Readonly<Record<string, SnsOperation>> {
  const { topics } = deps;
  return {
    CreateTopic: (call) => {
      const attributes = mapParameter(call.parameters, 'Attributes');
      checkTopicAttributes(attributes);
      return xmlElement('TopicArn', topics.create(required(call, 'Name'), attributes).arn);
    },
    DeleteTopic: (call) => {
      topics.remove(required(call, 'TopicArn'));
      return '';
    },
    ListTopics: (call) => {
      const { shown, next } = page(call, topics.all());
      const members = shown.map(({ arn }) => ({ TopicArn: arn }));
      return xmlMembers('Topics', members) + xmlElement('NextToken', next);
    },
    GetTopicAttributes: (call) => topicAttributes(deps, required(call, 'TopicArn')),
    SetTopicAttributes: (call) => {
      const topic = topics.topic(required(call, 'TopicArn'));
      const change = { [required(call, 'AttributeName')]: call.parameters.get('AttributeValue') ?? '' };
      checkTopicAttributes(change);
      topic.attributes = { ...topic.attributes, ...change };
      return '';
    },
    Publish: (call) => xmlElement('MessageId', publish(deps, targetOf(call), publicationIn(call))),
  };
}

function topicAttributes({ topics, ground }: NotifierDeps, topicArn: string): string {
  const { arn, attributes } = topics.topic(topicArn);
  const listeners = topics.subscriptions().filter((each) => each.topicArn === arn);
  const confirmed = listeners.filter((each) => each.confirmed).length;
  return xmlMap('Attributes', {
    TopicArn: arn,
    Owner: ground.account,
    DisplayName: '',
    SubscriptionsConfirmed: String(confirmed),
    SubscriptionsPending: String(listeners.length - confirmed),
    ...attributes,
  });
}

function targetOf(call: SnsCall): string {
  if (call.parameters.has('PhoneNumber')) {
    throw new AwsError('InvalidParameter', 'Invalid parameter: PhoneNumber (the local SNS sends no text messages)');
  }
  return call.parameters.get('TargetArn') ?? required(call, 'TopicArn');
}

function publicationIn({ parameters }: SnsCall): Publication {
  const message = parameters.get('Message') ?? '';
  const subject = parameters.get('Subject');
  const isJson = parameters.get('MessageStructure') === 'json';
  return checkPublication({
    message,
    ...(subject === null ? {} : { subject }),
    ...(isJson ? { byProtocol: readProtocolMessages(message) } : {}),
    attributes: messageAttributes(parameters),
  });
}

/** `MessageAttributes.entry.1.Name=…&MessageAttributes.entry.1.Value.DataType=…&….Value.StringValue=…` */
function messageAttributes(parameters: URLSearchParams): Record<string, MessageAttribute> {
  const attributes: Record<string, MessageAttribute> = {};
  for (let number = 1; parameters.has(`MessageAttributes.entry.${number}.Name`); number += 1) {
    const entry = `MessageAttributes.entry.${number}`;
    const name = parameters.get(`${entry}.Name`) ?? '';
    const Type = parameters.get(`${entry}.Value.DataType`) ?? '';
    const Value = parameters.get(`${entry}.Value.StringValue`) ?? parameters.get(`${entry}.Value.BinaryValue`);
    if (!/^(String|Number|Binary)(\.|$)/.test(Type) || Value === null || Value === '') {
      throw new AwsError('InvalidParameterValue', `The message attribute '${name}' must have a type and a value.`);
    }
    attributes[name] = { Type, Value };
  }
  return attributes;
}
