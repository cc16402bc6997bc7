import { parseDurationMs } from '../../src/kernel/time.ts';
import type { SeenMessage } from '../../src/local/slack/people/look.ts';
import type { Journey } from '../kit/journey.ts';

export const model = 'employee-promotion';

/** Lets domain time pass in one go, then everything that fell due in it. */
export async function leap(day: Journey, span: string): Promise<void> {
  await day.world.clock.advance(parseDurationMs(span) ?? 0);
  await day.settle();
}

/** Plans by command, asks, and resolves with the card that waits for approval. */
export async function asked(day: Journey, line: string, who = 'ana'): Promise<SeenMessage> {
  const plan = await day.say(line, who);
  const before = day.cards(/Approval needed/).length;
  await day.click(plan, 'Ask for approval', who);
  const cards = day.cards(/Approval needed/);
  if (cards.length !== before + 1) throw new Error(`${line} led to no new card: ${day.whisperTo(who)}`);
  return day.card(/Approval needed/);
}

/** What everybody can read on the card now. */
export const stands = (day: Journey, card: SeenMessage): string => day.reads(day.now(card));
