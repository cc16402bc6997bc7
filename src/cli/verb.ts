import type { Environment } from '../config/environment.ts';
import type { Now } from '../kernel/time.ts';

/** What a verb may touch of the machine it runs on. */
export type Surroundings = {
  readonly env: Environment;
  readonly wall: Now;
  /** The folder of the installed product, where `manifest.yml` lies. */
  readonly home: string;
  /** One piece of the answer, without its line end. */
  readonly print: (text: string) => void;
  /** What is said beside the answer, so that the answer can be piped on. */
  readonly warn: (text: string) => void;
};

/** One verb of the command line. `run` answers the exit code. */
export type Verb = {
  readonly usage: string;
  readonly says: string;
  readonly run: (args: readonly string[], surroundings: Surroundings) => Promise<number>;
};

/** By what is typed: `manifest`, `audit verify`. */
export type VerbTable = Readonly<Record<string, Verb>>;

/** How a verb ends. `cannotSay` is for an answer that may be had later. */
export const exitCodes = { clean: 0, finding: 1, usage: 2, cannotSay: 3 } as const;
