import { ConfirmSubscriptionCommand, type SNSClient } from '@aws-sdk/client-sns';
import { awsFault } from '../aws-fault.ts';

/**
 * Confirms by API call. The URL inside the message is never opened, and a confirmed subscription can then be ended only by
 * a signed request. Confirming twice answers the same.
 */
export function makeConfirmSubscription(clientFor: (region: string) => SNSClient) {
  return async function confirmSubscription(asked: {
    readonly topicArn: string;
    readonly token: string;
  }): Promise<void> {
    const region = asked.topicArn.split(':')[3] ?? '';
    try {
      await clientFor(region).send(
        new ConfirmSubscriptionCommand({
          TopicArn: asked.topicArn,
          Token: asked.token,
          AuthenticateOnUnsubscribe: 'true',
        }),
      );
    } catch (error) {
      throw awsFault('sns:ConfirmSubscription', error, 'writes');
    }
  };
}
