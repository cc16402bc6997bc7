import type { z } from 'zod';
import { nearestWord } from './nearest.ts';
import { keysAt } from './schema-walk.ts';

/** A fault with its place as keys, before it is written as text. */
export type Found = { readonly at: readonly PropertyKey[]; readonly sentence: string };

type Issue = z.core.$ZodIssue;

/** Every fault of the schema, one for each key. */
export function foundIn(schema: z.core.$ZodType, issues: readonly Issue[]): readonly Found[] {
  return issues.flatMap((issue) => foundFor(schema, issue));
}

function foundFor(schema: z.core.$ZodType, issue: Issue): readonly Found[] {
  if (issue.code === 'unrecognized_keys') return unknownKeys(schema, issue);
  if (issue.code === 'invalid_union') return unionFaults(schema, issue);
  if (issue.code === 'invalid_key') return [{ at: issue.path, sentence: issue.issues[0]?.message ?? issue.message }];
  return [{ at: issue.path, sentence: issue.message }];
}

function unknownKeys(schema: z.core.$ZodType, issue: z.core.$ZodIssueUnrecognizedKeys): readonly Found[] {
  const known = keysAt(schema, issue.path);
  return issue.keys.map((key) => ({ at: [...issue.path, key], sentence: unknownKeySentence(key, known) }));
}

function unknownKeySentence(key: string, known: readonly string[]): string {
  const near = nearestWord(key, known);
  return near ? `Unknown key. Did you mean ${near}?` : `Unknown key. Known here: ${known.join(', ')}.`;
}

/** The faults of the branch that was meant: the one whose type fits. Otherwise the sentence of the whole choice. */
function unionFaults(schema: z.core.$ZodType, issue: z.core.$ZodIssueInvalidUnion): readonly Found[] {
  const meant = issue.errors.find((branch) => branch.every((inner) => !isWrongKind(inner)));
  if (!meant) return [{ at: issue.path, sentence: issue.message }];
  return foundIn(
    schema,
    meant.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })),
  );
}

function isWrongKind(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

/** `models.employee-promotion.rollout.size`; a key that somebody wrote at length is cut. */
export function pathText(at: readonly PropertyKey[]): string {
  return at.map((key) => cut(String(key))).join('.');
}

function cut(key: string): string {
  const plain = key.replace(/\p{C}/gu, '');
  return plain.length > 60 ? `${plain.slice(0, 59)}…` : plain;
}
