import { ApiError } from './api-error.ts';

/** The arguments of one call. Over the wire all are strings; nested ones are JSON. */
export type Args = {
  /** @throws {ApiError} `invalid_arguments` when it is missing */
  readonly need: (name: string) => string;
  readonly find: (name: string) => string | undefined;
  readonly flag: (name: string) => boolean;
  readonly whole: (name: string, otherwise: number) => number;
  /** A nested value; undefined when absent. `broken` is Slack's word for text that is no JSON. */
  readonly nested: (name: string, broken?: string) => unknown;
};

export function readArgs(values: ReadonlyMap<string, string>): Args {
  const find = (name: string): string | undefined => values.get(name);

  function need(name: string): string {
    const value = values.get(name);
    if (value === undefined || value === '')
      throw new ApiError('invalid_arguments', [`[ERROR] missing required field: ${name}`]);
    return value;
  }

  function whole(name: string, otherwise: number): number {
    const value = values.get(name);
    if (value === undefined) return otherwise;
    if (!/^\d+$/.test(value)) throw new ApiError('invalid_arguments', [`[ERROR] ${name} is no whole number`]);
    return Number(value);
  }

  function nested(name: string, broken = 'invalid_arguments'): unknown {
    const value = values.get(name);
    if (value === undefined) return undefined;
    try {
      return JSON.parse(value);
    } catch {
      throw new ApiError(broken, [`[ERROR] ${name} is no JSON`]);
    }
  }

  return { find, need, whole, nested, flag: (name) => ['true', '1'].includes(values.get(name) ?? '') };
}
