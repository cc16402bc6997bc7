import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { S3Client } from '@aws-sdk/client-s3';
import { SageMakerClient, type SageMakerClientConfig } from '@aws-sdk/client-sagemaker';
import { beforeAll, onlyLook } from './read-only.ts';

export type AwsPlace = {
  readonly region: string;
  /** Another address than AWS's own: the local world, or a VPC endpoint. */
  readonly endpoint?: string | undefined;
  readonly credentials?: SageMakerClientConfig['credentials'] | undefined;
  /** Nothing but Describe, List, Get, Query, Search and Head leaves the process. */
  readonly readOnly: boolean;
  /** The longest that a changing call may take; 20 s when not given, and never more. */
  readonly sendTimeoutMs?: number | undefined;
};

/** Clients that look and clients that act, of one account and region. They differ in what happens when an answer is lost. */
export type AwsClients = {
  readonly reading: {
    readonly sageMaker: SageMakerClient;
    readonly cloudWatch: CloudWatchClient;
    readonly s3: S3Client;
  };
  readonly acting: { readonly sageMaker: SageMakerClient; readonly cloudWatch: CloudWatchClient };
  readonly close: () => void;
};

const connectionTimeoutMs = 5_000;
const requestTimeoutMs = 20_000;
const readAttempts = 3;

/**
 * Reading clients try again by themselves. Acting clients send once: most of SageMaker's changing calls carry no token,
 * so a second sending is decided by the runner, after it has looked.
 */
export function makeAwsClients(place: AwsPlace): AwsClients {
  const reading = settings(place, { maxAttempts: readAttempts, requestTimeout: requestTimeoutMs });
  const sendTimeoutMs = Math.min(requestTimeoutMs, place.sendTimeoutMs ?? requestTimeoutMs);
  const acting = settings(place, { maxAttempts: 1, requestTimeout: sendTimeoutMs });
  const clients: AwsClients = {
    reading: {
      sageMaker: new SageMakerClient(reading),
      cloudWatch: new CloudWatchClient(reading),
      s3: new S3Client({ ...reading, forcePathStyle: place.endpoint !== undefined }),
    },
    acting: { sageMaker: new SageMakerClient(acting), cloudWatch: new CloudWatchClient(acting) },
    close: () => {
      for (const client of every(clients)) client.destroy();
    },
  };
  if (place.readOnly) makeReadOnly(clients);
  return clients;
}

type Pace = { readonly maxAttempts: number; readonly requestTimeout: number };

function settings({ region, endpoint, credentials }: AwsPlace, { maxAttempts, requestTimeout }: Pace) {
  return {
    region,
    maxAttempts,
    // Without the last one the SDK only writes a warning when a request takes too long.
    requestHandler: {
      connectionTimeout: Math.min(connectionTimeoutMs, requestTimeout),
      requestTimeout,
      throwOnRequestTimeout: true,
    },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  };
}

/** The reading clients too: what they are for is no promise about what somebody sends with them. */
function makeReadOnly({ reading, acting }: AwsClients): void {
  for (const client of [reading.sageMaker, acting.sageMaker]) client.middlewareStack.add(onlyLook, beforeAll);
  for (const client of [reading.cloudWatch, acting.cloudWatch]) client.middlewareStack.add(onlyLook, beforeAll);
  reading.s3.middlewareStack.add(onlyLook, beforeAll);
}

function every({ reading, acting }: AwsClients) {
  return [reading.sageMaker, reading.cloudWatch, reading.s3, acting.sageMaker, acting.cloudWatch];
}
