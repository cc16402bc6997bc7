import type {
  CreateModelPackageGroupInput,
  CreateModelPackageInput,
  DescribeModelPackageGroupInput,
  DescribeModelPackageInput,
  ListModelPackageGroupsInput,
  ListModelPackagesInput,
  UpdateModelPackageInput,
} from '@aws-sdk/client-sagemaker';
import type { Checked, JsonOperation } from '../kit/json-service.ts';
import { AwsError } from '../service.ts';
import { pageOf } from './listing.ts';
import {
  alreadyExists,
  arnOf,
  getNamed,
  type ModelPackage,
  named,
  type PackageGroup,
  type Room,
  refused,
} from './room.ts';
import { addTags } from './tags.ts';

export function modelPackageOperations(room: Room): Readonly<Record<string, JsonOperation>> {
  return {
    CreateModelPackageGroup: (input: Checked<CreateModelPackageGroupInput>) => createGroup(room, input),
    DescribeModelPackageGroup: ({ ModelPackageGroupName }: Checked<DescribeModelPackageGroupInput>) =>
      describedGroup(getGroup(room, ModelPackageGroupName)),
    ListModelPackageGroups: (query: Checked<ListModelPackageGroupsInput>) => {
      const { items, ...page } = pageOf(room.groups.values(), query);
      return { ModelPackageGroupSummaryList: items.map(describedGroup), ...page };
    },
    CreateModelPackage: (input: Checked<CreateModelPackageInput>) => createPackage(room, input),
    DescribeModelPackage: ({ ModelPackageName }: Checked<DescribeModelPackageInput>) =>
      described(getPackage(room, ModelPackageName)),
    UpdateModelPackage: (input: Checked<UpdateModelPackageInput>) => updatePackage(room, input),
    ListModelPackages: (query: Checked<ListModelPackagesInput>) => listPackages(room, query),
  };
}

/** By ARN, or by name for packages outside of groups. */
export function findPackage(room: Room, nameOrArn: string): ModelPackage | undefined {
  return room.packages.get(nameOrArn) ?? room.packages.get(arnOf(room, 'model-package', nameOrArn));
}

function getPackage(room: Room, nameOrArn: string): ModelPackage {
  const found = findPackage(room, nameOrArn);
  if (!found) throw refused(`ModelPackage ${nameOrArn} does not exist`);
  return found;
}

function getGroup(room: Room, nameOrArn: string): PackageGroup {
  const name = nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);
  return getNamed(room.groups, name, { kind: 'model package group', arn: arnOf(room, 'model-package-group', name) });
}

function createGroup(room: Room, input: Checked<CreateModelPackageGroupInput>): { ModelPackageGroupArn: string } {
  const group: PackageGroup = { ...named(room, 'model-package-group', input.ModelPackageGroupName), input };
  if (room.groups.has(group.name)) throw alreadyExists('model package group', group.arn);
  addTags(room, group.arn, input.Tags);
  room.groups.set(group.name, group);
  return { ModelPackageGroupArn: group.arn };
}

function createPackage(room: Room, input: Checked<CreateModelPackageInput>): { ModelPackageArn: string } {
  const { ClientToken, ...wanted } = input;
  const known = ClientToken === undefined ? undefined : room.packageTokens.get(ClientToken);
  if (known) {
    if (known.input === JSON.stringify(wanted)) return { ModelPackageArn: known.arn };
    throw new AwsError('ConflictException', `Client token ${ClientToken} was used for another model package.`);
  }
  const made =
    input.ModelPackageGroupName === undefined
      ? unversioned(room, input)
      : versioned(room, input.ModelPackageGroupName, input);
  room.packages.set(made.arn, made);
  if (ClientToken !== undefined) room.packageTokens.set(ClientToken, { arn: made.arn, input: JSON.stringify(wanted) });
  return { ModelPackageArn: made.arn };
}

function versioned(room: Room, groupName: string, input: Checked<CreateModelPackageInput>): ModelPackage {
  if (input.ModelPackageName !== undefined)
    throw refused('Give either ModelPackageName or ModelPackageGroupName, not both.');
  if (input.Tags && input.Tags.length > 0) throw refused('Tags belong to the model package group, not to a version.');
  const group = getGroup(room, groupName);
  const version = 1 + versionsOf(room, group).reduce((highest, other) => Math.max(highest, other.version ?? 0), 0);
  const base = named(room, 'model-package', `${group.name}/${version}`);
  const ModelApprovalStatus = input.ModelApprovalStatus ?? 'PendingManualApproval';
  const kept = { ...input, ModelApprovalStatus, ModelPackageGroupName: group.name };
  return { ...base, modifiedAt: base.createdAt, version, input: kept };
}

