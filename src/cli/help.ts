import { readArgs } from './read-args.ts';
import { exitCodes, type Verb, type VerbTable } from './verb.ts';

const exits = 'Exit codes: 0 clean, 1 a finding, 2 usage or configuration, 3 cannot say yet.';

/** `understudy help`: every verb of the table, itself included. */
export function makeHelp(table: () => VerbTable): Verb {
  return {
    usage: 'understudy help [--json]',
    says: 'this list',
    run: async (args, { print }) => {
      const asJson = readArgs(args, { switches: ['json'] }).switches.has('json');
      const verbs = Object.entries(table()).map(([verb, { usage, says }]) => ({ verb, usage, says }));
      print(asJson ? JSON.stringify({ verbs }, null, 2) : helpText(verbs));
      return exitCodes.clean;
    },
  };
}

function helpText(verbs: readonly { readonly usage: string; readonly says: string }[]): string {
  return [...verbs.map(({ usage, says }) => `${usage}\n    ${says}`), '', exits].join('\n');
}
