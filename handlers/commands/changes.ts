import { wrongCommand } from '../../blocks/answers.ts';
import { changeRefused } from '../../blocks/change-refused.ts';
import type { Message } from '../../blocks/message.ts';
import { planCard } from '../../blocks/plan-card.ts';
import type { ChangeKind } from '../../src/changes/plan.ts';
import type { Bot } from '../bot.ts';
import type { CommandCall, CommandDoor } from '../door.ts';

/** Each of these ends in a private plan card; nothing reaches AWS before its button is pressed. */
export const changeCommands: Readonly<Record<string, CommandDoor>> = {
  deploy: {
    role: 'deployer',
    usage: '/model deploy <model> <version>',
    says: 'plan a deploy; a second person approves it',
    model: 'first-word',
    run: (bot, call) =>
      plan(bot, call, { kind: 'deploy', usage: '/model deploy employee-promotion 7', needsVersion: true }),
  },
  promote: {
    role: 'deployer',
    usage: '/model promote <model> [version]',
    says: 'plan the promotion of the shadow, or of a version',
    model: 'first-word',
    run: (bot, call) =>
      plan(bot, call, { kind: 'promotion', usage: '/model promote employee-promotion', needsVersion: false }),
  },
  rollback: {
    role: 'deployer',
    usage: '/model rollback <model>',
    says: 'go back to the last good version; nobody else has to agree',
    model: 'first-word',
    run: (bot, call) =>
      plan(bot, call, { kind: 'rollback', usage: '/model rollback employee-promotion', needsVersion: false }),
  },
};

type Ask = { readonly kind: ChangeKind; readonly usage: string; readonly needsVersion: boolean };

/** Plans a change and shows the plan, or says why there is none. */
export async function plan(bot: Bot, call: CommandCall, ask: Ask): Promise<Message> {
  const [model, version] = call.words;
  if (!model) return wrongCommand({ problem: 'The model is missing.', tryThis: ask.usage, known: bot.models });
  if (ask.needsVersion && !version)
    return wrongCommand({ problem: 'The version is missing.', tryThis: ask.usage, known: bot.models });
  if (version !== undefined && !/^[1-9]\d{0,8}$/.test(version)) {
    return wrongCommand({
      problem: 'A version is a number, as in its package group.',
      tryThis: ask.usage,
      known: bot.models,
    });
  }
  const planned = await bot.changes.plan({
    kind: ask.kind,
    model,
    version: version === undefined ? undefined : Number(version),
    by: call.by,
    channel: call.channel,
    reason: call.flags.reason,
    requestId: call.requestId,
  });
  return planned.ok ? planCard(planned.value) : changeRefused(planned.refusal, call.requestId);
}
