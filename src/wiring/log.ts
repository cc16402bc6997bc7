import { type Logger, pino } from 'pino';

/** The log of one process: JSON lines on stderr, tokens and capabilities left out. */
export type Log = Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>;

export function openLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
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
