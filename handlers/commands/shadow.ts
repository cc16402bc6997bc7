import { wrongCommand } from '../../blocks/answers.ts';
import { noShadowCard, shadowCard } from '../../blocks/shadow-card.ts';
import type { CommandDoor } from '../door.ts';
import { plan } from './changes.ts';
import { ofKnownModel } from './reading.ts';

/** `/model shadow start|stop|status <model> [version]` */
export const shadowCommands: Readonly<Record<string, CommandDoor>> = {
  shadow: {
    role: 'deployer',
    roleOf: ([verb]) => (verb === 'start' || verb === 'stop' ? 'deployer' : 'viewer'),
    usage: '/model shadow start|stop|status <model> [version]',
    says: 'put a candidate beside production, take it away, or see how it does',
    model: 'second-word',
    run: async (bot, call) => {
      const [verb, ...rest] = call.words;
      const inner = { ...call, words: rest };
      switch (verb) {
        case 'start':
          return plan(bot, inner, { kind: 'shadow-start', verb: 'shadow start', needsVersion: true });
        case 'stop':
          return plan(bot, inner, { kind: 'shadow-stop', verb: 'shadow stop', needsVersion: false });
        case 'status':
          return ofKnownModel(bot, inner, {
            verb: 'shadow status',
            read: async (model) => {
              const test = await bot.shadowOf(model);
              return test ? shadowCard(test) : noShadowCard(model);
            },
          });
        default:
          return wrongCommand({
            problem: 'Say start, stop or status, and the model.',
            tryThis: `/model shadow start ${bot.models[0] ?? 'employee-promotion'} 2`,
            known: bot.models,
          });
      }
    },
  },
};
