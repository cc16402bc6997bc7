import type { Versioned } from '../../ledger/kind.ts';
import type { Note } from '../card.ts';
import type { DrawnMessage } from '../message.ts';
import type { MayPost } from './may-post.ts';
import type { Drained, OutboxDeps } from './outbox-deps.ts';
import { postOrWait, sendOrPlain } from './send-message.ts';

type Ground = OutboxDeps & { readonly mayPost: MayPost };

/** Posts a note below its card. The mark of the begun posting is written first, by version: of two posters one posts. */
export function makePostNote(ground: Ground): (note: Versioned<Note>) => Promise<Drained> {
  return async function postNote({ value: note, version }) {
    const card = await ground.cards.find(note.card);
    if (!card?.ts) return { sent: false };
    const allowed = await ground.mayPost({ ...note, channel: card.channel }, card.ts);
    if (allowed.kind === 'found') {
      await ground.notes.save({ ...note, posted: { ts: allowed.ts } }, version);
      return { sent: true };
    }
    if (allowed.kind === 'wait') return { sent: false, waitUntil: allowed.until };
    const drawn = ground.drawNote(note);
    const tries = (note.posting?.tries ?? 0) + 1;
    const begun: Note = { ...note, posting: { marker: note.id, since: ground.wall(), tries } };
    if (!(await ground.notes.save(begun, version))) return { sent: false };
    const { channel, ts: threadTs } = card;
    const send = (message: DrawnMessage): Promise<{ readonly ts: string }> =>
      ground.posts.post({ channel, threadTs, broadcast: note.broadcast, marker: note.id, message });
    const posted = await postOrWait({
      post: () => sendOrPlain(drawn, send, (error) => ground.onPlain(note.id, error)),
      refused: async () => {
        await ground.notes.save({ ...begun, posting: undefined }, version + 1);
      },
      wall: ground.wall,
      searchAfterMs: ground.searchAfterMs,
    });
    if (posted.ts === undefined) return { sent: false, waitUntil: posted.waitUntil };
    await ground.notes.save({ ...begun, posted: { ts: posted.ts } }, version + 1);
    return { sent: true };
  };
}
