import type { DeploymentConfig } from '@aws-sdk/client-sagemaker';
import type { Checked } from '../kit/json-service.ts';
import type { ReadAlarm } from '../service.ts';
import { instancesOf, sizeInInstances } from './deployment.ts';
import type { PlannedFleet } from './fleet.ts';
import { refused } from './room.ts';

type Config = Checked<DeploymentConfig>;
type BlueGreen = NonNullable<Config['BlueGreenUpdatePolicy']>;
type Rolling = NonNullable<Config['RollingUpdatePolicy']>;
type Size = { readonly Type: string; readonly Value: number };

/** SageMaker's limits: a canary takes at most half of the fleet, a linear step or rolling batch a tenth to a half. */
const maxShiftPercent = 50;
const minLinearPercent = 10;
const minRollingPercent = 5;

/**
 * What a deployment configuration must satisfy by itself, before any fleet is known.
 * @throws {AwsError} `ValidationException`
 */
export function checkDeploymentConfig(config: Config, readAlarm: ReadAlarm): void {
  const { BlueGreenUpdatePolicy: blueGreen, RollingUpdatePolicy: rolling } = config;
  if (blueGreen && rolling) throw refused('Only one of BlueGreenUpdatePolicy and RollingUpdatePolicy may be given.');
  if (blueGreen) checkRouting(blueGreen);
  if (rolling) checkBatch(rolling);
  checkAlarms(config, readAlarm);
}

/**
 * What it must satisfy for the fleet that it brings in and the one it replaces.
 * @throws {AwsError} `ValidationException`
 */
export function checkShift(config: Config, fleets: { from: PlannedFleet; to: PlannedFleet }): void {
  const { from, to } = fleets;
  if (variantNames(from) !== variantNames(to)) {
    throw refused(
      `The deployment needs the same production variant names in both configurations: [${variantNames(from)}] and [${variantNames(to)}] differ.`,
    );
  }
  if (config.RollingUpdatePolicy && to.production.length > 1) {
    throw refused('Rolling deployments do not support endpoints with several variants.');
  }
  const instances = instancesOf(to);
  const routing = config.BlueGreenUpdatePolicy?.TrafficRoutingConfiguration;
  if (routing?.CanarySize) checkAgainstFleet('CanarySize', routing.CanarySize, instances);
  if (routing?.LinearStepSize) checkAgainstFleet('LinearStepSize', routing.LinearStepSize, instances);
  if (config.RollingUpdatePolicy) {
    checkAgainstFleet('MaximumBatchSize', config.RollingUpdatePolicy.MaximumBatchSize, instances);
  }
  checkTimeout(config, instances);
}

function checkRouting({ TrafficRoutingConfiguration: routing }: BlueGreen): void {
  const { Type: type, CanarySize: canary, LinearStepSize: linear } = routing;
  if ((type === 'CANARY') !== (canary !== undefined))
    throw refused('CanarySize goes with type CANARY, and only with it.');
  if ((type === 'LINEAR') !== (linear !== undefined))
    throw refused('LinearStepSize goes with type LINEAR, and only with it.');
  if (canary) checkPercent('CanarySize', canary, 1);
  if (linear) checkPercent('LinearStepSize', linear, minLinearPercent);
}

function checkBatch(rolling: Rolling): void {
  checkPercent('MaximumBatchSize', rolling.MaximumBatchSize, minRollingPercent);
}

function checkPercent(name: string, size: Size, min: number): void {
  if (size.Type !== 'CAPACITY_PERCENT') return;
  if (size.Value < min || size.Value > maxShiftPercent) {
    throw refused(`${name} must be from ${min} to ${maxShiftPercent} percent of the fleet; ${size.Value} was given.`);
  }
}

function checkAgainstFleet(name: string, size: Size, instances: number): void {
  if (instances < 2) {
    throw refused(
      `${name} cannot split a fleet of one instance: at most ${maxShiftPercent} percent may shift at a time.`,
    );
  }
  const shifted = sizeInInstances(size, instances);
  if (shifted * 2 > instances) {
    throw refused(
      `${name} must be at most ${maxShiftPercent} percent of the fleet: ${shifted} of ${instances} instances is more.`,
    );
  }
}

function checkAlarms(config: Config, readAlarm: ReadAlarm): void {
  const alarms = config.AutoRollbackConfiguration?.Alarms ?? [];
  const names = alarms.map((alarm) => alarm.AlarmName ?? '');
  if (new Set(names).size !== names.length) throw refused('AutoRollbackConfiguration names an alarm twice.');
  const missing = names.filter((name) => !readAlarm(name));
  if (missing.length > 0) throw refused(`The following CloudWatch alarms do not exist: [${missing.join(', ')}].`);
}

function checkTimeout(config: Config, instances: number): void {
  const policy = config.BlueGreenUpdatePolicy ?? config.RollingUpdatePolicy;
  const timeout = policy?.MaximumExecutionTimeoutInSeconds;
  const waits = waitSeconds(config, instances);
  if (timeout !== undefined && timeout <= waits) {
    throw refused(`MaximumExecutionTimeoutInSeconds (${timeout}) must exceed all wait times together (${waits}).`);
  }
}

function waitSeconds(config: Config, instances: number): number {
  const { BlueGreenUpdatePolicy: blueGreen, RollingUpdatePolicy: rolling } = config;
  if (rolling)
    return rolling.WaitIntervalInSeconds * Math.ceil(instances / sizeInInstances(rolling.MaximumBatchSize, instances));
  if (!blueGreen) return 0;
  const { Type: type, WaitIntervalInSeconds: wait, LinearStepSize: step } = blueGreen.TrafficRoutingConfiguration;
  const steps = type === 'LINEAR' && step ? Math.ceil(instances / sizeInInstances(step, instances)) - 1 : 1;
  return (type === 'ALL_AT_ONCE' ? 0 : wait * steps) + (blueGreen.TerminationWaitInSeconds ?? 0);
}

function variantNames(fleet: PlannedFleet): string {
  return fleet.production
    .map((variant) => variant.name)
    .sort()
    .join(', ');
}
