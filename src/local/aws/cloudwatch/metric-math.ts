import { AwsError } from '../service.ts';
import type { Expression } from './expression.ts';

/** A time series by period start, or a number that stands for every period. */
export type Computed = number | ReadonlyMap<number, number> | readonly Computed[];
/** What a metric id stands for. */
export type Lookup = (name: string) => Computed;

type Binary = (left: number, right: number) => number;

const operations: Readonly<Record<string, Binary>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
  '<': (a, b) => Number(a < b),
  '<=': (a, b) => Number(a <= b),
  '>': (a, b) => Number(a > b),
  '>=': (a, b) => Number(a >= b),
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
};

const folds: Readonly<Record<string, (values: readonly number[]) => number>> = {
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
  AVG: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  MIN: (values) => Math.min(...values),
  MAX: (values) => Math.max(...values),
};

/** Computes an expression period by period. A period in which an operand is missing, or x/0, has no result. */
export function compute(expression: Expression, lookup: Lookup): Computed {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'name':
      return lookup(expression.name);
    case 'list':
      return expression.items.map((item) => compute(item, lookup));
    case 'operation': {
      const operation = operations[expression.sign];
      if (!operation) throw unsupported(expression.sign);
      return combine(compute(expression.left, lookup), compute(expression.right, lookup), operation);
    }
    case 'call':
      return call(
        expression.name,
        expression.operands.map((operand) => compute(operand, lookup)),
      );
    default:
      return expression satisfies never;
  }
}

function call(name: string, operands: readonly Computed[]): Computed {
  const fold = folds[name];
  const [first, second, third] = operands;
  if (first === undefined) throw unsupported(name);
  if (fold) return folded(first, fold);
  if (name === 'ABS') return combine(first, 0, (value) => Math.abs(value));
  if (name === 'FILL' && typeof second === 'number') return filled(first, second);
  if (name === 'IF' && second !== undefined && third !== undefined) return chosen(first, second, third);
  throw unsupported(name);
}

/** `SUM([a, b])` folds period by period, over the periods in which at least one has a value; `SUM(a)` is one number. */
function folded(operand: Computed, fold: (values: readonly number[]) => number): Computed {
  if (typeof operand === 'number') return operand;
  if (!isList(operand)) return operand.size === 0 ? operand : fold([...operand.values()]);
  const periods = new Set(operand.flatMap((item) => (isSeries(item) ? [...item.keys()] : [])));
  const result = new Map<number, number>();
  for (const at of [...periods].sort((a, b) => a - b)) {
    const values = operand.map((item) => valueAt(item, at)).filter((value) => value !== undefined);
    result.set(at, fold(values));
  }
  return result;
}

/** The stand-in fills only between the first and the last period that has a value. */
function filled(operand: Computed, filler: number): Computed {
  if (!isSeries(operand) || operand.size < 2) return operand;
  const starts = [...operand.keys()].sort((a, b) => a - b);
  const gaps = starts.slice(1).map((at, index) => at - (starts[index] ?? at));
  const step = Math.min(...gaps);
  const result = new Map<number, number>();
  for (let at = starts[0] ?? 0; at <= (starts.at(-1) ?? 0); at += step) result.set(at, operand.get(at) ?? filler);
  return result;
}

function chosen(condition: Computed, yes: Computed, no: Computed): Computed {
  if (typeof condition === 'number') return condition === 0 ? no : yes;
  const result = new Map<number, number>();
  for (const [at, value] of isSeries(condition) ? condition : []) {
    const picked = valueAt(value === 0 ? no : yes, at);
    if (picked !== undefined) result.set(at, picked);
  }
  return result;
}

function combine(left: Computed, right: Computed, operation: Binary): Computed {
  if (typeof left === 'number' && typeof right === 'number') return operation(left, right);
  const result = new Map<number, number>();
  for (const at of isSeries(left) ? left.keys() : isSeries(right) ? right.keys() : []) {
    const a = valueAt(left, at);
    const b = valueAt(right, at);
    const value = a === undefined || b === undefined ? Number.NaN : operation(a, b);
    if (Number.isFinite(value)) result.set(at, value);
  }
  return result;
}

function valueAt(operand: Computed, at: number): number | undefined {
  if (typeof operand === 'number') return operand;
  return isSeries(operand) ? operand.get(at) : undefined;
}

function isList(operand: Computed): operand is readonly Computed[] {
  return Array.isArray(operand);
}

function isSeries(operand: Computed): operand is ReadonlyMap<number, number> {
  return operand instanceof Map;
}

function unsupported(what: string): AwsError {
  return new AwsError('ValidationError', `Unsupported function or operand ${what} in a metric math expression`);
}