function unversioned(room: Room, input: Checked<CreateModelPackageInput>): ModelPackage {
  if (input.ModelPackageName === undefined)
    throw refused('A model package needs a ModelPackageName or a ModelPackageGroupName.');
  const base = named(room, 'model-package', input.ModelPackageName);
  if (room.packages.has(base.arn)) throw alreadyExists('model package', base.arn);
  addTags(room, base.arn, input.Tags);
  return { ...base, modifiedAt: base.createdAt, input };
}

function versionsOf(room: Room, group: PackageGroup): ModelPackage[] {
  return [...room.packages.values()].filter((found) => found.input.ModelPackageGroupName === group.name);
}

function updatePackage(room: Room, input: Checked<UpdateModelPackageInput>): { ModelPackageArn: string } {
  const found = getPackage(room, input.ModelPackageArn);
  const {
    ModelPackageArn,
    ClientToken: _token,
    ApprovalDescription,
    CustomerMetadataPropertiesToRemove,
    ...changes
  } = input;
  const { AdditionalInferenceSpecificationsToAdd: added, ...replaced } = changes;
  const metadata = { ...found.input.CustomerMetadataProperties, ...input.CustomerMetadataProperties };
  for (const key of CustomerMetadataPropertiesToRemove ?? []) delete metadata[key];
  const additional = [...(found.input.AdditionalInferenceSpecifications ?? []), ...(added ?? [])];
  const { ModelPackageRegistrationType: registration, ...members } = replaced;
  const next: ModelPackage = {
    ...found,
    modifiedAt: room.ground.clock.now(),
    ...(ApprovalDescription === undefined ? {} : { approvalDescription: ApprovalDescription }),
    input: {
      ...found.input,
      ...members,
      ...(registration === undefined ? {} : { ModelPackageRegistrationType: registration }),
      CustomerMetadataProperties: metadata,
      ...(additional.length === 0 ? {} : { AdditionalInferenceSpecifications: additional }),
    },
  };
  room.packages.set(found.arn, next);
  return { ModelPackageArn };
}

function listPackages(room: Room, query: Checked<ListModelPackagesInput>): unknown {
  const group = query.ModelPackageGroupName === undefined ? undefined : getGroup(room, query.ModelPackageGroupName);
  const type = query.ModelPackageType ?? 'Unversioned';
  const wanted = [...room.packages.values()].filter((found) => {
    const isOfGroup = group ? found.input.ModelPackageGroupName === group.name : isOfType(found, type);
    return (
      isOfGroup && (query.ModelApprovalStatus ?? found.input.ModelApprovalStatus) === found.input.ModelApprovalStatus
    );
  });
  const { items, ...page } = pageOf(wanted, query);
  return { ModelPackageSummaryList: items.map(described), ...page };
}

/** Without a group the list holds unversioned packages only, unless asked otherwise: AWS's own trap. */
function isOfType(found: ModelPackage, type: string): boolean {
  return type === 'Both' || (type === 'Versioned') === (found.version !== undefined);
}

function described(found: ModelPackage): unknown {
  const { ClientToken: _token, Tags: _tags, ...kept } = found.input;
  return {
    ...kept,
    ModelPackageArn: found.arn,
    ...(found.version === undefined ? {} : { ModelPackageVersion: found.version }),
    CreationTime: new Date(found.createdAt),
    LastModifiedTime: new Date(found.modifiedAt),
    ModelPackageStatus: 'Completed',
    ModelPackageStatusDetails: { ValidationStatuses: [], ImageScanStatuses: [] },
    ApprovalDescription: found.approvalDescription,
  };
}

function describedGroup(group: PackageGroup): unknown {
  const { Tags: _tags, ...kept } = group.input;
  return {
    ...kept,
    ModelPackageGroupArn: group.arn,
    CreationTime: new Date(group.createdAt),
    CreatedBy: {},
    ModelPackageGroupStatus: 'Completed',
  };
}
