import { modelName } from '../kernel/ids.ts';
import { announcementsOf, isReadOnly } from './announcements.ts';
import type { Config, ModelConfig } from './config.ts';
import { deepFreeze } from './deep-freeze.ts';
import type { Environment } from './environment.ts';
import type { WrittenConfig, WrittenModel } from './schema.ts';
import { margins } from './sections/shadow.ts';

/** A model with what its sections take over from each other. */
export function finishModel(name: string, written: WrittenModel): ModelConfig {
  const { shadow, serving, ...rest } = written;
  return deepFreeze({
    ...rest,
    name: modelName(name),
    serving,
    margins: shadow?.margins ?? margins.parse({}),
    ...(shadow && {
      shadow: {
        ...shadow,
        instances: shadow.instances ?? serving.instances,
        instanceType: shadow.instanceType ?? serving.instanceType,
      },
    }),
  });
}

/** The whole configuration, frozen. */
export function finishConfig(read: WrittenConfig, env: Environment, written: readonly string[]): Config {
  const models = finishModels(read);
  return deepFreeze({
    ...read,
    alerts: { channel: read.alerts.channel ?? read.audit.channel },
    models,
    readOnly: isReadOnly(read),
    announcements: announcementsOf(read, env),
    written,
  });
}

export function finishModels({ models }: Pick<WrittenConfig, 'models'>): Config['models'] {
  const finished = Object.entries(models).map(([name, written]) => [name, finishModel(name, written)] as const);
  return Object.freeze(Object.fromEntries(finished));
}
