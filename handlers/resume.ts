import type { Message } from '../blocks/message.ts';
import type { Knocked } from '../src/access/delivery.ts';
import { Fault } from '../src/kernel/fault.ts';
import { answerCommand, answerForm, answerPress, subjectOfForm } from './answer.ts';
import type { Bot } from './bot.ts';

/**
 * Does what a fallen replica had taken and not finished. It is struck out as soon as it is decided: the person is told in
 * the channel, since Slack's own way back is gone, and a telling that fails must not have it done again.
 */
export async function resume(bot: Bot, knocked: Knocked): Promise<void> {
  const answer = await answered(bot, knocked);
  await bot.journal.finish(knocked.trigger);
  try {
    await whisperAnswer(bot, knocked, answer);
  } catch (error) {
    bot.trouble('private answer', error, bot.newRequestId());
  }
}

function answered(bot: Bot, knocked: Knocked): Promise<Message | undefined> {
  switch (knocked.kind) {
    case 'command':
      return answerCommand(bot, knocked);
    case 'press':
      return answerPress(bot, knocked, tooLate);
    case 'form':
      return answerForm(bot, knocked);
    default:
      return knocked satisfies never;
  }
}

/** Slack opens a form only in the first seconds after a press. */
function tooLate(): Promise<never> {
  return Promise.reject(
    new Fault('form-not-opened', 'Understudy was restarted just then, and the form could not open.', {
      retryable: true,
    }),
  );
}

/** A private answer where there is no response URL: beside the card it is about, or where it was typed. */
export async function whisperAnswer(bot: Bot, knocked: Knocked, message: Message | undefined): Promise<void> {
  if (!message) return;
  const subject = knocked.kind === 'form' ? subjectOfForm(knocked) : { kind: 'none', id: '' };
  const channel = knocked.kind === 'form' ? undefined : knocked.channel;
  await bot.whisper({ user: knocked.user, channel, subject }, message);
}
