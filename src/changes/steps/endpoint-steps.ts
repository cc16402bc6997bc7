import type { WireInput } from '../../runner/wire-input.ts';
import { withShadow } from '../../shadow/shadow-plan.ts';
import type { ConfigShown } from '../aws-facts.ts';
import { withModel } from '../config-members.ts';
import type { ShadowPlan, Step } from '../plan.ts';
import type { RolloutPolicy, ServingPolicy } from '../policy.ts';
import { deploymentConfig } from '../rollout.ts';
import { ourTags, type StepSubject } from './model-steps.ts';

/** The first config of an endpoint, from the policy alone. */
export function firstConfigStep(subject: StepSubject, serving: ServingPolicy): Step {
  return configStep(subject, {
    ProductionVariants: [
      {
        VariantName: serving.variant,
        ModelName: subject.names.model,
        InstanceType: serving.instanceType,
        InitialInstanceCount: serving.instances,
        InitialVariantWeight: 1,
      },
    ],
    ...(serving.capture === undefined ? {} : { DataCaptureConfig: captureOf(serving.capture) }),
    Tags: ourTags(subject),
  });
}

/** The config that serves now with the new model in it: same variant name, or SageMaker could not move traffic in steps. */
export function nextConfigStep(subject: StepSubject, from: ConfigShown): Step {
  return configStep(subject, { ...withModel(from, subject.names.model), Tags: tagsAfter(subject, from) });
}

/** The config that serves now with the candidate beside it. */
export function shadowConfigStep(subject: StepSubject, from: ConfigShown, shadow: ShadowPlan): Step {
  const members = withShadow(from.members, { ...shadow, modelName: subject.names.model });
  return configStep(subject, { ...members, Tags: tagsAfter(subject, from) });
}

function configStep(subject: StepSubject, members: WireInput): Step {
  return {
    operation: 'sagemaker:CreateEndpointConfig',
    input: { ...members, EndpointConfigName: subject.names.config },
    says: `make endpoint config ${subject.names.config}`,
  };
}

/** Tags are the one member that a config does not show; ours replace the older change's. */
function tagsAfter(subject: StepSubject, from: ConfigShown): WireInput[] {
  const kept = from.tags.filter(({ Key }) => !Key.startsWith('aws:') && !Key.startsWith('understudy:'));
  return [...kept.map(({ Key, Value }) => ({ Key, Value })), ...ourTags(subject)];
}

/** Requests and answers, readable as text: types that are not listed are captured in base64. */
function captureOf(capture: NonNullable<ServingPolicy['capture']>): WireInput {
  return {
    EnableCapture: true,
    InitialSamplingPercentage: Math.round(capture.samplingShare * 100),
    DestinationS3Uri: capture.to,
    CaptureOptions: [{ CaptureMode: 'Input' }, { CaptureMode: 'Output' }],
    CaptureContentTypeHeader: { CsvContentTypes: ['text/csv'], JsonContentTypes: ['application/json'] },
  };
}

export function createEndpointStep(subject: StepSubject, endpoint: string): Step {
  const configName = subject.names.config;
  return {
    operation: 'sagemaker:CreateEndpoint',
    input: { EndpointName: endpoint, EndpointConfigName: configName, Tags: ourTags(subject) },
    says: `make endpoint ${endpoint} with version ${subject.version}`,
    awaits: { endpoint, configName },
  };
}

/** Traffic moves as the policy says, and back by itself when an alarm fires. Live counts and weights stay as they are. */
export function rollOutStep(
  endpoint: string,
  subject: StepSubject,
  how: { policy: RolloutPolicy; alarms: string[] },
): Step {
  const step = switchConfigStep(endpoint, subject.names.config, `move the traffic to version ${subject.version}`);
  return { ...step, input: { ...step.input, DeploymentConfig: deploymentConfig(how.policy, how.alarms) } };
}

/** All traffic at once, to a config that is known to be good. */
export function switchConfigStep(endpoint: string, configName: string, says: string): Step {
  return {
    operation: 'sagemaker:UpdateEndpoint',
    input: { EndpointName: endpoint, EndpointConfigName: configName, RetainAllVariantProperties: true },
    says,
    awaits: { endpoint, configName },
  };
}
