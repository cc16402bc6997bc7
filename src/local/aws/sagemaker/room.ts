import type {
  CreateEndpointConfigInput,
  CreateModelInput,
  CreateModelPackageGroupInput,
  CreateModelPackageInput,
  DeploymentConfig,
} from '@aws-sdk/client-sagemaker';
import type { EpochMs } from '../../../kernel/time.ts';
import type { Checked } from '../kit/json-service.ts';
import { AwsError, type AwsGround, type ReadAlarm } from '../service.ts';
import type { Deployment, Timings } from './deployment.ts';
import type { Fleet, LoadModel } from './fleet.ts';

/** Everything that SageMaker keeps under a name, an ARN and an age. */
type Named = { readonly name: string; readonly arn: string; readonly createdAt: EpochMs };

export type Model = Named & { readonly input: Checked<CreateModelInput> };
export type EndpointConfig = Named & { readonly input: Checked<CreateEndpointConfigInput> };
export type PackageGroup = Named & { readonly input: Checked<CreateModelPackageGroupInput> };

export type ModelPackage = Named & {
  readonly modifiedAt: EpochMs;
  /** The version within the group; absent for packages outside of groups. */
  readonly version?: number;
  readonly input: Checked<CreateModelPackageInput>;
  readonly approvalDescription?: string;
};

export type EndpointStatus = 'Creating' | 'Updating' | 'InService' | 'Deleting' | 'Failed';

export type Endpoint = Named & {
  readonly modifiedAt: EpochMs;
  readonly status: EndpointStatus;
  readonly configName: string;
  /** What serves now; absent until the first deployment is through. */
  readonly fleet?: Fleet;
  readonly deployment?: Deployment;
  readonly failureReason?: string;
  readonly lastDeploymentConfig?: Checked<DeploymentConfig>;
};

/** SageMaker's whole memory and what it stands on. */
export type Room = {
  readonly ground: AwsGround;
  readonly timings: Timings;
  readonly readAlarm: ReadAlarm;
  readonly loadModel: LoadModel;
  readonly models: Map<string, Model>;
  readonly configs: Map<string, EndpointConfig>;
  readonly endpoints: Map<string, Endpoint>;
  readonly groups: Map<string, PackageGroup>;
  /** By ARN. */
  readonly packages: Map<string, ModelPackage>;
  /** ARN by client token. */
  readonly packageTokens: Map<string, { readonly arn: string; readonly input: string }>;
  /** By ARN, then by key. */
  readonly tags: Map<string, Map<string, string>>;
};

export type RoomOptions = Pick<Room, 'ground' | 'timings' | 'readAlarm' | 'loadModel'>;

export function openRoom(options: RoomOptions): Room {
  return {
    ...options,
    models: new Map(),
    configs: new Map(),
    endpoints: new Map(),
    groups: new Map(),
    packages: new Map(),
    packageTokens: new Map(),
    tags: new Map(),
  };
}

/** `arn:aws:sagemaker:REGION:ACCOUNT:KIND/NAME`, lower case as AWS answers it, except for model packages. */
export function arnOf(room: Room, kind: string, name: string): string {
  return `arn:aws:sagemaker:${room.ground.region}:${room.ground.account}:${kind}/${name}`;
}

export function named(room: Room, kind: string, name: string): Named {
  return { name, arn: arnOf(room, kind, name), createdAt: room.ground.clock.now() };
}

export function refused(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

export function alreadyExists(kind: string, arn: string): AwsError {
  return refused(`Cannot create already existing ${kind} "${arn}".`);
}

/** @throws {AwsError} in AWS's words when there is nothing of that name */
export function getNamed<T>(map: ReadonlyMap<string, T>, name: string, missing: { kind: string; arn: string }): T {
  const found = map.get(name);
  if (found === undefined) throw refused(`Could not find ${missing.kind} "${missing.arn}".`);
  return found;
}
