import { checkConfigFile } from '../config/check-config-file.ts';
import { readArgs } from './read-args.ts';
import type { Verb } from './verb.ts';

/** `understudy config check`: would the bot start with this file and this environment? */
export const configCheck: Verb = {
  usage: 'understudy config check [FILE] [--json]',
  says: 'names every fault of the configuration at once, and starts nothing',
  run: async (args, { env, print }) => {
    const { words, switches } = readArgs(args, { switches: ['json'], wordsMost: 1 });
    const { report, ...check } = checkConfigFile(words[0], env);
    print(switches.has('json') ? JSON.stringify(check, null, 2) : report.trimEnd());
    return check.exitCode;
  },
};
