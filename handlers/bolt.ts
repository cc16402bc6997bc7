import type { AllMiddlewareArgs, App, RespondFn } from '@slack/bolt';
import type { Form } from '../blocks/forms.ts';
import { Fault } from '../src/kernel/fault.ts';
import { answerCommand, answerForm, answerPress } from './answer.ts';
import type { Bot } from './bot.ts';
import type { PrivateAnswer } from './door.ts';

type WebClient = AllMiddlewareArgs['client'];

/** The only file that knows Bolt's arguments. Every door answers Slack first and works afterwards, so 3 s are never missed. */
export function hangDoors(app: App, bot: Bot): void {
  app.command('/model', async ({ command, ack, respond }) => {
    await ack();
    await behindTheDoor(bot, async () => tell(respond, await answerCommand(bot, command)));
  });
  app.action(/./, async ({ body, ack, respond, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const openForm = (form: Form): Promise<void> => open(client, body.trigger_id, form);
    // On a card that everybody sees, "in place" would put one person's answer before everybody.
    const isPrivate = body.container.is_ephemeral === true;
    await behindTheDoor(bot, async () => tell(respond, await answerPress(bot, body, openForm), isPrivate));
  });
  app.view(/./, async ({ body, ack }) => {
    await ack();
    await behindTheDoor(bot, () => answerForm(bot, body));
  });
}

/** Slack has its answer; what was decided stands. Only telling the person can still fail, and nobody is left to tell but the log. */
async function behindTheDoor(bot: Bot, work: () => Promise<void>): Promise<void> {
  try {
    await bot.track(work());
  } catch (error) {
    bot.trouble('private answer', error, bot.newRequestId());
  }
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
