import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { S3Client } from '@aws-sdk/client-s3';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';

/** The team's own hands in AWS: whoever registers models, sends traffic and makes standing alarms. Not the bot's. */
export type TeamClients = {
  readonly sagemaker: SageMakerClient;
  readonly runtime: SageMakerRuntimeClient;
  readonly cloudWatch: CloudWatchClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  readonly close: () => void;
};

/** Clients of the local AWS with keys of their own. Nothing of the machine's AWS environment is looked at. */
export function teamClients(url: string, region: string): TeamClients {
  const settings = {
    endpoint: url,
    region,
    credentials: { accessKeyId: 'TEAM', secretAccessKey: 'team' },
    maxAttempts: 2,
  };
  const sagemaker = new SageMakerClient(settings);
  const runtime = new SageMakerRuntimeClient(settings);
  const cloudWatch = new CloudWatchClient(settings);
  const sns = new SNSClient(settings);
  const sqs = new SQSClient(settings);
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  return {
    sagemaker,
    runtime,
    cloudWatch,
    sns,
    sqs,
    s3,
    close: () => {
      for (const client of [sagemaker, runtime, cloudWatch, sns, sqs, s3]) client.destroy();
    },
  };
}
