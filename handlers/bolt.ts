import type { AllMiddlewareArgs, App, RespondFn } from '@slack/bolt';
import type { Form } from '../blocks/forms.ts';
import { Fault } from '../src/kernel/fault.ts';
import { answerCommand, answerForm, answerPress } from './answer.ts';
import type { Bot } from './bot.ts';
import type { PrivateAnswer } from './door.ts';
import { whisperAnswer } from './resume.ts';
import { commandOf, formOf, pressOf } from './slack-shapes.ts';
import { take } from './take.ts';

type WebClient = AllMiddlewareArgs['client'];

/** The only file that knows Bolt's arguments. Every door is written down, answered, and then worked at, so 3 s are never missed. */
export function hangDoors(app: App, bot: Bot): void {
  app.command('/model', async ({ command, ack, respond }) => {
    const called = commandOf(command);
    await take(bot, called, { ack, work: async () => tell(respond, await answerCommand(bot, called)) });
  });
  app.action(/./, async ({ body, ack, respond, client }) => {
    const pressed = body.type === 'block_actions' ? pressOf(body) : undefined;
    if (!pressed || body.type !== 'block_actions') return ack();
    const openForm = (form: Form): Promise<void> => open(client, body.trigger_id, form);
    // On a card that everybody sees, "in place" would put one person's answer before everybody.
    const isPrivate = body.container.is_ephemeral === true;
    const work = async () => tell(respond, await answerPress(bot, pressed, openForm), isPrivate);
    await take(bot, pressed, { ack, work });
  });
  app.view(/./, async ({ body, ack }) => {
    const sent = formOf(body);
    await take(bot, sent, { ack, work: async () => whisperAnswer(bot, sent, await answerForm(bot, sent)) });
  });
}

async function open(client: WebClient, trigger: string, form: Form): Promise<void> {
  try {
    await client.views.open({ trigger_id: trigger, view: form as Parameters<typeof client.views.open>[0]['view'] });
  } catch (cause) {
    const why = 'Slack did not open the form; it does so only within three seconds of the press.';
    throw new Fault('form-not-opened', why, { retryable: true, cause });
  }
}

async function tell(respond: RespondFn, message: PrivateAnswer | undefined, isPrivate = false): Promise<void> {
  if (!message) return;
  await respond({
    response_type: 'ephemeral',
    replace_original: isPrivate && message.inPlace === true,
    text: message.text,
    blocks: [...message.blocks] as never,
  });
}
