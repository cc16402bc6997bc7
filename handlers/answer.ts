import type { BlockAction, SlackViewAction, SlashCommand } from '@slack/bolt';
import { unknownButton, wrongCommand } from '../blocks/answers.ts';
import type { Form } from '../blocks/forms.ts';
import type { Message } from '../blocks/message.ts';
import { readWords, unescaped } from '../src/kernel/words.ts';
import type { Bot } from './bot.ts';
import type { ActionDoor, CommandDoor, PrivateAnswer } from './door.ts';
import { actions, commands, forms } from './index.ts';
import { passThrough } from './knock.ts';
import { pressedOf, valuesOf } from './slack-shapes.ts';

export async function answerCommand(bot: Bot, command: SlashCommand): Promise<Message | undefined> {
  const { words, flags } = readWords(command.text);
  const [typed = 'help', ...rest] = words;
  // A phone begins every line with a capital letter.
  const verb = typed.toLowerCase();
  const known = rowOf(commands, verb);
  const door = known ?? unknownVerb(command.text);
  const knock = {
    // A verb that is none is any text at all, and no name for a door in the trail.
    door: known ? `/model ${verb}` : '/model',
    role: door.roleOf?.(rest) ?? door.role,
    user: command.user_id,
    channel: command.channel_id,
    trigger: command.trigger_id,
    model: () => Promise.resolve(door.model === 'none' ? undefined : rest[door.model === 'second-word' ? 1 : 0]),
  };
  return passThrough(bot, knock, (by, requestId) =>
    door.run(bot, { words: rest, flags, by, channel: command.channel_id, requestId }),
  );
}

function unknownVerb(text: string): Pick<CommandDoor, 'role' | 'roleOf' | 'model' | 'run'> {
  const wrong = {
    problem: 'There is no verb of that name.',
    typed: `/model ${unescaped(text)}`,
    tryThis: '/model help',
    known: Object.keys(commands),
  };
  return { role: 'viewer', model: 'none', run: () => Promise.resolve(wrongCommand(wrong)) };
}

export async function answerPress(
  bot: Bot,
  body: BlockAction,
  openForm: (form: Form) => Promise<void>,
): Promise<PrivateAnswer | undefined> {
  const pressed = pressedOf(body);
  if (!pressed) return undefined;
  const door = rowOf(actions, pressed.action) ?? unknownAction(pressed.action);
  const channel = body.channel?.id ?? '';
  const knock = {
    door: pressed.action,
    about: pressed.id,
    role: door.role,
    user: body.user.id,
    channel: body.channel?.id,
    trigger: `${body.trigger_id}`,
    model: () => (door.subject === 'none' ? Promise.resolve(undefined) : bot.modelOf(door.subject, pressed.id)),
  };
  return passThrough(bot, knock, (by, requestId) =>
    door.run(bot, { id: pressed.id, by, channel, requestId, openForm }),
  );
}

function unknownAction(action: string): ActionDoor {
  return { role: 'viewer', subject: 'none', run: () => Promise.resolve(unknownButton(action)) };
}

export async function answerForm(bot: Bot, body: SlackViewAction): Promise<void> {
  const door = rowOf(forms, body.view.callback_id);
  if (!door) return;
  const id = body.view.private_metadata;
  const knock = {
    door: body.view.callback_id,
    about: id,
    role: door.role,
    user: body.user.id,
    channel: undefined,
    trigger: `${body.view.id}.${body.view.hash}`,
    model: () => bot.modelOf(door.subject, id),
  };
  const values = valuesOf(body.view.state.values);
  const answer = await passThrough(bot, knock, (by, requestId) => door.run(bot, { id, values, by, requestId }));
  if (answer) await bot.whisper({ user: body.user.id, subject: { kind: door.subject, id } }, answer);
}

/** What somebody typed or pressed may be any word; `constructor` is in no table. */
function rowOf<Door>(table: Readonly<Record<string, Door>>, name: string): Door | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
