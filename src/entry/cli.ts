#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dispatch } from '../cli/dispatch.ts';
import { commandLine } from '../cli/verbs.ts';
import { readEnvironment } from '../config/environment.ts';
import { wallNow } from '../kernel/time.ts';
import { startingVerbs } from './starting-verbs.ts';

/** A reader that has seen enough, such as `head`, closes the pipe: no failure, and the exit code stays what it is. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** The AWS SDK says at every start which Node it will want one day; `engines` in package.json says which is fine today. */
process.removeAllListeners('warning');
process.on('warning', (warning) => {
  if (!/^NodeVersionSupportWarning/.test(warning.message))
    process.stderr.write(`${warning.name}: ${warning.message}\n`);
});

const env = readEnvironment();
process.exitCode = await dispatch(process.argv.slice(2), commandLine(startingVerbs), {
  env,
  wall: wallNow,
  home: folderWith('manifest.yml', import.meta.dirname),
  print: (text) => process.stdout.write(`${text}\n`),
  warn: (text) => process.stderr.write(`${text}\n`),
  trace: (error) => {
    if (env.UNDERSTUDY_DEBUG === '1') process.stderr.write(`${traceOf(error)}\n`);
  },
});

/** Built or not, the product's own folder is the nearest one above that holds `name`. */
function folderWith(name: string, from: string): string {
  if (existsSync(join(from, name)) || dirname(from) === from) return from;
  return folderWith(name, dirname(from));
}

function traceOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
