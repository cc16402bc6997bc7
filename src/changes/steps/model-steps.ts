import type { WireInput } from '../../runner/wire-input.ts';
import type { ChangeNames } from '../names.ts';
import type { Step } from '../plan.ts';
import type { ServingPolicy } from '../policy.ts';

/** Which change makes things, and for which version: what every step is named after. */
export type StepSubject = {
  readonly change: string;
  readonly model: string;
  readonly version: number;
  readonly packageArn: string;
  readonly names: ChangeNames;
};

/** SageMaker makes a model only from an approved package. The token lets AWS take a repeated call as the same one. */
export function approvePackageStep({ change, version, packageArn, names }: StepSubject): Step {
  return {
    operation: 'sagemaker:UpdateModelPackage',
    input: {
      ModelPackageArn: packageArn,
      ModelApprovalStatus: 'Approved',
      ApprovalDescription: `Understudy ${change}`,
      ClientToken: `understudy-${names.mark}`,
    },
    says: `mark version ${version} as approved in the registry`,
  };
}

/** A model of our own for the version, so that it is known by content whoever else made one. */
export function createModelStep(subject: StepSubject, serving: ServingPolicy, network: WireInput): Step {
  return {
    operation: 'sagemaker:CreateModel',
    input: {
      ...network,
      ModelName: subject.names.model,
      ExecutionRoleArn: serving.executionRole,
      Containers: [{ ModelPackageName: subject.packageArn }],
      Tags: ourTags(subject),
    },
    says: `make model ${subject.names.model} from version ${subject.version}`,
  };
}

/** Who made it, for people who meet it in the console. */
export function ourTags({ change, model }: Pick<StepSubject, 'change' | 'model'>): { Key: string; Value: string }[] {
  return [
    { Key: 'understudy:change', Value: change },
    { Key: 'understudy:model', Value: model },
  ];
}
