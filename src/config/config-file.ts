import { readFileSync } from 'node:fs';
import { type Result, refuse } from '../kernel/result.ts';
import type { Config, ConfigFault } from './config.ts';
import type { Environment } from './environment.ts';
import { loadConfig, loadModels } from './load-config.ts';

/** Where the configuration is: as asked, as UNDERSTUDY_CONFIG says, or `understudy.yml` in the working directory. */
export function configPath(asked: string | undefined, env: Environment): string {
  return asked ?? (env.UNDERSTUDY_CONFIG || 'understudy.yml');
}

/** Reads and checks the whole file. A file that cannot be read is one more fault. */
export function openConfigFile(asked: string | undefined, env: Environment): Result<Config, readonly ConfigFault[]> {
  return withText(configPath(asked, env), (text) => loadConfig(text, env));
}

/** Reads the models of the file alone; see `loadModels`. */
export function openModels(
  asked: string | undefined,
  env: Environment,
): Result<Config['models'], readonly ConfigFault[]> {
  return withText(configPath(asked, env), loadModels);
}

type Loaded<T> = Result<T, readonly ConfigFault[]>;

function withText<T>(path: string, load: (text: string) => Loaded<T>): Loaded<T> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    return refuse([{ path, sentence: `The file cannot be read (${code}). Name another with UNDERSTUDY_CONFIG.` }]);
  }
  return load(text);
}
