import { nearestWord } from '../config/nearest.ts';
import { Fault } from '../kernel/fault.ts';
import { failureOf } from './failure.ts';
import { plainLine } from './plain-line.ts';
import { exitCodes, type Surroundings, type Verb, type VerbTable } from './verb.ts';

/** Runs what was typed behind `understudy` and answers the exit code. Nothing is thrown but into `trace`. */
export async function dispatch(
  argv: readonly string[],
  table: VerbTable,
  surroundings: Surroundings & { readonly trace?: (error: unknown) => void },
): Promise<number> {
  const found = findVerb(argv, table);
  if (!found) {
    surroundings.warn(wrongVerb(argv, table));
    return exitCodes.usage;
  }
  const { verb, args } = found;
  if (args.includes('--help') || args.includes('-h')) {
    surroundings.print(`${verb.usage}\n  ${verb.says}`);
    return exitCodes.clean;
  }
  try {
    return await verb.run(args, surroundings);
  } catch (error) {
    const { sentence, exitCode } = failureOf(error);
    surroundings.warn(isMisuse(error) ? `${sentence}\nUsage: ${verb.usage}` : sentence);
    surroundings.trace?.(error);
    return exitCode;
  }
}

function isMisuse(error: unknown): boolean {
  return error instanceof Fault && error.code === 'usage';
}

/** The verb of two words is tried first, so that `audit verify` is never `audit` with a word behind it. */
function findVerb(
  argv: readonly string[],
  table: VerbTable,
): { readonly verb: Verb; readonly args: readonly string[] } | undefined {
  const typed = /^(-h|--help)$/.test(argv[0] ?? '') ? ['help', ...argv.slice(1)] : argv;
  for (const words of [2, 1]) {
    const name = typed.slice(0, words).join(' ');
    const verb = Object.hasOwn(table, name) ? table[name] : undefined;
    if (verb) return { verb, args: typed.slice(words) };
  }
  return undefined;
}

/** Says what to type instead. */
function wrongVerb(argv: readonly string[], table: VerbTable): string {
  const flagAt = argv.findIndex((word) => word.startsWith('-'));
  const words = argv.slice(0, flagAt < 0 ? 2 : Math.min(flagAt, 2));
  const first = words[0];
  if (first === undefined) return 'Say what to do. `understudy help` lists the verbs.';
  const names = Object.keys(table);
  const sharing = names.filter((name) => name.split(' ').includes(first));
  const nearest = nearestWord(words.join(' '), names) ?? nearestWord(first, names);
  const meant = nearest === undefined ? sharing : [nearest];
  const wrong = `There is no verb \`${plainLine(words.join(' '))}\`.`;
  if (meant.length === 0) return `${wrong} \`understudy help\` lists the verbs.`;
  return `${wrong} Did you mean ${meant.map((name) => `\`understudy ${name}\``).join(' or ')}?`;
}
