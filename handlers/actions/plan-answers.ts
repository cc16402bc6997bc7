import type { Message } from '../../blocks/message.ts';
import { answer } from '../../blocks/sentence.ts';
import type { Change } from '../../src/changes/change.ts';

const foot = 'only you see this';

/** The plan is out of its planner's hands: it waits for others, or it runs. */
export function wentOn({ id, state }: Change): Message {
  const waits = state.kind === 'awaiting-approval';
  return answer({
    glyph: 'information_source',
    what: waits ? `Asked: ${id} waits for approval.` : `Started: ${id} runs.`,
    next: [waits ? 'its card shows who agrees' : 'its card shows how far it is'],
    foot,
  });
}

export function wasDiscarded({ id }: Change): Message {
  return answer({
    glyph: 'information_source',
    what: `Discarded: the plan ${id} is gone.`,
    why: 'Nothing was sent to AWS.',
    next: ['plan it again, should you need it'],
    foot,
  });
}

/** Slack asks for an answer, but takes blanks for one. */
export const withoutReason: Message = answer({
  glyph: 'question',
  what: 'Not rejected: the reason is missing.',
  next: ['press Reject… again and say what has to change'],
  foot,
});
