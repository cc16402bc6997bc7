import type { ConfigFault } from '../config.ts';
import type { Draft, DraftModel } from '../draft.ts';
import type { Environment } from '../environment.ts';

/** A fault between keys. It is dropped when a key that it was concluded from is itself at fault. */
export type RuleFault = ConfigFault & { readonly from?: readonly string[] };

/** Looks at what could be read; sections with faults of their own are absent. */
export type HouseRule = (draft: Draft, env: Environment) => readonly RuleFault[];

/** A rule on one model. `at` is the path of the model, `house` the rest of the file. */
export type ModelRule = (model: DraftModel, at: string, house: Draft) => readonly RuleFault[];

/** Applies a rule to every model. */
export function toEachModel(rule: ModelRule): HouseRule {
  return (draft) => Object.entries(draft.models).flatMap(([name, model]) => rule(model, `models.${name}`, draft));
}
