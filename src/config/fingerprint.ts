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
