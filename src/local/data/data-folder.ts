import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's `data/` folder, found upwards from this file so that the compiled and the source form agree. */
export function dataFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'data', 'golden'))) {
    const above = dirname(folder);
    if (above === folder) throw new Error('The folder data/golden is missing above the local world.');
    folder = above;
  }
  return join(folder, 'data');
}

/** Reads one JSON file below `data/`. */
export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(dataFolder(), path), 'utf8'));
}
