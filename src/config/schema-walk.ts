import { z } from 'zod';

type Schema = z.core.$ZodType;

/** One layer below the wrapper that makes a schema optional, gives it a default or transforms what it reads. */
function layerBelow(schema: Schema): Schema | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodPrefault) return schema.def.innerType;
  if (!(schema instanceof z.ZodPipe)) return undefined;
  return schema.def.in instanceof z.ZodTransform ? schema.def.out : schema.def.in;
}

/** The schema and everything that it wraps, outermost first. */
export function layersOf(schema: Schema): readonly Schema[] {
  const below = layerBelow(schema);
  return below ? [schema, ...layersOf(below)] : [schema];
}

/** The schema without its wrappers. */
export function coreOf(schema: Schema): Schema {
  return layersOf(schema).at(-1) ?? schema;
}

/** The section inside a schema: itself, or the one branch of a choice that is a section. */
export function sectionIn(schema: Schema): z.ZodObject | undefined {
  const core = coreOf(schema);
  if (core instanceof z.ZodObject) return core;
  if (!(core instanceof z.ZodUnion)) return undefined;
  return core.def.options.map(sectionIn).find((found) => found !== undefined);
}

/** The schema at a path of keys and list places; undefined where the path leaves the schema. */
export function schemaAt(schema: Schema, path: readonly PropertyKey[]): Schema | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return schema;
  const below = childOf(schema, key);
  return below && schemaAt(below, rest);
}

function childOf(schema: Schema, key: PropertyKey): Schema | undefined {
  const core = coreOf(schema);
  if (core instanceof z.ZodRecord) return core.def.valueType;
  if (core instanceof z.ZodArray) return core.def.element;
  const shape = sectionIn(core)?.shape;
  return shape && Object.hasOwn(shape, key) ? shape[String(key)] : undefined;
}

/** The keys that may stand at a path. */
export function keysAt(schema: Schema, path: readonly PropertyKey[]): readonly string[] {
  const found = schemaAt(schema, path);
  return Object.keys((found && sectionIn(found)?.shape) ?? {});
}
