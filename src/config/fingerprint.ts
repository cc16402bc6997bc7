import { digestOf } from '../kernel/digest.ts';
import type { Json } from '../kernel/json.ts';
import type { Config } from './config.ts';

/**
 * The digest of what the configuration means: defaults count as if they were written, order and comments do not.
 * A secret counts with the name of its variable, never with its value.
 */
export function configFingerprint(config: Config): string {
  const { announcements: _, written: __, ...meaning } = config;
  return digestOf(JSON.parse(JSON.stringify(meaning)) as Json);
}

/**
 * The digest of what an approval of this model's changes rests on: the model's own section and who holds which role.
 * Ports, log levels and other models do not count, so that replicas may differ in them and an approval holds.
 * @throws {Error} when the configuration has no such model
 */
export function modelFingerprint({ models, roles }: Config, modelName: string): string {
  const model = Object.hasOwn(models, modelName) ? models[modelName] : undefined;
  if (!model) throw new Error(`no model ${modelName}`);
  return digestOf(JSON.parse(JSON.stringify({ model, roles })) as Json);
}
