import { type EpochMs, isoInstant, plus } from '../../../kernel/time.ts';
import { afterStage, type Deployment, dueAt, isOverdue, rollBack, stageOf } from './deployment.ts';
import { bringUp } from './fleet.ts';
import type { Endpoint, Room } from './room.ts';

/** SageMaker looks at auto-rollback alarms again and again during a bake; domain time. */
const alarmPollMs = 10_000;

/** Drives deployments on domain time. */
export type DeploymentEngine = {
  /** Sets an endpoint's deployment going; `changed` carries whatever else changes with it. */
  readonly start: (endpoint: Endpoint, deployment: Deployment) => void;
  /** Takes an endpoint down, then forgets it. */
  readonly takeDown: (endpoint: Endpoint) => void;
  /** One line for each endpoint that is on its way to another state. */
  readonly pending: () => string[];
  readonly close: () => void;
};

export function openDeploymentEngine(room: Room): DeploymentEngine {
  const alarmClocks = new Map<string, () => void>();
  const { clock } = room.ground;

  function keep(endpoint: Endpoint): void {
    room.endpoints.set(endpoint.name, endpoint);
  }

  function wakeAt(name: string, at: EpochMs, run: (at: EpochMs) => void): void {
    alarmClocks.get(name)?.();
    const cancel = clock.at(at, `sagemaker:${name}`, () => {
      alarmClocks.delete(name);
      run(at);
    });
    alarmClocks.set(name, cancel);
  }

  function goOn(endpoint: Endpoint, deployment: Deployment, at: EpochMs): void {
    keep({ ...endpoint, deployment });
    const poll =
      deployment.alarms.length > 0 && stageOf(deployment).kind === 'baking' ? plus(at, alarmPollMs) : undefined;
    const due = dueAt(deployment);
    wakeAt(endpoint.name, poll !== undefined && poll < due ? poll : due, (now) => wake(endpoint.name, now));
  }

  function wake(name: string, at: EpochMs): void {
    const endpoint = room.endpoints.get(name);
    if (!endpoint?.deployment) return;
    const { deployment } = endpoint;
    const trouble = troubleOf(room, deployment, at);
    if (trouble !== undefined) goOn(endpoint, rollBack(deployment, trouble, { at, timings: room.timings }), at);
    else if (at < dueAt(deployment)) goOn(endpoint, deployment, at);
    else leaveStage(endpoint, deployment, at);
  }

  function leaveStage(endpoint: Endpoint, deployment: Deployment, at: EpochMs): void {
    const upNow = stageOf(deployment).kind === 'provisioning' && !deployment.fleet;
    const ready = upNow ? withFleet(room, deployment) : deployment;
    if (typeof ready === 'string') {
      failed(endpoint, { ...deployment, failure: ready }, at);
      return;
    }
    const next = afterStage(ready, at);
    if (next) goOn(endpoint, next, at);
    else keep(ended(endpoint, ready, at));
  }

  function failed(endpoint: Endpoint, deployment: Deployment, at: EpochMs): void {
    if (deployment.kind === 'create') keep(ended(endpoint, deployment, at));
    else goOn(endpoint, rollBack(deployment, deployment.failure ?? '', { at, timings: room.timings }), at);
  }

  return {
    start: (endpoint, deployment) => goOn(endpoint, deployment, clock.now()),
    takeDown: (endpoint) => {
      keep({ ...endpoint, status: 'Deleting', modifiedAt: clock.now() });
      wakeAt(endpoint.name, plus(clock.now(), room.timings.deleteMs), () => {
        room.endpoints.delete(endpoint.name);
        room.tags.delete(endpoint.arn);
      });
    },
    pending: () => [...room.endpoints.values()].flatMap(pendingLine),
    close: () => {
      for (const cancel of alarmClocks.values()) cancel();
    },
  };
}

/** Why a deployment has to go back, if it has to. Alarms count during bakes only. */
function troubleOf(room: Room, deployment: Deployment, at: EpochMs): string | undefined {
  if (deployment.failure !== undefined) return undefined;
  if (stageOf(deployment).kind === 'baking') {
    const raised = deployment.alarms.filter((name) => room.readAlarm(name)?.state === 'ALARM');
    if (raised.length > 0) {
      return `The deployment was rolled back because of CloudWatch alarms in ALARM state: [${raised.join(', ')}].`;
    }
  }
  return isOverdue(deployment, at)
    ? 'The deployment was rolled back because it took longer than MaximumExecutionTimeoutInSeconds.'
    : undefined;
}

/** The deployment with its instances up, or SageMaker's sentence about the model that does not load. */
function withFleet(room: Room, deployment: Deployment): Deployment | string {
  try {
    return { ...deployment, fleet: bringUp(deployment.target, room.loadModel) };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** After a roll-back the endpoint is InService again, on the old configuration: the trap that callers must know. */
function ended(endpoint: Endpoint, deployment: Deployment, at: EpochMs): Endpoint {
  const { deployment: _over, failureReason: _old, ...kept } = endpoint;
  const { failure, kind, fleet } = deployment;
  if (failure !== undefined) {
    return { ...kept, status: kind === 'create' ? 'Failed' : 'InService', modifiedAt: at, failureReason: failure };
  }
  const { configName } = deployment.target;
  return { ...kept, status: 'InService', modifiedAt: at, configName, ...(fleet ? { fleet } : {}) };
}

function pendingLine(endpoint: Endpoint): string[] {
  if (endpoint.status === 'Deleting') return [`endpoint ${endpoint.name} is being deleted`];
  const { deployment } = endpoint;
  if (!deployment) return [];
  const { kind } = stageOf(deployment);
  return [
    `endpoint ${endpoint.name} goes to ${deployment.target.configName}: ${kind} until ${isoInstant(dueAt(deployment))}`,
  ];
}
