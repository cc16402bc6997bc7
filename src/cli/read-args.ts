import { parseArgs } from 'node:util';
import { Fault } from '../kernel/fault.ts';

/** What a verb takes: flags with a text behind them, flags that stand alone, and at most so many words. */
export type Takes = {
  readonly texts?: readonly string[];
  readonly switches?: readonly string[];
  readonly wordsMost?: number;
};

export type Args = {
  readonly texts: Readonly<Record<string, string | undefined>>;
  readonly switches: ReadonlySet<string>;
  readonly words: readonly string[];
};

/** @throws {Fault} `usage` when something is typed that the verb does not take */
export function readArgs(args: readonly string[], { texts = [], switches = [], wordsMost = 0 }: Takes): Args {
  const { values, positionals, tokens } = parsed(args, texts, switches);
  const surplus = positionals[wordsMost];
  if (surplus !== undefined) throw new Fault('usage', `I do not know what "${surplus}" means here.`);
  const names = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []));
  const twice = names.find((name, place) => texts.includes(name) && names.indexOf(name) !== place);
  if (twice !== undefined) throw new Fault('usage', `--${twice} is written twice.`);
  return {
    texts: Object.fromEntries(texts.map((name) => [name, textOf(values[name], name)])),
    switches: new Set(switches.filter((name) => values[name] === true)),
    words: positionals,
  };
}

function parsed(args: readonly string[], texts: readonly string[], switches: readonly string[]) {
  const options: Record<string, { readonly type: 'string' | 'boolean' }> = {};
  for (const name of texts) options[name] = { type: 'string' };
  for (const name of switches) options[name] = { type: 'boolean' };
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true, tokens: true });
  } catch (error) {
    if (!isParseError(error)) throw error;
    throw new Fault('usage', sentenceFor(error, [...texts, ...switches]), { cause: error });
  }
}

function isParseError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}

/** Node's own messages speak of positional arguments and of its API; only the name of the flag is taken from them. */
function sentenceFor(error: Error & { readonly code: string }, known: readonly string[]): string {
  const flag = /'(-[^\s'=]*)/.exec(error.message)?.[1] ?? 'A flag';
  if (error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    return `There is no flag ${flag} here.`;
  }
  return known.some((name) => flag === `--${name}`) && /does not take an argument/.test(error.message)
    ? `${flag} stands alone: nothing follows it.`
    : `${flag} needs a value behind it.`;
}

function textOf(value: unknown, name: string): string | undefined {
  if (value === '') throw new Fault('usage', `--${name} needs a value behind it.`);
  return typeof value === 'string' ? value : undefined;
}
