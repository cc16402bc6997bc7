import { fileURLToPath } from 'node:url';
import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DescribeEndpointCommand,
  DescribeModelPackageCommand,
  type DescribeModelPackageCommandOutput,
  SageMakerClient,
  UpdateModelPackageCommand,
} from '@aws-sdk/client-sagemaker';
import { SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/kernel/digest.ts';
import { instant, wallNow } from '../../src/kernel/time.ts';
import { type LocalAws, openLocalAws } from '../../src/local/aws/open-local-aws.ts';
import { openDomainClock } from '../../src/local/clock/domain-clock.ts';
import {
  imageDigest,
  imageUri,
  logisticRegressionContainer,
} from '../../src/local/data/ml/logistic-regression-container.ts';
import { trainVersions } from '../../src/local/data/ml/train-versions.ts';
import { registerVersions } from '../../src/local/data/seed-registry.ts';
import { openTraffic } from '../../src/local/data/traffic/open-traffic.ts';

const account = '111122223333';
const region = 'us-east-1';
const group = 'employee-promotion';
const bucket = 'acme-models';
const versions = trainVersions(fileURLToPath(new URL('../../data/Employees Promotion.csv', import.meta.url)));
const clock = openDomainClock(instant(Date.UTC(2026, 10, 23, 9)));

let aws: LocalAws;
let sagemaker: SageMakerClient;
let s3: S3Client;
let runtime: SageMakerRuntimeClient;
let arns: readonly string[];
let second: DescribeModelPackageCommandOutput;

beforeAll(async () => {
  aws = await openLocalAws({ clock, wall: wallNow, account, region, containers: [logisticRegressionContainer] });
  const to = { region, endpoint: aws.url, credentials: { accessKeyId: 'AKIALOCAL', secretAccessKey: 'local' } };
  sagemaker = new SageMakerClient(to);
  runtime = new SageMakerRuntimeClient(to);
  s3 = new S3Client({ ...to, forcePathStyle: true });
  arns = await registerVersions({ sagemaker, s3, bucket, group, account, region, versions });
  second = await sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: arns[1] ?? '' }));
});

afterAll(async () => {
  for (const client of [sagemaker, runtime, s3]) client.destroy();
  clock.close();
  await aws.close();
});

/** The key of an `s3://acme-models/…` address. */
const keyOf = (url = ''): string => url.slice(`s3://${bucket}/`.length);

describe('the registered versions', () => {
  it('are numbered in one group and wait for approval', () => {
    expect(arns.map((arn) => arn.split(':model-package/')[1])).toEqual([`${group}/1`, `${group}/2`]);
    expect(second.ModelApprovalStatus).toBe('PendingManualApproval');
  });

  it('name their image by digest and their artefact by the ETag it has in S3', async () => {
    const container = second.InferenceSpecification?.Containers?.[0];
    expect(container?.Image).toBe(imageUri(account, region));
    expect(container?.ImageDigest).toBe(imageDigest);
    const stored = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: keyOf(container?.ModelDataUrl) }));
    expect(`"${container?.ModelDataETag}"`).toBe(stored.ETag);
  });

  it('carry an evaluation report whose digest is right', async () => {
    const statistics = second.ModelMetrics?.ModelQuality?.Statistics;
    const stored = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(statistics?.S3Uri) }));
    const text = (await stored.Body?.transformToString()) ?? '';
    expect(statistics?.ContentType).toBe('application/json');
    expect(statistics?.ContentDigest).toBe(`sha256:${sha256Hex(text)}`);
    expect(JSON.parse(text)).toEqual(versions[1].report);
  });
});

describe('a registered version behind an endpoint', () => {
  it('answers traffic, after the minutes in which the endpoint was not there yet', async () => {
    await sagemaker.send(new UpdateModelPackageCommand({ ModelPackageArn: arns[1], ModelApprovalStatus: 'Approved' }));
    await sagemaker.send(
      new CreateModelCommand({
        ModelName: 'promo-2',
        PrimaryContainer: { ModelPackageName: arns[1] },
        ExecutionRoleArn: `arn:aws:iam::${account}:role/serve`,
      }),
    );
    const variant = { VariantName: 'AllTraffic', ModelName: 'promo-2', InitialInstanceCount: 1 };
    await sagemaker.send(
      new CreateEndpointConfigCommand({
        EndpointConfigName: 'promo-2',
        ProductionVariants: [{ ...variant, InstanceType: 'ml.m5.large', InitialVariantWeight: 1 }],
      }),
    );
    await sagemaker.send(new CreateEndpointCommand({ EndpointName: 'promo', EndpointConfigName: 'promo-2' }));
    const traffic = openTraffic({ clock, runtime, endpoint: 'promo', perMinute: 10, seed: 'day' });
    traffic.start();
    await clock.advance(10 * 60_000 - 1);
    const endpoint = await sagemaker.send(new DescribeEndpointCommand({ EndpointName: 'promo' }));
    expect(endpoint.EndpointStatus).toBe('InService');
    expect(traffic.sent()).toBe(100);
    expect(traffic.failed()).toBeGreaterThan(0);
    expect(traffic.failed()).toBeLessThan(50);
    expect(traffic.lastFailure()).toContain('ValidationError');
  });
});
