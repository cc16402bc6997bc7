import { type ObjectStore, s3Place } from '../s3/object-store.ts';
import type { Container } from '../service.ts';
import type { LoadModel } from './fleet.ts';

/** Starts a variant's container as SageMaker does: find the image, fetch the artefact, load it, or say why not. */
export function makeLoadModel(containers: readonly Container[], store: ObjectStore): LoadModel {
  return function loadModel(model, variantName) {
    const container = containers.find((candidate) => candidate.runs(model.image));
    if (!container) {
      throw new Error(
        `Failed to pull the image "${model.image}" for production variant ${variantName}: the local registry has no such image.`,
      );
    }
    const artefact = model.artefactUrl === undefined ? Buffer.alloc(0) : fetched(store, model.artefactUrl);
    try {
      return container.load(artefact);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(
        `The primary container for production variant ${variantName} did not pass the ping health check. Please check CloudWatch logs for this endpoint. (${why})`,
      );
    }
  };
}

function fetched(store: ObjectStore, url: string): Buffer {
  const place = s3Place(url);
  const object = place && store.find(place.bucket, place.key);
  if (object) return object.body;
  throw new Error(
    `Failed to download model data for container "container_1" from URL: "${url}". Please ensure that there is an object located at the URL and that the role passed to CreateModel has permissions to download the object.`,
  );
}
