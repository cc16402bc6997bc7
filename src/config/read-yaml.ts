import { LineCounter, parseDocument, type YAMLError } from 'yaml';
import type { ConfigFault } from './config.ts';

/** What the text says as plain values, and every fault of its syntax. */
export type ReadYaml = {
  /** Undefined when the text is too broken to say what its keys are. */
  readonly tree: unknown;
  readonly faults: readonly ConfigFault[];
};

/** The parser's own messages quote the text, which may hold a secret, so only its codes are used. */
const sentences: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'This alias names no anchor.',
  BAD_INDENT: 'The indentation does not fit the lines above.',
  BLOCK_AS_IMPLICIT_KEY: 'A nested section cannot start on the line of its key. Write it on the next line.',
  DUPLICATE_KEY: 'This key is written twice. Keep one of the two.',
  MISSING_CHAR: 'A quote, bracket, comma or colon is missing here or just before.',
  MULTILINE_IMPLICIT_KEY: 'A key has to stand on one line. A colon may be missing.',
  TAB_AS_INDENT: 'A tab is used for indentation. Use spaces.',
  TAG_RESOLVE_FAILED: 'Tags that start with ! are not used here.',
  UNEXPECTED_TOKEN: 'This does not belong here. A quote or a bracket may be wrong.',
};

/** Reads YAML 1.2. A key that is written twice is a fault, and the rest can still be checked. */
export function readYaml(text: string): ReadYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { prettyErrors: false, lineCounter: lines, uniqueKeys: true });
  const problems: readonly YAMLError[] = [...document.errors, ...document.warnings];
  const faults = problems.map((problem) => {
    const { line, col } = lines.linePos(problem.pos[0]);
    const sentence = sentences[problem.code] ?? 'The YAML is not well formed here.';
    return { path: `line ${line}, column ${col}`, sentence };
  });
  if (document.errors.some((error) => error.code !== 'DUPLICATE_KEY')) return { tree: undefined, faults };
  return plainTree(() => document.toJS(), faults);
}

/** The parser throws on aliases that lead nowhere or multiply without end. */
function plainTree(toPlain: () => unknown, faults: readonly ConfigFault[]): ReadYaml {
  try {
    return { tree: toPlain() ?? {}, faults };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const sentence = 'An alias leads nowhere or repeats too much. Write the values out.';
    return { tree: undefined, faults: [...faults, { path: 'file', sentence }] };
  }
}
