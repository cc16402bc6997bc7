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
    run: (bot, call) => plan(bot, call, { kind: 'deploy', verb: 'deploy', needsVersion: true }),
  },
  promote: {
    role: 'deployer',
    usage: '/model promote <model> [version]',
    says: 'plan the promotion of the shadow, or of a version',
    model: 'first-word',
    run: (bot, call) => plan(bot, call, { kind: 'promotion', verb: 'promote', needsVersion: false }),
  },
  rollback: {
    role: 'deployer',
    usage: '/model rollback <model>',
    says: 'go back to the last good version; nobody else has to agree',
    model: 'first-word',
    run: (bot, call) => plan(bot, call, { kind: 'rollback', verb: 'rollback', needsVersion: false }),
  },
};

type Ask = { readonly kind: ChangeKind; readonly verb: string; readonly needsVersion: boolean };

/** Plans a change and shows the plan, or says why there is none. */
export async function plan(bot: Bot, call: CommandCall, ask: Ask): Promise<Message> {
  const [model = '', version] = call.words;
  const wrong = slipIn(call, ask);
  if (wrong) return wrongCommand({ tryThis: example(bot, model, ask), known: bot.models, ...wrong });
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

/** With the model that was typed where there is one, so that only the slip has to be mended. */
function example({ models }: Bot, typed: string, { verb, needsVersion }: Ask): string {
  const model = models.includes(typed) ? typed : (models[0] ?? 'employee-promotion');
  return `/model ${verb} ${model}${needsVersion ? ' 2' : ''}`;
}

type Slip = { readonly problem: string; readonly known?: readonly string[] };

/** What is wrong with the words themselves. A word that nobody reads is a slip too: it was meant to say something. */
function slipIn({ words, flags }: CommandCall, { needsVersion }: Ask): Slip | undefined {
  const [model, version, surplus] = words;
  if (!model) return { problem: 'The model is missing.' };
  if (needsVersion && !version) return { problem: 'The version is missing.' };
  if (version !== undefined && !/^[1-9]\d{0,8}$/.test(version))
    return { problem: 'A version is a number, as in its package group.' };
  if (surplus !== undefined)
    return { problem: 'There is a word too many. A reason goes into quotes: --reason "as agreed".', known: [] };
  const flag = Object.keys(flags).find((name) => name !== 'reason');
  return flag === undefined ? undefined : { problem: `There is no --${flag} here.`, known: ['--reason "why"'] };
}
