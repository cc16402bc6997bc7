import {
  AddTagsCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  CreateModelPackageCommand,
  CreateModelPackageGroupCommand,
  DeleteEndpointCommand,
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
  DescribeModelPackageCommand,
  ListEndpointsCommand,
  ListModelPackagesCommand,
  ListModelsCommand,
  ListTagsCommand,
  type SageMakerClient,
  UpdateEndpointCommand,
  UpdateModelPackageCommand,
} from '@aws-sdk/client-sagemaker';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { account, type Bench, image, openBench, refusal, region, variant } from './local-aws-bench.ts';

let bench: Bench;
let sagemaker: SageMakerClient;
beforeEach(async () => {
  bench = await openBench();
  sagemaker = bench.sagemaker;
});
afterEach(() => bench.close());

const role = `arn:aws:iam::${account}:role/sagemaker`;
const digest = `sha256:${'a'.repeat(64)}`;
const container = { Image: image, ImageDigest: digest, ModelDataUrl: 's3://models/v1', ModelDataETag: 'e'.repeat(32) };
const InferenceSpecification = { Containers: [container], SupportedContentTypes: ['text/csv'] };
const ModelPackageGroupName = 'promo';

function versionArn(version: number): string {
  return `arn:aws:sagemaker:${region}:${account}:model-package/promo/${version}`;
}

async function register(more: object = {}): Promise<string> {
  const made = await sagemaker.send(
    new CreateModelPackageCommand({ ModelPackageGroupName, InferenceSpecification, ...more }),
  );
  return made.ModelPackageArn ?? '';
}

describe('the model registry', () => {
  beforeEach(async () => {
    await sagemaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName }));
  });

  it('counts versions up and keeps image digest and artefact ETag', async () => {
    expect([await register(), await register()]).toEqual([versionArn(1), versionArn(2)]);
    const found = await sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: versionArn(2) }));
    expect(found).toMatchObject({
      ModelPackageGroupName,
      ModelPackageVersion: 2,
      ModelPackageStatus: 'Completed',
      ModelApprovalStatus: 'PendingManualApproval',
      InferenceSpecification,
      CreationTime: new Date(bench.start),
    });
  });

  it('gives the same version for the same client token, and refuses it for other content', async () => {
    const first = await register({ ClientToken: 'act-1' });
    expect(await register({ ClientToken: 'act-1' })).toBe(first);
    expect(await refusal(register({ ClientToken: 'act-1', ModelPackageDescription: 'other' }))).toMatch(
      /^ConflictException/,
    );
  });

  it('keeps approval, metadata and stage, and lists by approval', async () => {
    const arn = await register({ CustomerMetadataProperties: { request: 'C1', old: 'x' } });
    await register();
    await bench.advanceSeconds(60);
    await sagemaker.send(
      new UpdateModelPackageCommand({
        ModelPackageArn: arn,
        ModelApprovalStatus: 'Approved',
        ApprovalDescription: 'C212',
        CustomerMetadataProperties: { approver: 'U0BO' },
        CustomerMetadataPropertiesToRemove: ['old'],
        ModelLifeCycle: { Stage: 'Shadow', StageStatus: 'Running' },
      }),
    );
    expect(await sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: arn }))).toMatchObject({
      ModelApprovalStatus: 'Approved',
      ApprovalDescription: 'C212',
      CustomerMetadataProperties: { request: 'C1', approver: 'U0BO' },
      ModelLifeCycle: { Stage: 'Shadow', StageStatus: 'Running' },
      LastModifiedTime: new Date(bench.at(60)),
    });
    const listed = await sagemaker.send(
      new ListModelPackagesCommand({ ModelPackageGroupName, ModelApprovalStatus: 'Approved' }),
    );
    expect(listed.ModelPackageSummaryList?.map(({ ModelPackageArn }) => ModelPackageArn)).toEqual([arn]);
    expect((await sagemaker.send(new ListModelPackagesCommand({}))).ModelPackageSummaryList).toEqual([]);
  });

  it('lets only an approved version become a model', async () => {
    const arn = await register();
    const asModel = () =>
      sagemaker.send(
        new CreateModelCommand({ ModelName: 'm1', ExecutionRoleArn: role, Containers: [{ ModelPackageName: arn }] }),
      );
    expect(await refusal(asModel())).toMatch(/^ValidationException: .*PendingManualApproval, not Approved/);
    await sagemaker.send(new UpdateModelPackageCommand({ ModelPackageArn: arn, ModelApprovalStatus: 'Approved' }));
    expect(await refusal(asModel())).toBe('not refused');
  });
});

