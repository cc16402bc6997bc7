import {
  CaptureMode,
  ModelApprovalStatus,
  ProductionVariantInstanceType,
  TrafficRoutingConfigType,
} from '@aws-sdk/client-sagemaker';
import type { Rule, Rules } from '../kit/rules.ts';

/** Names of models, configurations, endpoints, variants and groups, from the public service model. */
const entityName: Rule = { length: [1, 63], pattern: /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/ };
const roleArn: Rule = { length: [20, 2048], pattern: /^arn:aws[a-z-]*:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/ };
const image: Rule = { length: [1, 255], pattern: /^\S+$/ };
const artefactUrl: Rule = { length: [1, 1024], pattern: /^(https|s3):\/\/([^/]+)\/?(.*)$/ };
const resourceArn: Rule = { length: [1, 256], pattern: /^arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:[0-9]{12}:.*$/ };
const maxResults: Rule = { range: [1, 100] };

const tags: Rules = {
  Tags: { length: [0, 50] },
  'Tags[].Key': { length: [1, 128], pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u },
  'Tags[].Value': { length: [0, 256], pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u },
};

function variantRules(list: string): Rules {
  return {
    [list]: { length: [1, 10] },
    [`${list}[].VariantName`]: entityName,
    [`${list}[].ModelName`]: entityName,
    [`${list}[].InstanceType`]: { oneOf: Object.values(ProductionVariantInstanceType) },
    [`${list}[].InitialInstanceCount`]: { range: [1, 1_000_000] },
    [`${list}[].InitialVariantWeight`]: { range: [0, 1_000_000] },
  };
}

const blueGreen = 'DeploymentConfig.BlueGreenUpdatePolicy';
const routing = `${blueGreen}.TrafficRoutingConfiguration`;
const rolling = 'DeploymentConfig.RollingUpdatePolicy';
const alarms = 'DeploymentConfig.AutoRollbackConfiguration.Alarms';
const sizeTypes: Rule = { oneOf: ['INSTANCE_COUNT', 'CAPACITY_PERCENT'] };
const atLeastOne: Rule = { range: [1, 1_000_000] };
const waitSeconds: Rule = { range: [0, 3_600] };
const timeoutSeconds: Rule = { range: [600, 28_800] };

const deployment: Rules = {
  [`${routing}.Type`]: { oneOf: Object.values(TrafficRoutingConfigType) },
  [`${routing}.WaitIntervalInSeconds`]: waitSeconds,
  [`${routing}.CanarySize.Type`]: sizeTypes,
  [`${routing}.CanarySize.Value`]: atLeastOne,
  [`${routing}.LinearStepSize.Type`]: sizeTypes,
  [`${routing}.LinearStepSize.Value`]: atLeastOne,
  [`${blueGreen}.TerminationWaitInSeconds`]: waitSeconds,
  [`${blueGreen}.MaximumExecutionTimeoutInSeconds`]: timeoutSeconds,
  [`${rolling}.MaximumBatchSize.Type`]: sizeTypes,
  [`${rolling}.MaximumBatchSize.Value`]: atLeastOne,
  [`${rolling}.WaitIntervalInSeconds`]: waitSeconds,
  [`${rolling}.MaximumExecutionTimeoutInSeconds`]: timeoutSeconds,
  [alarms]: { length: [1, 10] },
  [`${alarms}[].AlarmName`]: { length: [1, 255] },
};

const capture: Rules = {
  'DataCaptureConfig.InitialSamplingPercentage': { range: [0, 100] },
  'DataCaptureConfig.DestinationS3Uri': { length: [1, 512], pattern: /^(https|s3):\/\/([^/]+)\/?(.*)$/ },
  'DataCaptureConfig.CaptureOptions': { length: [1, 32] },
  'DataCaptureConfig.CaptureOptions[].CaptureMode': { oneOf: Object.values(CaptureMode) },
  'DataCaptureConfig.CaptureContentTypeHeader.CsvContentTypes': { length: [1, 10] },
  'DataCaptureConfig.CaptureContentTypeHeader.JsonContentTypes': { length: [1, 10] },
};

