import type { ConfigFault } from '../config.ts';
import type { Draft } from '../draft.ts';
import type { Environment } from '../environment.ts';
import { guardrailsCanBeMeasured } from './guardrail-rules.ts';
import {
  approversHoldTheRole,
  endpointsAreNotShared,
  escalationsFollowEachOther,
  namesAreUsable,
  runbooksMayBeLinks,
  shadowTestsCanRun,
} from './model-rules.ts';
import { somethingWatches, stepsAreLargeEnough, stepsAreWholeInstances, waitsFitTheTimeout } from './rollout-rules.ts';
import { type HouseRule, toEachModel } from './rule.ts';
import {
  localAddressesAreLoopback,
  localSidesHaveAddresses,
  queuesFollowTheirSide,
  realSidesAreNotRedirected,
  realTopicsAreWhole,
  secretsAreSet,
} from './world-rules.ts';

/** Rules on the models alone: they hold also where nothing is started. */
export const modelRules: readonly HouseRule[] = [
  toEachModel(namesAreUsable),
  endpointsAreNotShared,
  toEachModel(stepsAreWholeInstances),
  toEachModel(stepsAreLargeEnough),
  toEachModel(waitsFitTheTimeout),
  toEachModel(somethingWatches),
  toEachModel(shadowTestsCanRun),
  toEachModel(approversHoldTheRole),
  toEachModel(escalationsFollowEachOther),
  toEachModel(runbooksMayBeLinks),
  toEachModel(guardrailsCanBeMeasured),
];

/** All rules that a bot has to pass before it starts. */
export const startRules: readonly HouseRule[] = [
  realSidesAreNotRedirected,
  localSidesHaveAddresses,
  localAddressesAreLoopback,
  queuesFollowTheirSide,
  realTopicsAreWhole,
  secretsAreSet,
  ...modelRules,
];

type Question = { readonly draft: Draft; readonly env: Environment; readonly already: readonly ConfigFault[] };

/** What the rules find, without conclusions from keys that are at fault already. */
export function ruleFaults(rules: readonly HouseRule[], { draft, env, already }: Question): readonly ConfigFault[] {
  return rules
    .flatMap((rule) => rule(draft, env))
    .filter(({ path, from = [path] }) => !from.some((key) => already.some((fault) => overlaps(fault.path, key))))
    .map(({ path, sentence }) => ({ path, sentence }));
}

/** True when one of the two paths lies at or below the other. */
function overlaps(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}
