import { AwsError } from '../service.ts';
import type { Shape } from './sdk-schemas.ts';

/**
 * Checks raw JSON against a shape: required members, unknown members and scalar types.
 * Stricter than AWS, which drops unknown members in silence, so that a misspelt member shows up here.
 * @throws {AwsError} `ValidationException` or `SerializationException` that names the member
 */
export function checkShape(shape: Shape, value: unknown, path = ''): void {
  if (value === null || value === undefined) return;
  switch (shape.kind) {
    case 'structure':
    case 'union':
      checkStructure(shape, value, path);
      return;
    case 'list':
      if (!Array.isArray(value)) throw wrongType(path, 'a list');
      value.forEach((item, index) => {
        checkShape(shape.item(), item, `${path}.${index + 1}.member`);
      });
      return;
    case 'map':
      for (const [key, item] of Object.entries(objectAt(value, path))) checkShape(shape.item(), item, `${path}.${key}`);
      return;
    default:
      checkScalar(shape.kind, value, path);
  }
}

type Structure = Extract<Shape, { members: unknown }>;

function checkStructure(shape: Structure, value: unknown, path: string): void {
  const given = objectAt(value, path);
  for (const name of shape.required) {
    if (given[name] === undefined || given[name] === null) throw missing(memberPath(path, name));
  }
  for (const [name, item] of Object.entries(given)) {
    if (name === '__type') continue;
    const member = shape.members.get(name);
    if (!member) throw new AwsError('ValidationException', `Unknown parameter in input: "${memberPath(path, name)}"`);
    checkShape(member(), item, memberPath(path, name));
  }
  if (shape.kind === 'union') checkUnion(given, path);
}

function checkUnion(given: Readonly<Record<string, unknown>>, path: string): void {
  const set = Object.keys(given).filter((name) => name !== '__type' && given[name] !== null);
  if (set.length !== 1)
    throw new AwsError('ValidationException', `${path} must have exactly one member, found ${set.length}`);
}

type Scalar = Exclude<Shape['kind'], 'structure' | 'union' | 'list' | 'map'>;

function checkScalar(kind: Scalar, value: unknown, path: string): void {
  if (kind === 'string' || kind === 'blob') {
    if (typeof value !== 'string') throw wrongType(path, 'a string');
  } else if (kind === 'boolean') {
    if (typeof value !== 'boolean') throw wrongType(path, 'a boolean');
  } else if (kind === 'number') {
    if (typeof value !== 'number' && !isNumberWord(value)) throw wrongType(path, 'a number');
  } else if (kind === 'timestamp') {
    if (typeof value !== 'number' && typeof value !== 'string') throw wrongType(path, 'a timestamp');
  }
}

/** The JSON protocols carry these three as words. */
function isNumberWord(value: unknown): boolean {
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity';
}

function objectAt(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrongType(path, 'a structure');
  return value as Readonly<Record<string, unknown>>;
}

function memberPath(path: string, name: string): string {
  const word = name.charAt(0).toLowerCase() + name.slice(1);
  return path === '' ? word : `${path}.${word}`;
}

function missing(path: string): AwsError {
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value null at '${path}' failed to satisfy constraint: Member must not be null`,
  );
}

function wrongType(path: string, wanted: string): AwsError {
  return new AwsError('SerializationException', `${path === '' ? 'The request' : path} must be ${wanted}`);
}
