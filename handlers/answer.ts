import { unknownButton, wrongCommand } from '../blocks/answers.ts';
import type { Form } from '../blocks/forms.ts';
import type { Message } from '../blocks/message.ts';
import type { Knocked } from '../src/access/delivery.ts';
import { readWords, unescaped } from '../src/kernel/words.ts';
import type { Bot } from './bot.ts';
import type { ActionDoor, CommandDoor, PrivateAnswer } from './door.ts';
import { actions, commands, forms } from './index.ts';
import { passThrough } from './knock.ts';

type Of<K extends Knocked['kind']> = Extract<Knocked, { kind: K }>;

export async function answerCommand(bot: Bot, command: Of<'command'>): Promise<Message | undefined> {
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
    user: command.user,
    channel: command.channel,
    model: () => Promise.resolve(door.model === 'none' ? undefined : rest[door.model === 'second-word' ? 1 : 0]),
  };
  return passThrough(bot, knock, (by, requestId) =>
    door.run(bot, { words: rest, flags, by, channel: command.channel, requestId }),
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
  pressed: Of<'press'>,
  openForm: (form: Form) => Promise<void>,
): Promise<PrivateAnswer | undefined> {
  const door = rowOf(actions, pressed.action) ?? unknownAction(pressed.action);
  const { user, channel = '' } = pressed;
  const knock = {
    door: pressed.action,
    about: pressed.id,
    role: door.role,
    user,
    channel: pressed.channel,
    model: () => (door.subject === 'none' ? Promise.resolve(undefined) : bot.modelOf(door.subject, pressed.id)),
  };
  return passThrough(bot, knock, (by, requestId) =>
    door.run(bot, { id: pressed.id, by, channel, requestId, openForm }),
  );
}

function unknownAction(action: string): ActionDoor {
  return { role: 'viewer', subject: 'none', run: () => Promise.resolve(unknownButton(action)) };
}

export async function answerForm(bot: Bot, { form, id, user, values }: Of<'form'>): Promise<Message | undefined> {
  const door = rowOf(forms, form);
  if (!door) return undefined;
  const knock = {
    door: form,
    about: id,
    role: door.role,
    user,
    channel: undefined,
    model: () => bot.modelOf(door.subject, id),
  };
  return passThrough(bot, knock, (by, requestId) => door.run(bot, { id, values, by, requestId }));
}

/** Where the private answer to a form goes: forms have no response URL. */
export function subjectOfForm({ form, id }: Of<'form'>): { readonly kind: string; readonly id: string } {
  return { kind: rowOf(forms, form)?.subject ?? 'none', id };
}

/** What somebody typed or pressed may be any word; `constructor` is in no table. */
function rowOf<Door>(table: Readonly<Record<string, Door>>, name: string): Door | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
