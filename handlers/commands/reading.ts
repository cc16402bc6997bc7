import { wrongCommand } from '../../blocks/answers.ts';
import { auditPageCard, trailCheckCard } from '../../blocks/audit-card.ts';
import { incidentListCard } from '../../blocks/incident-list-card.ts';
import type { Message } from '../../blocks/message.ts';
import { statusCard, versionsCard } from '../../blocks/status-card.ts';
import { houseChain } from '../../src/audit/entry.ts';
import type { Bot } from '../bot.ts';
import type { CommandCall, CommandDoor } from '../door.ts';

/** Reading changes nothing, so any member of the workspace may. */
export const readingCommands: Readonly<Record<string, CommandDoor>> = {
  status: {
    role: 'viewer',
    usage: '/model status <model>',
    says: 'what serves, since when, what runs beside it',
    model: 'first-word',
    run: (bot, call) =>
      ofKnownModel(bot, call, { verb: 'status', read: async (model) => statusCard(await bot.status(model)) }),
  },
  versions: {
    role: 'viewer',
    usage: '/model versions <model>',
    says: 'the registered versions and their approval',
    model: 'first-word',
    run: (bot, call) =>
      ofKnownModel(bot, call, {
        verb: 'versions',
        read: async (model) => versionsCard(model, await bot.versions(model)),
      }),
  },
  audit: {
    role: 'viewer',
    usage: '/model audit <model> [verify]',
    says: 'who did what and who was refused; verify checks the chain',
    model: 'first-word',
    run: (bot, call) =>
      ofKnownModel(bot, call, { verb: 'audit', read: (chain) => audit(bot, chain, call.words[1]), also: [houseChain] }),
  },
  alerts: {
    role: 'viewer',
    usage: '/model alerts',
    says: 'the open incidents',
    model: 'none',
    run: async (bot) => incidentListCard(await bot.incidents.open(), await bot.incidents.unparsed()),
  },
};

async function audit(bot: Bot, chain: string, word: string | undefined): Promise<Message> {
  if (word === 'verify') return trailCheckCard(await bot.audit.verify(chain));
  if (word !== undefined) {
    const tryThis = `/model audit ${chain} verify`;
    return wrongCommand({ problem: 'Behind the model stands verify or nothing.', tryThis, known: [] });
  }
  return auditPageCard(await bot.audit.page(chain));
}

type Reading = {
  readonly verb: string;
  readonly read: (model: string) => Promise<Message>;
  readonly also?: readonly string[];
};

/** Reads about a model of the configuration, or says which ones there are. */
export function ofKnownModel(bot: Bot, call: CommandCall, { verb, read, also = [] }: Reading): Promise<Message> {
  const model = call.words[0];
  const tryThis = `/model ${verb} ${bot.models[0] ?? 'employee-promotion'}`;
  if (!model) return Promise.resolve(wrongCommand({ problem: 'The model is missing.', tryThis, known: bot.models }));
  if (!bot.models.includes(model) && !also.includes(model)) {
    return Promise.resolve(
      wrongCommand({ problem: `There is no model of that name in the configuration.`, tryThis, known: bot.models }),
    );
  }
  return read(model);
}
