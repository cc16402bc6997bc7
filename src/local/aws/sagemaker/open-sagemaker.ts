import * as schemas from '@aws-sdk/client-sagemaker';
import { jsonService } from '../kit/json-service.ts';
import type { LocalService } from '../service.ts';
import { type Deployment, stageOf, type Timings } from './deployment.ts';
import { openDeploymentEngine } from './deployment-engine.ts';
import { endpointConfigOperations } from './endpoint-configs.ts';
import { endpointOperations } from './endpoints.ts';
import type { Fleet } from './fleet.ts';
import { memberRules } from './member-rules.ts';
import { modelPackageOperations } from './model-packages.ts';
import { modelOperations } from './models.ts';
import { openRoom, type RoomOptions } from './room.ts';
import { tagOperations } from './tags.ts';

/** What AWS takes for these, roughly; domain time. */
export const usualTimings: Timings = {
  createMs: 3 * 60_000,
  provisionMs: 3 * 60_000,
  activateMs: 20_000,
  rollBackMs: 30_000,
  deleteMs: 20_000,
};

/** A fleet that serves, with its share of the endpoint's traffic. */
export type ServingFleet = { readonly fleet: Fleet; readonly share: number };

export type LocalSageMaker = {
  readonly service: LocalService;
  /** The fleets that take traffic now; undefined when there is no such endpoint or it does not serve. */
  readonly serving: (endpointName: string) => readonly ServingFleet[] | undefined;
  readonly endpointNames: () => readonly string[];
  readonly pending: () => string[];
  readonly close: () => void;
};

export function openSageMaker(options: RoomOptions): LocalSageMaker {
  const room = openRoom(options);
  const engine = openDeploymentEngine(room);
  const service = jsonService({
    name: 'sagemaker',
    target: 'SageMaker',
    protocol: '1.1',
    schemas,
    rules: memberRules,
    operations: {
      ...modelOperations(room),
      ...modelPackageOperations(room),
      ...endpointConfigOperations(room),
      ...endpointOperations(room, engine),
      ...tagOperations(room),
    },
  });
  return {
    service,
    serving: (name) => {
      const endpoint = room.endpoints.get(name);
      return endpoint?.fleet && fleetsOf(endpoint.fleet, endpoint.deployment);
    },
    endpointNames: () => [...room.endpoints.keys()],
    pending: engine.pending,
    close: engine.close,
  };
}

function fleetsOf(serving: Fleet, deployment: Deployment | undefined): readonly ServingFleet[] {
  const share = deployment?.fleet ? stageOf(deployment).share : 0;
  const arriving = deployment?.fleet && share > 0 ? [{ fleet: deployment.fleet, share }] : [];
  return share < 1 ? [{ fleet: serving, share: 1 - share }, ...arriving] : arriving;
}
