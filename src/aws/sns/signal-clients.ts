import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { AwsPlace } from '../clients.ts';
import { beforeAll, onlyLook } from '../read-only.ts';

export type SignalClients = { readonly sns: SNSClient; readonly sqs: SQSClient; readonly close: () => void };

const connectionTimeoutMs = 5_000;
/** SNS waits 15 s for our answer, in which a confirmation has to be through. */
const snsTimeoutMs = 5_000;
/** A poll waits 20 s at SQS before it is answered. */
const sqsTimeoutMs = 30_000;

/** The clients that messages come by, of one region. In a world that may only look neither confirms nor deletes anything. */
export function makeSignalClients({ region, endpoint, credentials, readOnly }: AwsPlace): SignalClients {
  const settings = (requestTimeout: number) => ({
    region,
    maxAttempts: 2,
    requestHandler: { connectionTimeout: connectionTimeoutMs, requestTimeout, throwOnRequestTimeout: true },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  });
  const sns = new SNSClient(settings(snsTimeoutMs));
  const sqs = new SQSClient(settings(sqsTimeoutMs));
  if (readOnly) {
    sns.middlewareStack.add(onlyLook, beforeAll);
    sqs.middlewareStack.add(onlyLook, beforeAll);
  }
  return {
    sns,
    sqs,
    close: () => {
      sns.destroy();
      sqs.destroy();
    },
  };
}
