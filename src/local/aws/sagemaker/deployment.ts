import type { DeploymentConfig } from '@aws-sdk/client-sagemaker';
import { type EpochMs, plus } from '../../../kernel/time.ts';
import type { Checked } from '../kit/json-service.ts';
import type { Fleet, PlannedFleet } from './fleet.ts';

/** How long the local SageMaker takes for what AWS takes minutes for; domain time. */
export type Timings = {
  readonly createMs: number;
  readonly provisionMs: number;
  readonly activateMs: number;
  readonly rollBackMs: number;
  readonly deleteMs: number;
};

/** One stretch of a deployment; `share` of the traffic is on the new fleet while it lasts. */
export type Stage = {
  readonly kind: 'provisioning' | 'activating' | 'baking' | 'rolling-back';
  readonly share: number;
  readonly ms: number;
};

/** A fleet on its way in, and, in `failure`, why it is on its way out again. */
export type Deployment = {
  readonly kind: 'create' | 'update';
  readonly target: PlannedFleet;
  /** The target once its instances are up and their models loaded. */
  readonly fleet?: Fleet;
  readonly alarms: readonly string[];
  readonly startedAt: EpochMs;
  /** When `MaximumExecutionTimeoutInSeconds` is over. */
  readonly deadline?: EpochMs;
  readonly stages: readonly [Stage, ...Stage[]];
  readonly stageSince: EpochMs;
  readonly failure?: string;
};

export function openCreation(target: PlannedFleet, at: EpochMs, timings: Timings): Deployment {
  const stages: Deployment['stages'] = [{ kind: 'provisioning', share: 0, ms: timings.createMs }];
  return { kind: 'create', target, alarms: [], startedAt: at, stages, stageSince: at };
}

export type UpdateOrder = {
  readonly target: PlannedFleet;
  readonly config: Checked<DeploymentConfig> | undefined;
  readonly at: EpochMs;
  readonly timings: Timings;
};

export function openUpdate({ target, config, at, timings }: UpdateOrder): Deployment {
  const seconds =
    config?.BlueGreenUpdatePolicy?.MaximumExecutionTimeoutInSeconds ??
    config?.RollingUpdatePolicy?.MaximumExecutionTimeoutInSeconds;
  return {
    kind: 'update',
    target,
    alarms: (config?.AutoRollbackConfiguration?.Alarms ?? []).flatMap((alarm) => alarm.AlarmName ?? []),
    startedAt: at,
    ...(seconds === undefined ? {} : { deadline: plus(at, seconds * 1_000) }),
    stages: updateStages(config, instancesOf(target), timings),
    stageSince: at,
  };
}

/** The stage a deployment is in now. */
export function stageOf(deployment: Deployment): Stage {
  return deployment.stages[0];
}

/** The next instant at which something happens by itself, alarms aside. */
export function dueAt(deployment: Deployment): EpochMs {
  const stageEnd = plus(deployment.stageSince, stageOf(deployment).ms);
  const { deadline, failure } = deployment;
  return failure === undefined && deadline !== undefined && deadline < stageEnd ? deadline : stageEnd;
}

export function isOverdue(deployment: Deployment, at: EpochMs): boolean {
  return deployment.failure === undefined && deployment.deadline !== undefined && at >= deployment.deadline;
}

/** The deployment one stage on; undefined when that was the last one. */
export function afterStage(deployment: Deployment, at: EpochMs): Deployment | undefined {
  const [, next, ...rest] = deployment.stages;
  return next && { ...deployment, stages: [next, ...rest], stageSince: at };
}

/** All traffic goes back at once; taking the new fleet down takes a while. */
export function rollBack(deployment: Deployment, failure: string, cut: { at: EpochMs; timings: Timings }): Deployment {
  const stages: Deployment['stages'] = [{ kind: 'rolling-back', share: 0, ms: cut.timings.rollBackMs }];
  return { ...deployment, failure, stages, stageSince: cut.at };
}

/** Production instances of a fleet; shadows take no part in traffic shifting. */
export function instancesOf(fleet: PlannedFleet): number {
  return fleet.production.reduce((sum, variant) => sum + variant.instances, 0);
}

type Size = { readonly Type?: string | undefined; readonly Value?: number | undefined };

/** Whole instances for a size; SageMaker shifts at least one. */
export function sizeInInstances(size: Size, instances: number): number {
  const value = size.Value ?? 0;
  return size.Type === 'INSTANCE_COUNT' ? value : Math.max(1, Math.round((instances * value) / 100));
}

function updateStages(
  config: Checked<DeploymentConfig> | undefined,
  instances: number,
  timings: Timings,
): Deployment['stages'] {
  const rolling = config?.RollingUpdatePolicy;
  if (rolling) {
    const batch = sizeInInstances(rolling.MaximumBatchSize, instances);
    return rollingStages(shares(batch, instances), rolling.WaitIntervalInSeconds * 1_000, timings);
  }
  const policy = config?.BlueGreenUpdatePolicy;
  const routing = policy?.TrafficRoutingConfiguration;
  const lastBakeMs = (policy?.TerminationWaitInSeconds ?? 0) * 1_000;
  const first: Stage = { kind: 'provisioning', share: 0, ms: timings.provisionMs };
  const steps = shiftSteps(routing, instances);
  const shifts = steps.flatMap((share, index): Stage[] => {
    const isLast = index === steps.length - 1;
    const bakeMs = isLast ? lastBakeMs : (routing?.WaitIntervalInSeconds ?? 0) * 1_000;
    return shift(steps[index - 1] ?? 0, { share, bakeMs, timings });
  });
  return [first, ...shifts];
}

type Routing =
  | NonNullable<Checked<DeploymentConfig>['BlueGreenUpdatePolicy']>['TrafficRoutingConfiguration']
  | undefined;

/** The shares of traffic that a policy stops at, 1 last. */
function shiftSteps(routing: Routing, instances: number): number[] {
  if (routing?.Type === 'CANARY' && routing.CanarySize)
    return [sizeInInstances(routing.CanarySize, instances) / instances, 1];
  if (routing?.Type === 'LINEAR' && routing.LinearStepSize)
    return shares(sizeInInstances(routing.LinearStepSize, instances), instances);
  return [1];
}

function shares(step: number, instances: number): number[] {
  const found: number[] = [];
  for (let moved = step; moved < instances; moved += step) found.push(moved / instances);
  return [...found, 1];
}

type Shift = { readonly share: number; readonly bakeMs: number; readonly timings: Timings };

function shift(before: number, { share, bakeMs, timings }: Shift): Stage[] {
  const activating: Stage = { kind: 'activating', share: before, ms: timings.activateMs };
  return bakeMs === 0 ? [activating] : [activating, { kind: 'baking', share, ms: bakeMs }];
}

/** Each batch is provisioned, takes its traffic and bakes. */
function rollingStages(steps: readonly number[], bakeMs: number, timings: Timings): Deployment['stages'] {
  const batches = steps.flatMap((share, index): Stage[] => [
    { kind: 'provisioning', share: steps[index - 1] ?? 0, ms: timings.provisionMs },
    ...shift(steps[index - 1] ?? 0, { share, bakeMs, timings }),
  ]);
  const [first, ...rest] = batches;
  return first ? [first, ...rest] : [{ kind: 'provisioning', share: 0, ms: timings.provisionMs }];
}