describe('models and configurations', () => {
  it('gives a model back as it was made, until it is deleted', async () => {
    const given = {
      ModelName: 'm1',
      ExecutionRoleArn: role,
      PrimaryContainer: { Image: image, Environment: { A: 'b' } },
    };
    await sagemaker.send(new CreateModelCommand({ ...given, Tags: [{ Key: 'team', Value: 'hr' }] }));
    const found = await sagemaker.send(new DescribeModelCommand({ ModelName: 'm1' }));
    expect(found).toMatchObject(given);
    const tags = await sagemaker.send(new ListTagsCommand({ ResourceArn: found.ModelArn }));
    expect(tags.Tags).toEqual([{ Key: 'team', Value: 'hr' }]);
    expect(await refusal(sagemaker.send(new CreateModelCommand(given)))).toMatch(
      /Cannot create already existing model/,
    );
    await sagemaker.send(new DeleteModelCommand({ ModelName: 'm1' }));
    const gone = refusal(sagemaker.send(new DescribeModelCommand({ ModelName: 'm1' })));
    expect(await gone).toMatch(/^ValidationException: Could not find model "arn:aws:sagemaker/);
  });

  it('keeps every member of a configuration but its tags, which come from ListTags', async () => {
    await bench.ship('v1');
    const given = {
      EndpointConfigName: 'full',
      ProductionVariants: [
        variant('AllTraffic', 'v1', { VolumeSizeInGB: 5, ContainerStartupHealthCheckTimeoutInSeconds: 60 }),
      ],
      ShadowProductionVariants: [variant('Shadow-01', 'v1', { InitialVariantWeight: 0.5 })],
      ExecutionRoleArn: role,
      KmsKeyId: 'key-1',
      VpcConfig: { SecurityGroupIds: ['sg-1'], Subnets: ['subnet-1'] },
      EnableNetworkIsolation: true,
      DataCaptureConfig: {
        EnableCapture: true,
        InitialSamplingPercentage: 100,
        DestinationS3Uri: 's3://captures/promo',
        CaptureOptions: [{ CaptureMode: 'Input' as const }, { CaptureMode: 'Output' as const }],
        CaptureContentTypeHeader: { CsvContentTypes: ['text/csv'] },
      },
    };
    const { EndpointConfigArn } = await sagemaker.send(new CreateEndpointConfigCommand(given));
    await sagemaker.send(
      new AddTagsCommand({ ResourceArn: EndpointConfigArn, Tags: [{ Key: 'change', Value: 'C1' }] }),
    );
    const found = await sagemaker.send(new DescribeEndpointConfigCommand({ EndpointConfigName: 'full' }));
    expect(found).toMatchObject(given);
    expect(found).not.toHaveProperty('Tags');
    expect((await sagemaker.send(new ListTagsCommand({ ResourceArn: EndpointConfigArn }))).Tags).toHaveLength(1);
  });

  it.each([
    ['a model that is not there', { ProductionVariants: [variant('A', 'nobody')] }, /Could not find model/],
    ['two variants of one name', { ProductionVariants: [variant('A', 'v1'), variant('A', 'v1')] }, /must be unique/],
    [
      'a shadow beside two production variants',
      { ProductionVariants: [variant('A', 'v1'), variant('B', 'v1')], ShadowProductionVariants: [variant('S', 'v1')] },
      /exactly one shadow variant and one production variant/,
    ],
    [
      'two shadows',
      { ProductionVariants: [variant('A', 'v1')], ShadowProductionVariants: [variant('S', 'v1'), variant('T', 'v1')] },
      /exactly one shadow variant/,
    ],
    ['a name with an underscore', { ProductionVariants: [variant('a_b', 'v1')] }, /regular expression pattern/],
    [
      'an instance type of no kind',
      { ProductionVariants: [variant('A', 'v1', { InstanceType: 'ml.x1' as never })] },
      /enum value set/,
    ],
    [
      'no instance',
      { ProductionVariants: [variant('A', 'v1', { InitialInstanceCount: 0 })] },
      /greater than or equal to 1/,
    ],
    [
      'a number for a name',
      { EndpointConfigName: 7 as never },
      /^SerializationException: endpointConfigName must be a string/,
    ],
    ['no variants', { ProductionVariants: undefined }, /Value null at 'productionVariants'/],
  ])('refuses %s', async (_what, more, sentence) => {
    await bench.ship('v1');
    expect(await refusal(bench.makeConfig('c1', more as never))).toMatch(sentence);
  });

  it('follows NextToken through everything, newest first', async () => {
    for (const name of ['a', 'b', 'c']) {
      await bench.makeModel(name);
      await bench.advanceSeconds(1);
    }
    const first = await sagemaker.send(new ListModelsCommand({ MaxResults: 2 }));
    const second = await sagemaker.send(new ListModelsCommand({ MaxResults: 2, NextToken: first.NextToken }));
    expect([...(first.Models ?? []), ...(second.Models ?? [])].map(({ ModelName }) => ModelName)).toEqual([
      'c',
      'b',
      'a',
    ]);
    expect(second.NextToken).toBeUndefined();
  });
});

describe('endpoints come and go', () => {
  it('an update fails when the serving configuration was deleted under it', async () => {
    await bench.openEndpoint('v1');
    await bench.makeConfig('v2', { ProductionVariants: [variant('AllTraffic', 'v1')] });
    await sagemaker.send(new DeleteEndpointConfigCommand({ EndpointConfigName: 'v1' }));
    const update = sagemaker.send(new UpdateEndpointCommand({ EndpointName: 'promo', EndpointConfigName: 'v2' }));
    expect(await refusal(update)).toMatch(/Could not find endpoint configuration ".*endpoint-config\/v1"/);
  });

  it('a deleted endpoint is Deleting for a moment and then unknown', async () => {
    await bench.openEndpoint('v1');
    const names = async () =>
      (await sagemaker.send(new ListEndpointsCommand({}))).Endpoints?.map((one) => one.EndpointName);
    expect(await names()).toEqual(['promo']);
    await sagemaker.send(new DeleteEndpointCommand({ EndpointName: 'promo' }));
    expect((await bench.endpoint()).EndpointStatus).toBe('Deleting');
    await bench.advanceSeconds(20);
    expect(await refusal(bench.endpoint())).toMatch(/^ValidationException: Could not find endpoint/);
    expect(await names()).toEqual([]);
  });
});
