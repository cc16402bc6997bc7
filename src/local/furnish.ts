import { PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { CreateTopicCommand, SetTopicAttributesCommand, type SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import type { TeamClients } from './world-clients.ts';

/** What a team has before it installs Understudy: a topic, and a standing latency alarm on the endpoint that tells it. */
export async function furnish(team: TeamClients, endpoint: string): Promise<{ readonly topic: string }> {
  const made = await team.sns.send(new CreateTopicCommand({ Name: 'ml-guardrails' }));
  const topic = made.TopicArn ?? '';
  await team.sns.send(
    new SetTopicAttributesCommand({ TopicArn: topic, AttributeName: 'SignatureVersion', AttributeValue: '2' }),
  );
  await team.cloudWatch.send(
    new PutMetricAlarmCommand({
      AlarmName: `${endpoint}-latency-p95`,
      AlarmDescription: 'p95 latency of the production variant',
      Namespace: 'AWS/SageMaker',
      MetricName: 'ModelLatency',
      Dimensions: [
        { Name: 'EndpointName', Value: endpoint },
        { Name: 'VariantName', Value: 'AllTraffic' },
      ],
      ExtendedStatistic: 'p95',
      Period: 60,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
      Threshold: 200_000,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [topic],
      OKActions: [topic],
    }),
  );
  return { topic };
}

/** Subscribes an address to the topic, with the longest retries that SNS allows. */
export async function subscribe(sns: SNSClient, topic: string, address: string): Promise<void> {
  const healthyRetryPolicy = {
    numRetries: 50,
    minDelayTarget: 20,
    maxDelayTarget: 72,
    numMinDelayRetries: 5,
    numMaxDelayRetries: 20,
    backoffFunction: 'linear',
  };
  await sns.send(
    new SubscribeCommand({
      TopicArn: topic,
      Protocol: 'http',
      Endpoint: address,
      Attributes: { DeliveryPolicy: JSON.stringify({ healthyRetryPolicy }) },
    }),
  );
}