const approval: Rules = {
  ModelApprovalStatus: { oneOf: Object.values(ModelApprovalStatus) },
  CustomerMetadataProperties: { length: [0, 50] },
  ClientToken: { length: [1, 36], pattern: /^[a-zA-Z0-9-]+$/ },
  'ModelLifeCycle.Stage': entityName,
  'ModelLifeCycle.StageStatus': entityName,
  'ModelLifeCycle.StageDescription': { length: [0, 1_024] },
};

const containers = 'InferenceSpecification.Containers';

const listing: Rules = { MaxResults: maxResults, SortOrder: { oneOf: ['Ascending', 'Descending'] } };

/** What the SDK's schemas do not carry: lengths, patterns, enums and ranges of what the local SageMaker is sent. */
export const memberRules: Readonly<Record<string, Rules>> = {
  CreateModel: {
    ModelName: entityName,
    ExecutionRoleArn: roleArn,
    Containers: { length: [0, 15] },
    'PrimaryContainer.Image': image,
    'PrimaryContainer.ModelDataUrl': artefactUrl,
    'PrimaryContainer.ModelPackageName': { length: [1, 176] },
    'Containers[].Image': image,
    'Containers[].ModelDataUrl': artefactUrl,
    'Containers[].ModelPackageName': { length: [1, 176] },
    ...tags,
  },
  DescribeModel: { ModelName: entityName },
  DeleteModel: { ModelName: entityName },
  CreateEndpointConfig: {
    EndpointConfigName: entityName,
    ExecutionRoleArn: roleArn,
    ...variantRules('ProductionVariants'),
    ...variantRules('ShadowProductionVariants'),
    ...capture,
    ...tags,
  },
  DescribeEndpointConfig: { EndpointConfigName: entityName },
  DeleteEndpointConfig: { EndpointConfigName: entityName },
  CreateEndpoint: { EndpointName: entityName, EndpointConfigName: entityName, ...deployment, ...tags },
  UpdateEndpoint: {
    EndpointName: entityName,
    EndpointConfigName: entityName,
    ExcludeRetainedVariantProperties: { length: [0, 3] },
    'ExcludeRetainedVariantProperties[].VariantPropertyType': {
      oneOf: ['DesiredInstanceCount', 'DesiredWeight', 'DataCaptureConfig'],
    },
    ...deployment,
  },
  DescribeEndpoint: { EndpointName: entityName },
  DeleteEndpoint: { EndpointName: entityName },
  CreateModelPackageGroup: { ModelPackageGroupName: entityName, ...tags },
  CreateModelPackage: {
    ModelPackageName: entityName,
    ModelPackageDescription: { length: [0, 1_024] },
    [containers]: { length: [1, 15] },
    [`${containers}[].Image`]: image,
    [`${containers}[].ImageDigest`]: { length: [0, 72], pattern: /^sha256:[0-9a-f]{64}$/i },
    [`${containers}[].ModelDataUrl`]: artefactUrl,
    ...approval,
    ...tags,
  },
  UpdateModelPackage: {
    ModelPackageArn: { ...resourceArn, length: [1, 2_048] },
    ApprovalDescription: { length: [0, 1_024] },
    ...approval,
  },
  AddTags: { ResourceArn: resourceArn, ...tags },
  ListTags: { ResourceArn: resourceArn, MaxResults: { range: [50, 1_000_000] } },
  DeleteTags: { ResourceArn: resourceArn, TagKeys: { length: [1, 50] } },
  ListEndpoints: { ...listing, SortBy: { oneOf: ['Name', 'CreationTime', 'Status'] } },
  ListEndpointConfigs: { ...listing, SortBy: { oneOf: ['Name', 'CreationTime'] } },
  ListModels: { ...listing, SortBy: { oneOf: ['Name', 'CreationTime'] } },
  ListModelPackages: {
    ...listing,
    SortBy: { oneOf: ['Name', 'CreationTime'] },
    ModelApprovalStatus: { oneOf: Object.values(ModelApprovalStatus) },
  },
  ListModelPackageGroups: { ...listing, SortBy: { oneOf: ['Name', 'CreationTime'] } },
};
