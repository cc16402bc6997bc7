import { modelName } from '../kernel/ids.ts';
import { announcementsOf, isReadOnly } from './announcements.ts';
import type { Config, ModelConfig } from './config.ts';
import { deepFreeze } from './deep-freeze.ts';
import type { Environment } from './environment.ts';
import type { WrittenConfig, WrittenModel } from './schema.ts';

/** A model with what it takes over from the house and from its own other sections. */
export function finishModel(name: string, written: WrittenModel, house: WrittenConfig['roles']): ModelConfig {
  const { roles, shadow, serving, ...rest } = written;
  const { iam: _, ...everywhere } = house;
  return deepFreeze({
    ...rest,
    name: modelName(name),
    serving,
    roles: {
      approver: roles?.approver ?? everywhere.approver,
      deployer: roles?.deployer ?? everywhere.deployer,
      operator: roles?.operator ?? everywhere.operator,
      admin: everywhere.admin,
    },
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
    models,
    readOnly: isReadOnly(read),
    announcements: announcementsOf(read, env),
    written,
  });
}

export function finishModels({ models, roles }: Pick<WrittenConfig, 'models' | 'roles'>): Config['models'] {
  const finished = Object.entries(models).map(([name, written]) => [name, finishModel(name, written, roles)] as const);
  return Object.freeze(Object.fromEntries(finished));
}
