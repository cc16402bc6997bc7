import type { Config, ConfigFault } from './config.ts';
import { type NotYet, notYet } from './not-yet.ts';

/** What the file asks for and this version does not do, one line for each key. */
export function describeUnused(config: Config, table: readonly NotYet[] = notYet): readonly ConfigFault[] {
  return table.flatMap(({ key, value, sentence }) => {
    const paths = value === undefined ? writtenLike(config, key) : pathsWithValue(config, key.split('.'), value);
    return paths.map((path) => ({ path, sentence }));
  });
}

function writtenLike({ written }: Config, pattern: string): readonly string[] {
  const parts = pattern.split('.');
  return written.filter((path) => {
    const keys = path.split('.');
    return keys.length === parts.length && parts.every((part, place) => part === '*' || part === keys[place]);
  });
}

function pathsWithValue(tree: unknown, [part, ...rest]: readonly string[], value: string): readonly string[] {
  if (part === undefined || typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree)
    .filter(([key]) => part === '*' || part === key)
    .flatMap(([key, below]) => {
      if (rest.length === 0) return below === value ? [key] : [];
      return pathsWithValue(below, rest, value).map((path) => `${key}.${path}`);
    });
}
