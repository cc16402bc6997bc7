import { type Logger, pino } from 'pino';

/** The log of one process: JSON lines on stderr, tokens and capabilities left out. */
export type Log = Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>;

export function openLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      serializers: { error: errorWords },
      redact: [
        '*.token',
        '*.authorization',
        '*.response_url',
        '*.trigger_id',
        '*.signature',
        '*.botToken',
        '*.signingSecret',
      ],
    },
    pino.destination({ dest: 2, sync: true }),
  );
}

/** What broke, in words: never the members that SDKs hang on their errors, which hold requests and tokens. */
export function errorWords(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { name: error.name, ...code, message: error.message, stack: error.stack, causes: causesOf(error) };
}

const causesMost = 5;

function causesOf(error: Error): readonly string[] {
  const causes: string[] = [];
  for (let cause = error.cause; cause instanceof Error && causes.length < causesMost; cause = cause.cause) {
    causes.push(`${cause.name}: ${cause.message}`);
  }
  return causes;
}
