import { sha256Hex } from '../../../kernel/digest.ts';
import { type Deployment, stageOf } from './deployment.ts';
import type { PlannedVariant } from './fleet.ts';
import type { Endpoint, Room } from './room.ts';

/** DescribeEndpoint's answer. */
export function describedEndpoint(room: Room, endpoint: Endpoint): unknown {
  const config = room.configs.get(endpoint.configName)?.input;
  const { fleet, deployment } = endpoint;
  const serving = (variant: PlannedVariant): unknown => summary(variant, endpoint.createdAt, variant.instances);
  return {
    ...briefEndpoint(endpoint),
    EndpointConfigName: endpoint.configName,
    ...(fleet ? { ProductionVariants: fleet.production.map(serving) } : {}),
    ...(fleet && fleet.shadow.length > 0 ? { ShadowProductionVariants: fleet.shadow.map(serving) } : {}),
    ...(deployment ? { PendingDeploymentSummary: pendingSummary(deployment) } : {}),
    DataCaptureConfig: captureSummary(config?.DataCaptureConfig),
    FailureReason: endpoint.failureReason,
    LastDeploymentConfig: endpoint.lastDeploymentConfig,
    MetricsConfig: config?.MetricsConfig,
    ExplainerConfig: config?.ExplainerConfig,
    AsyncInferenceConfig: config?.AsyncInferenceConfig,
  };
}

/** What ListEndpoints says of each endpoint. */
export function briefEndpoint(endpoint: Endpoint): Readonly<Record<string, unknown>> {
  return {
    EndpointName: endpoint.name,
    EndpointArn: endpoint.arn,
    EndpointStatus: endpoint.status,
    CreationTime: new Date(endpoint.createdAt),
    LastModifiedTime: new Date(endpoint.modifiedAt),
  };
}

function pendingSummary(deployment: Deployment): unknown {
  const { target } = deployment;
  const { share } = stageOf(deployment);
  const status = [variantStatus(deployment)];
  const pending = (variant: PlannedVariant): unknown => ({
    ...summary(variant, deployment.startedAt, Math.round(variant.instances * share)),
    InstanceType: variant.instanceType,
    VariantStatus: status,
  });
  return {
    EndpointConfigName: target.configName,
    ProductionVariants: target.production.map(pending),
    ...(target.shadow.length > 0 ? { ShadowProductionVariants: target.shadow.map(pending) } : {}),
    StartTime: new Date(deployment.startedAt),
  };
}

const statusWords = {
  provisioning: 'Creating',
  activating: 'ActivatingTraffic',
  baking: 'Baking',
  'rolling-back': 'Deleting',
} as const;

function variantStatus(deployment: Deployment): unknown {
  const message = deployment.failure === undefined ? {} : { StatusMessage: deployment.failure };
  return {
    Status: statusWords[stageOf(deployment).kind],
    ...message,
    StartTime: new Date(deployment.stageSince),
  };
}

function summary(variant: PlannedVariant, resolvedAt: number, instancesNow: number): Readonly<Record<string, unknown>> {
  return {
    VariantName: variant.name,
    DeployedImages: [
      {
        SpecifiedImage: variant.model.image,
        ResolvedImage: resolvedImage(variant),
        ResolutionTime: new Date(resolvedAt),
      },
    ],
    CurrentWeight: variant.weight,
    DesiredWeight: variant.weight,
    CurrentInstanceCount: instancesNow,
    DesiredInstanceCount: variant.instances,
  };
}

/** `repository@sha256:…`; the local registry's digest of a tag follows from its name. */
function resolvedImage({ model }: PlannedVariant): string {
  if (model.image.includes('@')) return model.image;
  const repository = model.image.replace(/:[^:/]+$/, '');
  return `${repository}@${model.imageDigest ?? `sha256:${sha256Hex(model.image)}`}`;
}

type Capture = {
  readonly EnableCapture?: boolean | undefined;
  readonly InitialSamplingPercentage: number;
  readonly DestinationS3Uri: string;
  readonly KmsKeyId?: string | undefined;
};

function captureSummary(capture: Capture | undefined): unknown {
  if (!capture) return undefined;
  const isOn = capture.EnableCapture ?? false;
  return {
    EnableCapture: isOn,
    CaptureStatus: isOn ? 'Started' : 'Stopped',
    CurrentSamplingPercentage: capture.InitialSamplingPercentage,
    DestinationS3Uri: capture.DestinationS3Uri,
    KmsKeyId: capture.KmsKeyId ?? '',
  };
}
