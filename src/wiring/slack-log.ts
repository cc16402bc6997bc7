import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from './log.ts';

/** Bolt's own lines in our log. Its console would print errors whole, and those of Slack's clients hold requests. */
export function slackLog(log: Log): Logger {
  const lineOf =
    (level: 'warn' | 'error') =>
    (...said: unknown[]): void => {
      const error = said.find((part) => part instanceof Error);
      const words = said.filter((part) => typeof part === 'string').join(' ');
      log[level]({ from: 'bolt', ...(error ? { error } : {}) }, words);
    };
  return {
    debug: () => {},
    info: () => {},
    warn: lineOf('warn'),
    error: lineOf('error'),
    // Our log has a level of its own.
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}
