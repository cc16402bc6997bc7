import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import type { Surroundings } from './find-dynamodb.ts';

/** What this machine offers. */
export function readSurroundings(environment: NodeJS.ProcessEnv = process.env): Surroundings {
  return {
    url: environment.UNDERSTUDY_DYNAMODB_URL,
    packaged: packagedProgram(),
    onPath: firstRunnable((environment.PATH ?? '').split(delimiter).map((dir) => join(dir, 'dynoxide'))),
  };
}

/** The optional dependency is there only on the platforms that npm installed it for. */
function packagedProgram(): string | undefined {
  try {
    const manifest = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json');
    return process.platform === 'linux' && process.arch === 'x64'
      ? firstRunnable([join(dirname(manifest), 'dynoxide')])
      : undefined;
  } catch {
    return undefined;
  }
}

function firstRunnable(paths: readonly string[]): string | undefined {
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
