import type { Config, ModelConfig } from './config.ts';

/** The model of this name; undefined when the configuration has none. */
export function modelNamed(config: Pick<Config, 'models'>, name: string): ModelConfig | undefined {
  return Object.hasOwn(config.models, name) ? config.models[name] : undefined;
}
