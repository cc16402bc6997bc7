import { AwsError } from '../service.ts';

/** One call: its parameters and who signed it (empty for somebody who follows a link). */
export type SnsCall = { readonly parameters: URLSearchParams; readonly caller: string };
/** Answers the XML inside `<…Result>`. */
export type SnsOperation = (call: SnsCall) => string;

/** @throws {AwsError} when the parameter is absent or empty */
export function required({ parameters }: SnsCall, name: string): string {
  const value = parameters.get(name);
  if (value === null || value === '') throw new AwsError('InvalidParameter', `Invalid parameter: ${name}`);
  return value;
}

/** One page of a list; the token is how many were shown before. */
export function page<T>({ parameters }: SnsCall, items: readonly T[]): { shown: readonly T[]; next?: string } {
  const skipped = Number(parameters.get('NextToken') ?? 0);
  if (!Number.isInteger(skipped)) throw new AwsError('InvalidParameter', 'Invalid parameter: NextToken');
  const end = skipped + pageSize;
  return { shown: items.slice(skipped, end), ...(items.length > end ? { next: String(end) } : {}) };
}

const pageSize = 100;
