import { AwsError } from '../service.ts';

/** What a member must satisfy when it is there. Lengths count characters of texts and items of lists or maps. */
export type Rule = {
  readonly pattern?: RegExp;
  readonly length?: readonly [min: number, max: number];
  readonly oneOf?: readonly string[];
  readonly range?: readonly [min: number, max: number];
};

/** Rules by member path: `EndpointName`, `ProductionVariants[].VariantName`, `Tags[].Key`. */
export type Rules = Readonly<Record<string, Rule>>;

/**
 * Checks an input against its rules and names every broken one, as AWS does.
 * @throws {AwsError} `ValidationException`
 */
export function checkRules(input: unknown, rules: Rules): void {
  const problems = Object.entries(rules).flatMap(([path, rule]) =>
    valuesAt(input, path.split('.'), '').flatMap((found) => broken(rule, found)),
  );
  if (problems.length === 0) return;
  const count = problems.length === 1 ? '1 validation error' : `${problems.length} validation errors`;
  throw new AwsError('ValidationException', `${count} detected: ${problems.join('; ')}`);
}

type Found = { readonly path: string; readonly value: unknown };

function valuesAt(from: unknown, steps: readonly string[], path: string): Found[] {
  if (from === undefined || from === null) return [];
  const [step, ...rest] = steps;
  if (step === undefined) return [{ path, value: from }];
  const name = step.replace('[]', '');
  const member: unknown = Reflect.get(Object(from), name);
  const memberPath = `${path}${path === '' ? '' : '.'}${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  if (!step.endsWith('[]')) return valuesAt(member, rest, memberPath);
  if (!Array.isArray(member)) return [];
  return member.flatMap((item, index) => valuesAt(item, rest, `${memberPath}.${index + 1}.member`));
}

function broken(rule: Rule, { path, value }: Found): string[] {
  return constraintsBroken(rule, value).map(
    (constraint) => `Value '${shown(value)}' at '${path}' failed to satisfy constraint: Member must ${constraint}`,
  );
}

function constraintsBroken(rule: Rule, value: unknown): string[] {
  const broken: string[] = [];
  const length = lengthOf(value);
  if (rule.length && length < rule.length[0]) {
    broken.push(`have length greater than or equal to ${rule.length[0]}`);
  }
  if (rule.length && length > rule.length[1]) broken.push(`have length less than or equal to ${rule.length[1]}`);
  // A text that is too long is not tried against its pattern.
  if (rule.pattern && broken.length === 0 && !rule.pattern.test(String(value))) {
    broken.push(`satisfy regular expression pattern: ${rule.pattern.source}`);
  }
  if (rule.oneOf && !rule.oneOf.includes(String(value))) {
    broken.push(`satisfy enum value set: [${rule.oneOf.join(', ')}]`);
  }
  return broken.concat(rangeBroken(rule.range, Number(value)));
}

function rangeBroken(range: Rule['range'], value: number): string[] {
  if (!range) return [];
  if (!(value >= range[0])) return [`have value greater than or equal to ${range[0]}`];
  return value <= range[1] ? [] : [`have value less than or equal to ${range[1]}`];
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
