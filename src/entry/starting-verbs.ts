import { readArgs } from '../cli/read-args.ts';
import type { Verb, VerbTable } from '../cli/verb.ts';

type Entry = { readonly run: (args: readonly string[]) => Promise<number> };

/** The verbs that start something. Each is loaded when it is asked for, so that `start` never loads the local world. */
export const startingVerbs: VerbTable = {
  start: starting({
    usage: 'understudy start [FILE]',
    says: 'the bot, in the world that the configuration names',
    wordsMost: 1,
    load: () => import('./start.ts'),
  }),
  world: starting({
    usage: 'understudy world [FILE]',
    says: 'the local world alone; writes the configuration of a bot in it to FILE',
    wordsMost: 1,
    load: () => import('./world.ts'),
  }),
  demo: starting({
    usage: 'understudy demo',
    says: 'the local world and a bot in it, which is what `npm start` runs',
    load: () => import('./demo.ts'),
  }),
  tour: starting({
    usage: 'understudy tour',
    says: 'the scripted story in this terminal; exits 0 when it ended well',
    load: () => import('./tour.ts'),
  }),
};

type Starting = Pick<Verb, 'usage' | 'says'> & { readonly wordsMost?: number; readonly load: () => Promise<Entry> };

function starting({ usage, says, wordsMost = 0, load }: Starting): Verb {
  return {
    usage,
    says,
    run: async (args) => {
      const { words } = readArgs(args, { wordsMost });
      return await (await load()).run(words);
    },
  };
}
