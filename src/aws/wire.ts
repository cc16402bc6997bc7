import type { WireInput } from '../runner/wire-input.ts';

/** An SDK answer as plain JSON: undefined members go, instants become text. */
export function toWire(value: object): WireInput {
  return JSON.parse(JSON.stringify(value)) as WireInput;
}

/**
 * Does what AWS shows hold everything that was asked for? AWS adds defaults, so more than was asked is still ours;
 * lists have to have the same length and order.
 */
export function holds(shown: unknown, asked: unknown): boolean {
  if (Array.isArray(asked)) {
    return Array.isArray(shown) && shown.length === asked.length && asked.every((item, at) => holds(shown[at], item));
  }
  if (typeof asked !== 'object' || asked === null) return shown === asked;
  if (typeof shown !== 'object' || shown === null) return false;
  const members = new Map(Object.entries(shown));
  return Object.entries(asked).every(([name, value]) => holds(members.get(name), value));
}

/** A copy without some members. */
export function without(input: WireInput, ...names: readonly string[]): WireInput {
  return Object.fromEntries(Object.entries(input).filter(([name]) => !names.includes(name)));
}
