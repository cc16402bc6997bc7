import { accept, type Result, refuse } from '../kernel/result.ts';
import type { GoodConfig, Served } from './served.ts';

/**
 * Where a rollback goes: the newest config of our trail that succeeded here, is older than the one that serves, and was
 * not rolled back from since. A config that others made may be left this way, but is never a target.
 * The refusal is the reason in words.
 */
export function rollbackTarget(
  served: Served | undefined,
  servingConfig: string,
  version?: number | undefined,
): Result<GoodConfig, string> {
  const configs = served?.configs ?? [];
  if (configs.length === 0) return refuse('no change of ours has succeeded on this endpoint yet');
  const older = olderThan(configs, servingConfig);
  if (older.length === 0) return refuse('nothing older than what serves was brought into service by us');
  const candidates = older.filter((config) => config.rolledBackFromAt === undefined);
  const target = candidates.findLast((config) => version === undefined || config.version === version);
  if (target) return accept(target);
  if (version === undefined) return refuse('every older config was itself rolled back from');
  return refuse(
    `version ${version} was not brought into service here by us before the one that serves, or was rolled back from`,
  );
}

/** The trail is in order of first success. What others made stands in no trail, so all of ours is older. */
function olderThan(configs: readonly GoodConfig[], servingConfig: string): readonly GoodConfig[] {
  const serving = configs.findIndex((config) => config.configName === servingConfig);
  return serving === -1 ? configs : configs.slice(0, serving);
}

/** What a target has to look like now for a way back to be what it was: the recorded content, still there. */
export type TargetNow = {
  readonly config: boolean;
  readonly model: boolean;
  readonly images: readonly { readonly digest: string; readonly etag: string }[];
};

/** The reason why the target can no longer be gone back to; undefined when it is whole. */
export function brokenTarget(target: GoodConfig, now: TargetNow): string | undefined {
  if (!now.config) return `endpoint config ${target.configName} was deleted`;
  if (!now.model) return `model ${target.modelName ?? 'of this config'} was deleted`;
  if (now.images.length !== target.images.length)
    return `version ${target.version} has other containers than when it served`;
  const changed = target.images.find((image, place) => now.images[place]?.digest !== image.digest);
  if (changed) return `image ${changed.image} is not the one that served`;
  const artefact = target.images.find((image, place) => now.images[place]?.etag !== image.etag);
  return artefact && `artefact ${artefact.artefact} is not the one that served`;
}
