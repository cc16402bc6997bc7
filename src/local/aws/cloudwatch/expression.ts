import { AwsError } from '../service.ts';

/** A metric-math expression after parsing. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'operation'; readonly sign: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Expression[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] };

type Cursor = { readonly tokens: readonly string[]; at: number; readonly text: string };

/** Weakest first; each level binds tighter than the one before. */
const levels: readonly (readonly string[])[] = [
  ['<', '<=', '>', '>=', '==', '!='],
  ['+', '-'],
  ['*', '/'],
];
const token = /\s*(?:([A-Za-z][A-Za-z0-9_]*)|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(<=|>=|==|!=|[-+*/^<>()[\],]))/y;

/** @throws {AwsError} `ValidationError` when the text is no expression that the stand-in computes */
export function parseExpression(text: string): Expression {
  const cursor: Cursor = { tokens: tokensOf(text), at: 0, text };
  const expression = binary(cursor, 0);
  if (cursor.at < cursor.tokens.length) throw unreadable(text);
  return expression;
}

/** The metric ids that the expression reads. */
export function namesIn(expression: Expression): string[] {
  switch (expression.kind) {
    case 'number':
      return [];
    case 'name':
      return [expression.name];
    case 'operation':
      return [...namesIn(expression.left), ...namesIn(expression.right)];
    case 'call':
      return expression.operands.flatMap(namesIn);
    case 'list':
      return expression.items.flatMap(namesIn);
    default:
      return expression satisfies never;
  }
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  const trimmed = text.trim();
  token.lastIndex = 0;
  while (token.lastIndex < trimmed.length) {
    const match = token.exec(trimmed);
    if (!match) throw unreadable(text);
    tokens.push(match[0].trim());
  }
  return tokens;
}

function binary(cursor: Cursor, level: number): Expression {
  const signs = levels[level];
  if (!signs) return unary(cursor);
  let left = binary(cursor, level + 1);
  for (let sign = cursor.tokens[cursor.at]; sign && signs.includes(sign); sign = cursor.tokens[cursor.at]) {
    cursor.at += 1;
    left = { kind: 'operation', sign, left, right: binary(cursor, level + 1) };
  }
  return left;
}

function unary(cursor: Cursor): Expression {
  if (cursor.tokens[cursor.at] !== '-') return power(cursor);
  cursor.at += 1;
  return { kind: 'operation', sign: '-', left: { kind: 'number', value: 0 }, right: unary(cursor) };
}

function power(cursor: Cursor): Expression {
  const left = primary(cursor);
  if (cursor.tokens[cursor.at] !== '^') return left;
  cursor.at += 1;
  return { kind: 'operation', sign: '^', left, right: unary(cursor) };
}

function primary(cursor: Cursor): Expression {
  const word = cursor.tokens[cursor.at];
  if (word === undefined) throw unreadable(cursor.text);
  cursor.at += 1;
  if (/^\d/.test(word)) return { kind: 'number', value: Number(word) };
  if (word === '(') {
    const inner = binary(cursor, 0);
    expect(cursor, ')');
    return inner;
  }
  if (word === '[') return { kind: 'list', items: itemsUntil(cursor, ']') };
  if (!/^[A-Za-z]/.test(word)) throw unreadable(cursor.text);
  if (cursor.tokens[cursor.at] !== '(') return { kind: 'name', name: word };
  cursor.at += 1;
  return { kind: 'call', name: word, operands: itemsUntil(cursor, ')') };
}

function itemsUntil(cursor: Cursor, end: string): Expression[] {
  const items = [binary(cursor, 0)];
  while (cursor.tokens[cursor.at] === ',') {
    cursor.at += 1;
    items.push(binary(cursor, 0));
  }
  expect(cursor, end);
  return items;
}

function expect(cursor: Cursor, sign: string): void {
  if (cursor.tokens[cursor.at] !== sign) throw unreadable(cursor.text);
  cursor.at += 1;
}

function unreadable(text: string): AwsError {
  return new AwsError('ValidationError', `Error in expression '${text}': Unsupported operand or syntax`);
}
