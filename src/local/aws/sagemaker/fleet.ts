import type { DataCaptureConfig } from '@aws-sdk/client-sagemaker';
import type { Checked } from '../kit/json-service.ts';
import type { LoadedModel } from '../service.ts';

/** What a variant's container is made of, resolved when the deployment was ordered. */
export type ServedModel = {
  readonly modelName: string;
  readonly image: string;
  readonly imageDigest?: string;
  readonly artefactUrl?: string;
};

export type PlannedVariant = {
  readonly name: string;
  readonly model: ServedModel;
  readonly instanceType: string;
  readonly instances: number;
  readonly weight: number;
};

export type Capture = Checked<DataCaptureConfig>;

/** The variants of one endpoint configuration, before any instance is up. */
export type PlannedFleet = {
  readonly configName: string;
  readonly production: readonly PlannedVariant[];
  readonly shadow: readonly PlannedVariant[];
  readonly capture?: Capture;
};

export type ServedVariant = PlannedVariant & { readonly loaded: LoadedModel };

/** Variants with their models in memory. */
export type Fleet = {
  readonly configName: string;
  readonly production: readonly ServedVariant[];
  readonly shadow: readonly ServedVariant[];
  readonly capture?: Capture;
};

/** Loads a model as its container would at start. @throws {Error} with SageMaker's own sentence when it cannot */
export type LoadModel = (model: ServedModel, variantName: string) => LoadedModel;

/** @throws {Error} when one variant's model cannot load; then none of the fleet comes up */
export function bringUp(planned: PlannedFleet, loadModel: LoadModel): Fleet {
  const up = (variant: PlannedVariant): ServedVariant => ({
    ...variant,
    loaded: loadModel(variant.model, variant.name),
  });
  return { ...planned, production: planned.production.map(up), shadow: planned.shadow.map(up) };
}
