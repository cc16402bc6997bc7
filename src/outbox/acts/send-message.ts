import { Fault } from '../../kernel/fault.ts';
import { type EpochMs, type Now, plus } from '../../kernel/time.ts';
import type { DrawnMessage } from '../message.ts';
import { isRefusedForm, plainMessage } from '../plain-message.ts';

/** Sends the message as drawn; when Slack does not take that form, its text alone. */
export async function sendOrPlain<T>(
  message: DrawnMessage,
  send: (message: DrawnMessage) => Promise<T>,
  onPlain: (error: Fault) => void,
): Promise<T> {
  try {
    return await send(message);
  } catch (error) {
    if (!(error instanceof Fault && isRefusedForm(error))) throw error;
    onPlain(error);
    return await send(plainMessage(message));
  }
}

/** Posts. After a lost answer the message may stand there, so a search comes first; after a refusal it does not. */
export async function postOrWait(wish: {
  readonly post: () => Promise<{ readonly ts: string }>;
  readonly refused: () => Promise<void>;
  readonly wall: Now;
  readonly searchAfterMs: readonly number[];
}): Promise<{ readonly ts?: string; readonly waitUntil?: EpochMs }> {
  try {
    return await wish.post();
  } catch (error) {
    if (error instanceof Fault && error.ambiguous) return { waitUntil: plus(wish.wall(), wish.searchAfterMs[0] ?? 0) };
    await wish.refused();
    throw error;
  }
}
