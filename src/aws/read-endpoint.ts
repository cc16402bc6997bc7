import {
  DescribeEndpointCommand,
  type DescribeEndpointCommandOutput,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
  ListTagsCommand,
  type SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import type { AwsReads, ConfigShown, EndpointShown, EndpointStatus, VariantShown } from '../changes/aws-facts.ts';
import { Fault } from '../kernel/fault.ts';
import { asking, findingOne } from './aws-fault.ts';
import { toWire, without } from './wire.ts';

const statuses: Readonly<Record<string, EndpointStatus>> = {
  Creating: 'creating',
  Updating: 'updating',
  SystemUpdating: 'system-updating',
  RollingBack: 'rolling-back',
  InService: 'in-service',
  OutOfService: 'out-of-service',
  Deleting: 'deleting',
  Failed: 'failed',
  UpdateRollbackFailed: 'update-rollback-failed',
};

/** The endpoint as it is now, with what is on its way in. */
export function makeReadEndpoint(sageMaker: SageMakerClient): AwsReads['readEndpoint'] {
  return async function readEndpoint(name) {
    const shown = await findingOne('sagemaker:DescribeEndpoint', () =>
      sageMaker.send(new DescribeEndpointCommand({ EndpointName: name })),
    );
    return shown && endpointShown(name, shown);
  };
}

function endpointShown(name: string, shown: DescribeEndpointCommandOutput): EndpointShown {
  const status = statuses[shown.EndpointStatus ?? ''];
  if (!status)
    throw new Fault('aws-unreadable', `Endpoint ${name} has the status ${shown.EndpointStatus}, which is new.`);
  const pending = shown.PendingDeploymentSummary;
  return {
    name,
    status,
    configName: shown.EndpointConfigName ?? '',
    variants: (shown.ProductionVariants ?? []).map(variantShown),
    shadows: (shown.ShadowProductionVariants ?? []).map(variantShown),
    pending: pending && {
      configName: pending.EndpointConfigName ?? '',
      startedAt: pending.StartTime?.getTime(),
      variants: (pending.ProductionVariants ?? []).map(variantShown),
    },
    failureReason: shown.FailureReason,
  };
}

type Summary = NonNullable<DescribeEndpointCommandOutput['ProductionVariants']>[number];

const phases: Readonly<Record<string, VariantShown['phase']>> = {
  Creating: 'creating',
  Updating: 'updating',
  Deleting: 'deleting',
  ActivatingTraffic: 'activating',
  Baking: 'baking',
};

function variantShown(summary: Summary): VariantShown {
  const phase = summary.VariantStatus?.at(-1);
  return {
    name: summary.VariantName ?? '',
    instances: summary.CurrentInstanceCount ?? 0,
    wantedInstances: summary.DesiredInstanceCount ?? 0,
    weight: summary.CurrentWeight ?? 0,
    wantedWeight: summary.DesiredWeight ?? 0,
    phase: phases[phase?.Status ?? ''],
    phaseSince: phase?.StartTime?.getTime(),
  };
}

/** What DescribeEndpointConfig adds to the members of CreateEndpointConfig, and the name. */
const notMembers = ['EndpointConfigName', 'EndpointConfigArn', 'CreationTime', '$metadata'];

/** An endpoint config with all that a copy of it needs. Tags stand nowhere but in ListTags. */
export function makeReadConfig(sageMaker: SageMakerClient): AwsReads['readConfig'] {
  return async function readConfig(name): Promise<ConfigShown | undefined> {
    const shown = await findingOne('sagemaker:DescribeEndpointConfig', () =>
      sageMaker.send(new DescribeEndpointConfigCommand({ EndpointConfigName: name })),
    );
    if (!shown) return undefined;
    const tags = await readTags(sageMaker, shown.EndpointConfigArn ?? '');
    return { name, members: without(toWire(shown), ...notMembers), tags };
  };
}

async function readTags(sageMaker: SageMakerClient, arn: string): Promise<ConfigShown['tags']> {
  const tags: { Key: string; Value: string }[] = [];
  let NextToken: string | undefined;
  do {
    const page = await asking('sagemaker:ListTags', () =>
      sageMaker.send(new ListTagsCommand({ ResourceArn: arn, ...(NextToken ? { NextToken } : {}) })),
    );
    for (const { Key = '', Value = '' } of page.Tags ?? []) tags.push({ Key, Value });
    NextToken = page.NextToken;
  } while (NextToken);
  return tags;
}

/** A model with the content that its containers run, whether it names a version of the registry or an image by itself. */
export function makeReadModel(
  sageMaker: SageMakerClient,
  reading: Pick<AwsReads, 'readVersion'> & { readonly readRunImages: ReadRunImages },
): AwsReads['readModel'] {
  return async function readModel(name) {
    const shown = await findingOne('sagemaker:DescribeModel', () =>
      sageMaker.send(new DescribeModelCommand({ ModelName: name })),
    );
    if (!shown) return undefined;
    const containers = shown.Containers ?? (shown.PrimaryContainer ? [shown.PrimaryContainer] : []);
    const packageArn = containers.find((container) => container.ModelPackageName)?.ModelPackageName;
    const version = packageArn === undefined ? undefined : await reading.readVersion(packageArn);
    return {
      name,
      packageArn,
      images: version?.images ?? (await reading.readRunImages(containers)),
      containers: containers.length,
      network: toWire({
        VpcConfig: shown.VpcConfig,
        EnableNetworkIsolation: shown.EnableNetworkIsolation === true ? true : undefined,
      }),
    };
  };
}

export type ReadRunImages = (
  containers: readonly {
    readonly Image?: string | undefined;
    readonly ImageDigest?: string | undefined;
    readonly ModelDataUrl?: string | undefined;
    readonly ModelDataETag?: string | undefined;
  }[],
) => Promise<readonly { image: string; digest: string; artefact: string; etag: string }[]>;
