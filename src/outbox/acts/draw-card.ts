import { Fault } from '../../kernel/fault.ts';
import type { Card } from '../card.ts';
import type { DrawnMessage } from '../message.ts';
import type { MayPost } from './may-post.ts';
import type { Drained, OutboxDeps } from './outbox-deps.ts';
import { postOrWait, sendOrPlain } from './send-message.ts';

type Ground = OutboxDeps & { readonly mayPost: MayPost };

/** Draws the present state of a card: an edit where its message stands, else the first post, else a search for a lost one. */
export function makeDrawCard(ground: Ground): (listed: Card) => Promise<Drained> {
  return async function drawCard(listed) {
    // The list may lag behind. `wanted` is read before the state, so what is drawn is at least as new as it says.
    const card = await ground.cards.find(listed.id);
    if (!card || card.drawn >= card.wanted) return { sent: false };
    const message = await ground.draw(card.subject);
    if (!message) {
      await ground.cards.markDrawn(card, { ts: card.ts, drawn: card.wanted });
      return { sent: false };
    }
    if (card.ts !== undefined && (await editIfThere(ground, { ...card, ts: card.ts }, message))) return { sent: true };
    return await post(ground, card, message);
  };
}

/** False when somebody has deleted the message: then the card is posted anew. */
async function editIfThere(
  ground: Ground,
  card: Card & { readonly ts: string },
  drawn: DrawnMessage,
): Promise<boolean> {
  const { id, channel, ts } = card;
  const edit = (message: DrawnMessage): Promise<void> => ground.posts.edit({ channel, ts, message });
  try {
    await sendOrPlain(drawn, edit, (error) => ground.onPlain(id, error));
  } catch (error) {
    if (error instanceof Fault && error.code === 'slack-message-not-found') return false;
    throw error;
  }
  // Another poster drew in between, and Slack may have taken this older edit after the newer one.
  if (!(await ground.cards.markDrawn(card, { ts, drawn: card.wanted }))) await ground.cards.wantAgain(card);
  return true;
}

async function post(ground: Ground, card: Card, drawn: DrawnMessage): Promise<Drained> {
  const { id, channel } = card;
  const allowed = await ground.mayPost(card, undefined);
  if (allowed.kind === 'found') {
    await adopt(ground, card, allowed.ts);
    return { sent: true };
  }
  if (allowed.kind === 'wait') return { sent: false, waitUntil: allowed.until };
  if (!(await ground.cards.markPosting(card, { marker: id, since: ground.wall() }))) return { sent: false };
  const send = (message: DrawnMessage): Promise<{ readonly ts: string }> =>
    ground.posts.post({ channel, broadcast: false, marker: id, message });
  const posted = await postOrWait({
    post: () => sendOrPlain(drawn, send, (error) => ground.onPlain(id, error)),
    refused: () => ground.cards.forgetPosting(card),
    wall: ground.wall,
    searchAfterMs: ground.searchAfterMs,
  });
  if (posted.ts === undefined) return { sent: false, waitUntil: posted.waitUntil };
  await ground.cards.markDrawn(card, { ts: posted.ts, drawn: card.wanted });
  return { sent: true };
}

/** The message that was found becomes the card's. It shows the state of its posting, so the present one is drawn next. */
async function adopt(ground: Ground, card: Card, ts: string): Promise<void> {
  if (card.ts === undefined) {
    await ground.cards.markDrawn(card, { ts, drawn: 0 });
    return;
  }
  await ground.cards.markDrawn(card, { ts, drawn: card.wanted });
  await ground.cards.wantAgain(card);
}
