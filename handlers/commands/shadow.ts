import { wrongCommand } from '../../blocks/answers.ts';
import { noShadowCard, shadowCard } from '../../blocks/shadow-card.ts';
import type { CommandDoor } from '../door.ts';
import { plan } from './changes.ts';

const usage = '/model shadow start employee-promotion 2';

/** `/model shadow start|stop|status <model> [version]` */
export const shadowCommands: Readonly<Record<string, CommandDoor>> = {
  shadow: {
    role: 'deployer',
    usage: '/model shadow start|stop|status <model> [version]',
    says: 'put a candidate beside production, take it away, or see how it does',
    model: 'second-word',
    run: async (bot, call) => {
      const [verb, ...rest] = call.words;
      const inner = { ...call, words: rest };
      if (verb === 'start') return plan(bot, inner, { kind: 'shadow-start', usage, needsVersion: true });
      if (verb === 'stop')
        return plan(bot, inner, {
          kind: 'shadow-stop',
          usage: '/model shadow stop employee-promotion',
          needsVersion: false,
        });
      const model = rest[0];
      if (verb !== 'status' || !model)
        return wrongCommand({
          problem: 'Say start, stop or status, and the model.',
          tryThis: usage,
          known: bot.models,
        });
      const test = await bot.shadowOf(model);
      return test ? shadowCard(test) : noShadowCard(model);
    },
  },
};
