import { z } from 'zod';
import { forms } from './forms/form.ts';
import { layersOf, sectionIn } from './schema-walk.ts';
import { families } from './sections/metric-names.ts';

type Schema = z.core.$ZodType;

/** One key of the file as the reference page shows it. Keys of one family stand together under `<metric>`. */
export type SchemaKey = {
  /** `models.<name>.approval.all[].group` */
  readonly path: string;
  readonly meaning: string;
  /** What may be written, as text of the file. */
  readonly example: string;
  /** The default as text of the file; `needed` where there is none to take. */
  readonly fallback: string;
  /** The names of a family, empty for a single key. */
  readonly names: readonly string[];
  readonly schema: Schema;
};

type Child = { readonly name: string; readonly schema: Schema; readonly names: readonly string[] };

/** Every key of a section that has a meaning of its own, in the order of the schema. */
export function keysOf(section: Schema, prefix = ''): readonly SchemaKey[] {
  return childrenOf(section).flatMap(({ name, schema, names }) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const meaning = firstOf(schema, (layer) => z.globalRegistry.get(layer)?.description);
    const own =
      meaning === undefined
        ? []
        : [{ path, meaning, names, schema, example: exampleOf(schema), fallback: fallbackOf(schema) }];
    return [...own, ...keysBelow(schema, path)];
  });
}

function keysBelow(schema: Schema, path: string): readonly SchemaKey[] {
  const core = layersOf(schema).at(-1);
  if (core instanceof z.ZodArray) return keysOf(core.def.element, `${path}[]`);
  if (core instanceof z.ZodRecord) return keysOf(core.def.valueType, `${path}.<name>`);
  return keysOf(schema, path);
}

function childrenOf(section: Schema): readonly Child[] {
  const shape: Readonly<Record<string, Schema>> = sectionIn(section)?.shape ?? {};
  const family = Object.keys(shape).filter((name) => familyOf(shape[name]) !== undefined);
  return Object.entries(shape).flatMap(([name, schema]) => {
    const each = familyOf(schema);
    if (each === undefined) return [{ name, schema, names: [] }];
    return name === family[0] ? [{ name: `<${each}>`, schema, names: family }] : [];
  });
}

function familyOf(schema: Schema | undefined): string | undefined {
  return schema && families.get(schema)?.each;
}

/** The first thing that a layer of the schema knows, outermost first. */
function firstOf<T>(schema: Schema, ask: (layer: Schema) => T | undefined): T | undefined {
  for (const layer of layersOf(schema)) {
    const answer = ask(layer);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

function fallbackOf(schema: Schema): string {
  const written = layersOf(schema).find((layer) => layer instanceof z.ZodPrefault);
  if (written) return yamlText(written.def.defaultValue);
  return isNeeded(schema) ? 'needed' : 'none';
}

function isNeeded(schema: Schema): boolean {
  return !layersOf(schema).some((layer) => layer instanceof z.ZodOptional || layer instanceof z.ZodPrefault);
}

/** An example of the value; of a section one with its plain keys. */
function exampleOf(schema: Schema): string {
  const form = firstOf(schema, (layer) => forms.get(layer));
  if (form) return form.example;
  const core = layersOf(schema).at(-1);
  if (core instanceof z.ZodArray) return `[${exampleOf(core.def.element)}]`;
  if (core instanceof z.ZodRecord) return `{ ${exampleOf(core.def.keyType)}: ${exampleOf(core.def.valueType)} }`;
  if (core instanceof z.ZodLiteral) return String(core.value);
  if (core instanceof z.ZodUnion) return core.def.options.map(exampleOf)[0] ?? '';
  const keys = childrenOf(schema)
    .filter(({ schema: below }) => isNeeded(below) || childrenOf(below).length === 0)
    .map(({ name, names, schema: below }) => `${names[0] ?? name}: ${exampleOf(below)}`);
  return `{ ${keys.join(', ')} }`;
}

function yamlText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(yamlText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(([key, below]) => `${key}: ${yamlText(below)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
