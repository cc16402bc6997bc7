import { AwsError } from '../service.ts';

/** A parsed `FilterPolicy`: names lead to lists of conditions, or deeper for message bodies. */
export type FilterPolicy = { readonly [name: string]: readonly unknown[] | FilterPolicy };

type Test = (value: unknown, operand: unknown) => boolean;

const tests: Readonly<Record<string, Test>> = {
  prefix: (value, operand) => typeof value === 'string' && value.startsWith(String(operand)),
  suffix: (value, operand) => typeof value === 'string' && value.endsWith(String(operand)),
  'equals-ignore-case': (value, operand) => String(value).toLowerCase() === String(operand).toLowerCase(),
  'anything-but': (value, operand) => value !== undefined && !asList(operand).some((each) => value === each),
  exists: (value, operand) => (value !== undefined) === operand,
  numeric: (value, operand) => typeof value === 'number' && isInRange(value, asList(operand)),
};

const comparisons: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/** @throws {AwsError} `InvalidParameter` for text that is no policy and for operators the stand-in does not know */
export function readFilterPolicy(text: string): FilterPolicy {
  const policy = parsed(text);
  check(policy);
  return policy;
}

/** Every name of the policy must have a value that meets one of its conditions. */
export function passesFilter(policy: FilterPolicy, values: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(policy).every(([name, conditions]) => {
    const value = values[name];
    if (!isConditions(conditions)) return isObject(value) && passesFilter(conditions, value);
    const candidates = Array.isArray(value) && value.length > 0 ? (value as unknown[]) : [value];
    return candidates.some((candidate) => conditions.some((condition) => meets(candidate, condition)));
  });
}

function meets(value: unknown, condition: unknown): boolean {
  if (!isObject(condition)) return value === condition;
  return Object.entries(condition).every(([operator, operand]) => tests[operator]?.(value, operand) ?? false);
}

function check(policy: FilterPolicy): void {
  for (const [name, conditions] of Object.entries(policy)) {
    if (!isConditions(conditions)) {
      check(conditions);
      continue;
    }
    const operators = conditions.filter(isObject).flatMap((condition) => Object.keys(condition));
    const strange = operators.find((operator) => !tests[operator]);
    if (strange !== undefined) throw invalid(`the operator ${strange} of ${name} is not supported`);
  }
}

function isInRange(value: number, range: readonly unknown[]): boolean {
  for (let at = 0; at + 1 < range.length; at += 2) {
    if (!comparisons[String(range[at])]?.(value, Number(range[at + 1]))) return false;
  }
  return true;
}

function asList(operand: unknown): readonly unknown[] {
  return Array.isArray(operand) ? operand : [operand];
}

function isConditions(part: readonly unknown[] | FilterPolicy): part is readonly unknown[] {
  return Array.isArray(part);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): FilterPolicy {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value) && hasOnlyListsAtLeaves(value)) return value as FilterPolicy;
  } catch {
    // Falls through: text that is no JSON is refused like any other shape.
  }
  throw invalid('it must be a JSON object whose values are lists');
}

function hasOnlyListsAtLeaves(value: Readonly<Record<string, unknown>>): boolean {
  return Object.values(value).every((each) => Array.isArray(each) || (isObject(each) && hasOnlyListsAtLeaves(each)));
}

function invalid(why: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: FilterPolicy: ${why}`);
}
