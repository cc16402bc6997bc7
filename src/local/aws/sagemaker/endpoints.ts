import type {
  CreateEndpointInput,
  DeleteEndpointInput,
  DeploymentConfig,
  DescribeEndpointInput,
  ListEndpointsInput,
  UpdateEndpointInput,
} from '@aws-sdk/client-sagemaker';
import type { Checked, JsonOperation } from '../kit/json-service.ts';
import { openCreation, openUpdate } from './deployment.ts';
import type { DeploymentEngine } from './deployment-engine.ts';
import { checkDeploymentConfig, checkShift } from './deployment-rules.ts';
import { briefEndpoint, describedEndpoint } from './describe-endpoint.ts';
import { getConfig, plannedFleet } from './endpoint-configs.ts';
import type { PlannedFleet, PlannedVariant } from './fleet.ts';
import { pageOf } from './listing.ts';
import { alreadyExists, arnOf, type Endpoint, getNamed, named, type Room, refused } from './room.ts';
import { addTags } from './tags.ts';

export function endpointOperations(room: Room, engine: DeploymentEngine): Readonly<Record<string, JsonOperation>> {
  return {
    CreateEndpoint: (input: Checked<CreateEndpointInput>) => createEndpoint(room, engine, input),
    UpdateEndpoint: (input: Checked<UpdateEndpointInput>) => updateEndpoint(room, engine, input),
    DescribeEndpoint: ({ EndpointName }: Checked<DescribeEndpointInput>) =>
      describedEndpoint(room, getEndpoint(room, EndpointName)),
    DeleteEndpoint: ({ EndpointName }: Checked<DeleteEndpointInput>) => {
      const endpoint = getEndpoint(room, EndpointName);
      refuseInProgress('delete', endpoint);
      engine.takeDown(endpoint);
      return {};
    },
    ListEndpoints: (query: Checked<ListEndpointsInput>) => {
      const wanted = [...room.endpoints.values()].filter(({ status }) => (query.StatusEquals ?? status) === status);
      const { items, ...page } = pageOf(wanted, query);
      return { Endpoints: items.map(briefEndpoint), ...page };
    },
  };
}

function getEndpoint(room: Room, name: string): Endpoint {
  return getNamed(room.endpoints, name, { kind: 'endpoint', arn: arnOf(room, 'endpoint', name) });
}

type Answer = { readonly EndpointArn: string };

function createEndpoint(room: Room, engine: DeploymentEngine, input: Checked<CreateEndpointInput>): Answer {
  const base = named(room, 'endpoint', input.EndpointName);
  if (room.endpoints.has(base.name)) throw alreadyExists('endpoint', base.arn);
  const target = plannedFleet(room, input.EndpointConfigName);
  if (input.DeploymentConfig) checkDeploymentConfig(input.DeploymentConfig, room.readAlarm);
  addTags(room, base.arn, input.Tags);
  const endpoint: Endpoint = {
    ...base,
    modifiedAt: base.createdAt,
    status: 'Creating',
    configName: target.configName,
    ...(input.DeploymentConfig ? { lastDeploymentConfig: input.DeploymentConfig } : {}),
  };
  engine.start(endpoint, openCreation(target, base.createdAt, room.timings));
  return { EndpointArn: base.arn };
}

function updateEndpoint(room: Room, engine: DeploymentEngine, input: Checked<UpdateEndpointInput>): Answer {
  const endpoint = getEndpoint(room, input.EndpointName);
  refuseInProgress('update', endpoint);
  const serving = endpoint.fleet;
  if (endpoint.status !== 'InService' || !serving) {
    throw refused(`Cannot update endpoint "${endpoint.arn}" in status ${endpoint.status}.`);
  }
  // SageMaker reads the serving configuration again; an update fails when somebody has deleted it.
  getConfig(room, endpoint.configName);
  if (input.EndpointConfigName === endpoint.configName) {
    throw refused(
      `Cannot update endpoint "${endpoint.arn}": it already has endpoint configuration "${endpoint.configName}".`,
    );
  }
  const target = retained(plannedFleet(room, input.EndpointConfigName), serving, input);
  const config = deploymentConfig(endpoint, input);
  if (config) {
    checkDeploymentConfig(config, room.readAlarm);
    checkShift(config, { from: serving, to: target });
  }
  const at = room.ground.clock.now();
  const { failureReason: _past, ...kept } = endpoint;
  const moving: Endpoint = {
    ...kept,
    status: 'Updating',
    modifiedAt: at,
    ...(config ? { lastDeploymentConfig: config } : {}),
  };
  engine.start(moving, openUpdate({ target, config, at, timings: room.timings }));
  return { EndpointArn: endpoint.arn };
}

function refuseInProgress(verb: 'update' | 'delete', endpoint: Endpoint): void {
  if (endpoint.deployment || endpoint.status === 'Deleting') {
    throw refused(`Cannot ${verb} in-progress endpoint "${endpoint.arn}".`);
  }
}

function deploymentConfig(
  endpoint: Endpoint,
  input: Checked<UpdateEndpointInput>,
): Checked<DeploymentConfig> | undefined {
  if (!input.RetainDeploymentConfig) return input.DeploymentConfig;
  if (input.DeploymentConfig) throw refused('Give either DeploymentConfig or RetainDeploymentConfig, not both.');
  return endpoint.lastDeploymentConfig;
}

/** `RetainAllVariantProperties`: variants that stay keep their live counts and weights instead of the configuration's. */
function retained(target: PlannedFleet, serving: PlannedFleet, input: Checked<UpdateEndpointInput>): PlannedFleet {
  if (!input.RetainAllVariantProperties) return target;
  const excluded = new Set((input.ExcludeRetainedVariantProperties ?? []).map((kept) => kept.VariantPropertyType));
  const keep = (variant: PlannedVariant): PlannedVariant => {
    const live = serving.production.find((other) => other.name === variant.name);
    return {
      ...variant,
      ...(live && !excluded.has('DesiredInstanceCount') ? { instances: live.instances } : {}),
      ...(live && !excluded.has('DesiredWeight') ? { weight: live.weight } : {}),
    };
  };
  return { ...target, production: target.production.map(keep) };
}
