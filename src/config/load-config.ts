import { accept, type Result, refuse } from '../kernel/result.ts';
import type { Config, ConfigFault } from './config.ts';
import { draftOf } from './draft.ts';
import type { Environment } from './environment.ts';
import { finishConfig, finishModels } from './finish-config.ts';
import { readYaml } from './read-yaml.ts';
import { modelRules, ruleFaults, startRules } from './rules/all-rules.ts';
import type { HouseRule } from './rules/rule.ts';
import { configSchema, type WrittenConfig } from './schema.ts';
import { foundIn, pathText } from './schema-faults.ts';
import { writtenKeys } from './written-keys.ts';

type Faults = readonly ConfigFault[];

/** Reads and checks the text of `understudy.yml`. Every fault is named at once, none of them with a value. */
export function loadConfig(text: string, env: Environment): Result<Config, Faults> {
  const checked = check(text, env, startRules);
  return checked.ok ? accept(finishConfig(checked.value.read, env, checked.value.written)) : checked;
}

/** The models alone, for work on files that starts nothing: no secret has to be set, no address is looked at. */
export function loadModels(text: string): Result<Config['models'], Faults> {
  const checked = check(text, {}, modelRules);
  return checked.ok ? accept(finishModels(checked.value.read)) : checked;
}

type Checked = { readonly read: WrittenConfig; readonly written: readonly string[] };

function check(text: string, env: Environment, rules: readonly HouseRule[]): Result<Checked, Faults> {
  const yaml = readYaml(text);
  if (yaml.tree === undefined) return refuse(yaml.faults);
  const schema = configSchema(env);
  const read = schema.safeParse(yaml.tree);
  const found = read.success ? [] : foundIn(schema, read.error.issues);
  const draft = read.success ? read.data : draftOf(schema, yaml.tree, found);
  const already = [...yaml.faults, ...found.map(({ at, sentence }) => ({ path: pathText(at), sentence }))];
  const faults = [...already, ...ruleFaults(rules, { draft, env, already })];
  if (!read.success || faults.length > 0) return refuse(faults);
  return accept({ read: read.data, written: writtenKeys(yaml.tree) });
}
