import { JsonCodec } from '@aws-sdk/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';

/**
 * The only file that touches the SDK's semi-internal schema exports. Everything else sees `Shape`.
 * A client exports `<Operation>$` = [9, namespace, name, traits, input, output] and structures as
 * [3, namespace, name, traits, memberNames, memberSchemas, requiredCount]; the first `requiredCount` members are required.
 */
export type Shape =
  | {
      readonly kind: 'structure' | 'union';
      readonly members: ReadonlyMap<string, () => Shape>;
      readonly required: readonly string[];
    }
  | { readonly kind: 'list' | 'map'; readonly item: () => Shape }
  | { readonly kind: 'string' | 'number' | 'boolean' | 'timestamp' | 'blob' | 'document' | 'unit' };

/** What one operation takes and gives. */
export type OperationCodec = {
  readonly input: Shape;
  readonly decode: (text: string) => Promise<unknown>;
  readonly encode: (output: unknown) => string;
};

type SchemaRef = Parameters<typeof NormalizedSchema.of>[0];

const operationKind = 9;
const requiredCountAt = 6;
/** Epoch seconds, the AWS JSON protocols' default. */
const epochSeconds = 7;

const codec = new JsonCodec({ timestampFormat: { useTrait: true, default: epochSeconds }, jsonName: false });

/** Reads an operation out of a client's module namespace; undefined when the client knows no such operation. */
export function operationCodec(schemas: object, operation: string): OperationCodec | undefined {
  const found: unknown = Reflect.get(schemas, `${operation}$`);
  if (!Array.isArray(found) || found[0] !== operationKind) return undefined;
  const input = NormalizedSchema.of(found[4] as SchemaRef);
  const output = NormalizedSchema.of(found[5] as SchemaRef);
  return {
    input: shapeOf(input),
    decode: async (text) => (input.isUnitSchema() ? {} : codec.createDeserializer().read(input, text)),
    encode: (value) => (output.isUnitSchema() ? '{}' : encoded(output, value)),
  };
}

function encoded(schema: NormalizedSchema, value: unknown): string {
  const serializer = codec.createSerializer();
  serializer.write(schema, value ?? {});
  return String(serializer.flush());
}

function shapeOf(schema: NormalizedSchema): Shape {
  if (schema.isUnitSchema()) return { kind: 'unit' };
  if (schema.isStructSchema()) return structureOf(schema);
  if (schema.isListSchema()) return { kind: 'list', item: once(() => shapeOf(schema.getValueSchema())) };
  if (schema.isMapSchema()) return { kind: 'map', item: once(() => shapeOf(schema.getValueSchema())) };
  return { kind: scalarKind(schema) };
}

function structureOf(schema: NormalizedSchema): Shape {
  const members = new Map<string, () => Shape>();
  for (const [name, member] of schema.structIterator())
    members.set(
      name,
      once(() => shapeOf(member)),
    );
  const requiredCount = Reflect.get(schema.getSchema() as object, requiredCountAt);
  return {
    kind: schema.isUnionSchema() ? 'union' : 'structure',
    members,
    required: [...members.keys()].slice(0, typeof requiredCount === 'number' ? requiredCount : 0),
  };
}

function scalarKind(schema: NormalizedSchema): 'string' | 'number' | 'boolean' | 'timestamp' | 'blob' | 'document' {
  if (schema.isStringSchema()) return 'string';
  if (schema.isBooleanSchema()) return 'boolean';
  if (schema.isTimestampSchema()) return 'timestamp';
  if (schema.isBlobSchema()) return 'blob';
  if (schema.isDocumentSchema()) return 'document';
  return 'number';
}

/** Shapes may hold themselves, so members are looked up when first needed. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
