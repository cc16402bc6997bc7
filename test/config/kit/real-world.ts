import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import type { Config, ConfigFault } from '../../../src/config/config.ts';
import type { Environment } from '../../../src/config/environment.ts';
import { loadConfig } from '../../../src/config/load-config.ts';

/** The documented example: real Slack, real AWS, real store. */
export const exampleText = readFileSync('understudy.example.yml', 'utf8');

/** Secrets that no output may ever show. */
export const secrets = {
  SLACK_BOT_TOKEN: 'xoxb-1111-never-shown',
  SLACK_SIGNING_SECRET: 'signing-2222-never-shown',
  SLACK_APP_TOKEN: 'xapp-3333-never-shown',
  UNDERSTUDY_AUDIT_KEY: 'audit-4444-never-shown',
} as const;

type Tree = { [key: string]: Tree | unknown };

/** The example with one value put at a dotted path; undefined takes the key away. Several pairs are applied in order. */
export function exampleWith(...changes: readonly (readonly [path: string, value: unknown])[]): string {
  const tree = parse(exampleText) as Tree;
  for (const [path, value] of changes) put(tree, path.split('.'), value);
  return stringify(tree);
}

function put(tree: Tree, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length > 0) {
    tree[key] ??= {};
    put(tree[key] as Tree, rest, value);
  } else if (value === undefined) delete tree[key];
  else tree[key] = structuredClone(value);
}

/** The faults of a text, empty when it loads. */
export function faultsOf(text: string, env: Environment = secrets): readonly ConfigFault[] {
  const loaded = loadConfig(text, env);
  return loaded.ok ? [] : loaded.refusal;
}

export function pathsAtFault(text: string, env: Environment = secrets): readonly string[] {
  return faultsOf(text, env).map(({ path }) => path);
}

/** @throws {Error} with every fault when the text does not load */
export function loaded(text: string, env: Environment = secrets): Config {
  const result = loadConfig(text, env);
  if (!result.ok) throw new Error(result.refusal.map(({ path, sentence }) => `${path}: ${sentence}`).join('\n'));
  return result.value;
}

/** A path inside the example's one model. */
export const promo = (key: string): string => `models.employee-promotion.${key}`;
