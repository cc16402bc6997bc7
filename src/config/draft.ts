import type { z } from 'zod';
import type { configSchema, WrittenConfig, WrittenModel } from './schema.ts';
import type { Found } from './schema-faults.ts';
import { model } from './sections/model.ts';

/** A model as far as it could be read. */
export type DraftModel = { readonly [Key in keyof WrittenModel]?: WrittenModel[Key] };

/** The file as far as it could be read: whatever a fault made unreadable is absent. */
export type Draft = { readonly [Key in Exclude<keyof WrittenConfig, 'models'>]?: WrittenConfig[Key] } & {
  readonly models: Readonly<Record<string, DraftModel>>;
};

/**
 * Reads each section for itself, without the keys that have faults, so that rules between sections
 * can speak in the same run as the faults of single keys.
 */
export function draftOf(schema: ReturnType<typeof configSchema>, tree: unknown, found: readonly Found[]): Draft {
  const pruned = structuredClone(tree);
  for (const { at } of found) prune(pruned, at);
  const { models: _, ...house } = schema.shape;
  const models: Record<string, DraftModel> = {};
  for (const [name, written] of Object.entries(membersOf(member(pruned, 'models')))) {
    models[name] = readable(model.shape, written) as DraftModel;
  }
  return { ...(readable(house, pruned) as Omit<Draft, 'models'>), models };
}

function readable(shape: Readonly<Record<string, z.core.$ZodType>>, written: unknown): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [key, schema] of Object.entries(shape)) {
    const read = (schema as z.ZodType).safeParse(member(written, key));
    if (read.success) values[key] = read.data;
  }
  return values;
}

/** Takes the value at a path away; in a list the whole list, since the places of the others would change. */
function prune(tree: unknown, at: readonly PropertyKey[]): void {
  const [key, ...rest] = at;
  const members = membersOf(tree);
  if (key === undefined || !Object.hasOwn(members, key)) return;
  const below = members[String(key)];
  if (rest.length === 0 || Array.isArray(below) || typeof below !== 'object') delete members[String(key)];
  else prune(below, rest);
}

function member(tree: unknown, key: string): unknown {
  const members = membersOf(tree);
  return Object.hasOwn(members, key) ? members[key] : undefined;
}

function membersOf(tree: unknown): Record<string, unknown> {
  return typeof tree === 'object' && tree !== null && !Array.isArray(tree) ? (tree as Record<string, unknown>) : {};
}
