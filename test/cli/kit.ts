import { dirname, join } from 'node:path';
import { dispatch } from '../../src/cli/dispatch.ts';
import type { VerbTable } from '../../src/cli/verb.ts';
import { commandLine } from '../../src/cli/verbs.ts';
import type { Environment } from '../../src/config/environment.ts';
import { type EpochMs, instant } from '../../src/kernel/time.ts';

/** The product's own folder. */
export const home = dirname(dirname(import.meta.dirname));
export const inHome = (path: string): string => join(home, path);

export type Typed = { readonly code: number; readonly out: string; readonly said: string };

/** What a person sees who types this behind `understudy`: answer, what is said beside it, exit code. */
export async function type(
  line: string | readonly string[],
  on: { readonly env?: Environment; readonly wall?: () => EpochMs; readonly also?: VerbTable } = {},
): Promise<Typed> {
  const out: string[] = [];
  const said: string[] = [];
  const argv = typeof line === 'string' ? line.split(' ').filter((word) => word !== '') : line;
  const code = await dispatch(argv, commandLine(on.also ?? {}), {
    env: on.env ?? {},
    wall: on.wall ?? (() => instant(0)),
    home,
    print: (text) => out.push(text),
    warn: (text) => said.push(text),
  });
  return { code, out: out.join('\n'), said: said.join('\n') };
}
