import type {
  CreateEndpointConfigInput,
  DeleteEndpointConfigInput,
  DescribeEndpointConfigInput,
  ListEndpointConfigsInput,
  ProductionVariant,
} from '@aws-sdk/client-sagemaker';
import type { Checked, JsonOperation } from '../kit/json-service.ts';
import type { PlannedFleet, PlannedVariant } from './fleet.ts';
import { pageOf } from './listing.ts';
import { getModel, servedModel } from './models.ts';
import { alreadyExists, arnOf, type EndpointConfig, getNamed, named, type Room, refused } from './room.ts';
import { addTags } from './tags.ts';

export function endpointConfigOperations(room: Room): Readonly<Record<string, JsonOperation>> {
  return {
    CreateEndpointConfig: (input: Checked<CreateEndpointConfigInput>) => createConfig(room, input),
    DescribeEndpointConfig: ({ EndpointConfigName }: Checked<DescribeEndpointConfigInput>) =>
      described(getConfig(room, EndpointConfigName)),
    // A configuration in use can be deleted, as on AWS; the next update then fails for want of it.
    DeleteEndpointConfig: ({ EndpointConfigName }: Checked<DeleteEndpointConfigInput>) => {
      room.tags.delete(getConfig(room, EndpointConfigName).arn);
      room.configs.delete(EndpointConfigName);
      return {};
    },
    ListEndpointConfigs: (query: Checked<ListEndpointConfigsInput>) => {
      const { items, ...page } = pageOf(room.configs.values(), query);
      return { EndpointConfigs: items.map(summary), ...page };
    },
  };
}

/** @throws {AwsError} when there is no such endpoint configuration */
export function getConfig(room: Room, name: string): EndpointConfig {
  return getNamed(room.configs, name, { kind: 'endpoint configuration', arn: arnOf(room, 'endpoint-config', name) });
}

/** The fleet that a configuration asks for, with what each container runs. */
export function plannedFleet(room: Room, configName: string): PlannedFleet {
  const { input } = getConfig(room, configName);
  const planned = (variant: Checked<ProductionVariant>): PlannedVariant => ({
    name: variant.VariantName,
    model: servedModel(room, variant.ModelName ?? ''),
    instanceType: variant.InstanceType ?? '',
    instances: variant.InitialInstanceCount ?? 1,
    weight: variant.InitialVariantWeight ?? 1,
  });
  return {
    configName,
    production: input.ProductionVariants.map(planned),
    shadow: (input.ShadowProductionVariants ?? []).map(planned),
    ...(input.DataCaptureConfig ? { capture: input.DataCaptureConfig } : {}),
  };
}

function createConfig(room: Room, input: Checked<CreateEndpointConfigInput>): { EndpointConfigArn: string } {
  const config: EndpointConfig = { ...named(room, 'endpoint-config', input.EndpointConfigName), input };
  if (room.configs.has(config.name)) throw alreadyExists('endpoint configuration', config.arn);
  checkVariants(room, input);
  addTags(room, config.arn, input.Tags);
  room.configs.set(config.name, config);
  return { EndpointConfigArn: config.arn };
}

function checkVariants(room: Room, input: Checked<CreateEndpointConfigInput>): void {
  const shadows = input.ShadowProductionVariants ?? [];
  const all = [...input.ProductionVariants, ...shadows];
  if (shadows.length > 0 && (shadows.length > 1 || input.ProductionVariants.length !== 1)) {
    throw refused('With ShadowProductionVariants there must be exactly one shadow variant and one production variant.');
  }
  const names = new Set(all.map((variant) => variant.VariantName));
  if (names.size !== all.length) throw refused('Variant names must be unique within an endpoint configuration.');
  for (const variant of all) checkVariant(room, variant);
  if (all.every((variant) => (variant.InitialVariantWeight ?? 1) === 0)) {
    throw refused('At least one variant needs an InitialVariantWeight above 0.');
  }
}

function checkVariant(room: Room, variant: Checked<ProductionVariant>): void {
  const { VariantName: name } = variant;
  if (variant.ServerlessConfig) throw refused(`Variant ${name}: the local SageMaker serves no serverless variants.`);
  if (variant.ModelName === undefined) throw refused(`Variant ${name} needs a ModelName.`);
  if (variant.InstanceType === undefined || variant.InitialInstanceCount === undefined) {
    throw refused(`Variant ${name} needs an InstanceType and an InitialInstanceCount.`);
  }
  getModel(room, variant.ModelName);
}

function described(config: EndpointConfig): unknown {
  // Tags are the one member that AWS keeps back here; they come from ListTags.
  const { Tags: _tags, ...kept } = config.input;
  return { ...kept, EndpointConfigArn: config.arn, CreationTime: new Date(config.createdAt) };
}

function summary(config: EndpointConfig): unknown {
  return {
    EndpointConfigName: config.name,
    EndpointConfigArn: config.arn,
    CreationTime: new Date(config.createdAt),
  };
}
