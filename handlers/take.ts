import type { Knocked } from '../src/access/delivery.ts';
import type { Bot } from './bot.ts';

export type Taking = { readonly ack: () => Promise<void>; readonly work: () => Promise<void> };

/**
 * Written down first: a replica that falls after its answer leaves the work to another. A second delivery of the same
 * trigger is answered and does nothing. What the store does not take is not acknowledged either, and Slack says so.
 */
export async function take(bot: Bot, knocked: Knocked, { ack, work }: Taking): Promise<void> {
  const isFirst = await bot.journal.begin(knocked);
  await ack();
  if (isFirst) await bot.track(behindTheDoor(bot, knocked, work));
}

/** Slack has its answer; what was decided stands. Only telling the person can still fail, and nobody is left to tell but the log. */
async function behindTheDoor(bot: Bot, { trigger }: Knocked, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    bot.trouble('private answer', error, bot.newRequestId());
  }
  await bot.journal.finish(trigger);
}
