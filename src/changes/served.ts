import { z } from 'zod';
import type { Kind } from '../ledger/kind.ts';
import { RunImage } from './plan.ts';

/** A config that a change of ours brought into service. The only places that a rollback may go to. */
export const GoodConfig = z.object({
  configName: z.string(),
  modelName: z.string().optional(),
  version: z.number().int(),
  packageArn: z.string(),
  images: z.array(RunImage),
  /** The change that brought it into service first. */
  change: z.string(),
  /** Domain instant of that. */
  since: z.number(),
  /** Set when somebody went back from it; cleared should it come into service again. */
  rolledBackFromAt: z.number().optional(),
});
export type GoodConfig = z.infer<typeof GoodConfig>;

/** What was good on one endpoint, oldest first. */
export const Served = z.object({
  /** `<account>/<region>/<endpoint>` */
  endpoint: z.string(),
  configs: z.array(GoodConfig),
});
export type Served = z.infer<typeof Served>;

export const ServedConfigs: Kind<Served> = { name: 'served', schema: Served, id: (served) => served.endpoint };

/** Enough for every way back that anybody takes; older ones live in the trail. */
const keptConfigs = 30;

/** A change succeeded here: its config is good from now on. */
export function remembered(served: Served, good: GoodConfig): Served {
  const known = served.configs.find((config) => config.configName === good.configName);
  if (!known) return { ...served, configs: [...served.configs, good].slice(-keptConfigs) };
  const { rolledBackFromAt: _cleared, ...again } = known;
  return { ...served, configs: served.configs.map((config) => (config === known ? again : config)) };
}

/** Somebody went back from this config: no rollback goes to it until it succeeds again. */
export function wentBackFrom(served: Served, configName: string, at: number): Served {
  const configs = served.configs.map((config) =>
    config.configName === configName ? { ...config, rolledBackFromAt: at } : config,
  );
  return { ...served, configs };
}
