import type {
  ContainerDefinition,
  CreateModelInput,
  DeleteModelInput,
  DescribeModelInput,
  ListModelsInput,
} from '@aws-sdk/client-sagemaker';
import type { Checked, JsonOperation } from '../kit/json-service.ts';
import type { ServedModel } from './fleet.ts';
import { pageOf } from './listing.ts';
import { findPackage } from './model-packages.ts';
import { alreadyExists, arnOf, getNamed, type Model, named, type Room, refused } from './room.ts';
import { addTags } from './tags.ts';

export function modelOperations(room: Room): Readonly<Record<string, JsonOperation>> {
  return {
    CreateModel: (input: Checked<CreateModelInput>) => createModel(room, input),
    DescribeModel: ({ ModelName }: Checked<DescribeModelInput>) => described(getModel(room, ModelName)),
    DeleteModel: ({ ModelName }: Checked<DeleteModelInput>) => {
      room.tags.delete(getModel(room, ModelName).arn);
      room.models.delete(ModelName);
      return {};
    },
    ListModels: (query: Checked<ListModelsInput>) => {
      const { items, ...page } = pageOf(room.models.values(), query);
      return { Models: items.map(summary), ...page };
    },
  };
}

/** @throws {AwsError} when there is no such model */
export function getModel(room: Room, name: string): Model {
  return getNamed(room.models, name, { kind: 'model', arn: arnOf(room, 'model', name) });
}

/** What a model's container runs: its own image and artefact, or those of its model package. */
export function servedModel(room: Room, name: string): ServedModel {
  const container = containerOf(getModel(room, name).input);
  const source = container.ModelPackageName === undefined ? container : packaged(room, container.ModelPackageName);
  if (source.Image === undefined) throw refused(`Model "${name}" names no image.`);
  return {
    modelName: name,
    image: source.Image,
    ...('ImageDigest' in source && source.ImageDigest !== undefined ? { imageDigest: source.ImageDigest } : {}),
    ...(source.ModelDataUrl === undefined ? {} : { artefactUrl: source.ModelDataUrl }),
  };
}

function createModel(room: Room, input: Checked<CreateModelInput>): { ModelArn: string } {
  const model: Model = { ...named(room, 'model', input.ModelName), input };
  if (room.models.has(model.name)) throw alreadyExists('model', model.arn);
  const container = containerOf(input);
  if (container.ModelPackageName === undefined) {
    if (container.Image === undefined) throw refused('A container needs an Image or a ModelPackageName.');
  } else {
    refuseUnapproved(room, container.ModelPackageName);
    if (container.Image !== undefined || container.ModelDataUrl !== undefined) {
      throw refused('Image and ModelDataUrl come from the model package; give ModelPackageName alone.');
    }
  }
  addTags(room, model.arn, input.Tags);
  room.models.set(model.name, model);
  return { ModelArn: model.arn };
}

/** The stand-in runs single-container models; pipelines and multi-model endpoints are refused, not half served. */
function containerOf(input: Checked<CreateModelInput>): Checked<ContainerDefinition> {
  const all = [...(input.PrimaryContainer ? [input.PrimaryContainer] : []), ...(input.Containers ?? [])];
  if (input.PrimaryContainer && input.Containers)
    throw refused('Give either PrimaryContainer or Containers, not both.');
  const [only] = all;
  if (!only) throw refused('A model needs a PrimaryContainer or Containers.');
  if (all.length > 1) throw refused('The local SageMaker serves models of exactly one container.');
  if (only.Mode === 'MultiModel') throw refused('The local SageMaker serves no multi-model containers.');
  return only;
}

function refuseUnapproved(room: Room, packageName: string): void {
  const found = findPackage(room, packageName);
  if (!found) throw refused(`Could not find model package "${packageName}".`);
  const approval = found.input.ModelApprovalStatus;
  if (approval !== undefined && approval !== 'Approved') {
    throw refused(
      `Cannot create a model from model package "${found.arn}": its approval status is ${approval}, not Approved.`,
    );
  }
}

function packaged(room: Room, packageName: string) {
  const [container] = findPackage(room, packageName)?.input.InferenceSpecification?.Containers ?? [];
  if (!container) throw refused(`Model package "${packageName}" has no inference container.`);
  return container;
}

function described(model: Model): unknown {
  const { Tags: _tags, ...kept } = model.input;
  return { EnableNetworkIsolation: false, ...kept, ModelArn: model.arn, CreationTime: new Date(model.createdAt) };
}

function summary(model: Model): unknown {
  return { ModelName: model.name, ModelArn: model.arn, CreationTime: new Date(model.createdAt) };
}
