import { Fault } from '../kernel/fault.ts';
import { plainLine } from './plain-line.ts';
import { exitCodes } from './verb.ts';

/** How a verb that broke is told. */
export type Failure = { readonly sentence: string; readonly exitCode: number };

/** Faults that the person who runs the command can settle in the configuration or on the command line. */
const settledByConfiguration = new Set([
  'usage',
  'not-yet',
  'config',
  'secret-not-set',
  'audit-key',
  'store-missing-table',
  'store-wrong-table',
  'store-denied',
]);

/** What is said of whatever was thrown; never a stack. */
export function failureOf(error: unknown): Failure {
  const taken = portTaken(error);
  if (taken) return { sentence: taken, exitCode: exitCodes.usage };
  if (error instanceof Fault)
    return { sentence: `${plainLines(error.message)}${nextStep(error)}`, exitCode: codeOf(error) };
  const said = error instanceof Error ? error.message : String(error);
  const sentence = `Something broke in Understudy itself: ${plainLine(said)}. UNDERSTUDY_DEBUG=1 shows where.`;
  return { sentence, exitCode: exitCodes.finding };
}

/** Our own list of faults has a line for each. */
function plainLines(text: string): string {
  return text.split('\n').map(plainLine).join('\n');
}

function nextStep({ code }: Fault): string {
  return code === 'store-missing-table' ? ' The bot makes its tables when it first starts.' : '';
}

/** What may pass by itself is "cannot say yet": an unreachable store must not look like a broken trail. */
function codeOf({ code, retryable }: Fault): number {
  if (settledByConfiguration.has(code)) return exitCodes.usage;
  return retryable ? exitCodes.cannotSay : exitCodes.finding;
}

function portTaken(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (!('code' in error) || error.code !== 'EADDRINUSE') return portTaken(error.cause);
  const port = 'port' in error ? `Port ${String(error.port)}` : 'The port';
  return `${port} is in use: stop what listens there, or set server.port to another one.`;
}
