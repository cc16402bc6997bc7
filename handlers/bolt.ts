import type { App, RespondFn } from '@slack/bolt';
import type { Form } from '../blocks/forms.ts';
import type { Message } from '../blocks/message.ts';
import { answerCommand, answerForm, answerPress } from './answer.ts';
import type { Bot } from './bot.ts';

/** The only file that knows Bolt's arguments. Every door answers Slack first and works afterwards, so 3 s are never missed. */
export function hangDoors(app: App, bot: Bot): void {
  app.command('/model', async ({ command, ack, respond }) => {
    await ack();
    await behindTheDoor(bot, async () => tell(respond, await answerCommand(bot, command)));
  });
  app.action(/./, async ({ body, ack, respond, client }) => {
    await ack();
    if (body.type !== 'block_actions') return;
    const openForm = async (form: Form): Promise<void> => {
      await client.views.open({
        trigger_id: body.trigger_id,
        view: form as Parameters<typeof client.views.open>[0]['view'],
      });
    };
    await behindTheDoor(bot, async () => tell(respond, await answerPress(bot, body, openForm)));
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

async function tell(respond: RespondFn, message: Message | undefined): Promise<void> {
  if (message)
    await respond({
      response_type: 'ephemeral',
      replace_original: false,
      text: message.text,
      blocks: [...message.blocks] as never,
    });
}
