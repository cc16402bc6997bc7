import { Inbox, type InboxMessage } from '../../alerts/inbox.ts';
import { Fault } from '../../kernel/fault.ts';
import { actId } from '../../kernel/ids.ts';
import { put, type Versioned } from '../../ledger/kind.ts';
import { keepUnparsed, type ReadDeps, readMessage } from './read-message.ts';

/** How far one round came. `left` messages stay new and are tried in the next round. */
export type Round = { readonly read: number; readonly left: number };

/** So many at once: alarms of a storm wait for each other's answers from AWS, and CloudWatch allows 9 reads a second. */
const atOnce = 4;
/** A message whose reading breaks us this often is shown to people instead of being tried for ever. */
const refusalsMost = 5;

/** Reads every message that is new, oldest first. Safe to run on several replicas at once: each message has one effect. */
export function makeReadInbox(deps: ReadDeps) {
  return async function readInbox(): Promise<Round> {
    const waiting = [...(await deps.listOpen(Inbox, 'new'))].sort((a, b) => a.value.sentAt - b.value.sentAt);
    let read = 0;
    for (let from = 0; from < waiting.length; from += atOnce) {
      const some = await Promise.all(waiting.slice(from, from + atOnce).map((item) => tryOne(deps, item)));
      read += some.filter(Boolean).length;
    }
    return { read, left: waiting.length - read };
  };
}

async function tryOne(deps: ReadDeps, listed: Versioned<InboxMessage>): Promise<boolean> {
  try {
    // The list may lag behind: another replica may have read it.
    const item = await deps.find(Inbox, listed.value.messageId);
    if (item?.value.state.kind === 'new') await readMessage(deps, item);
    return true;
  } catch (error) {
    deps.onTrouble(listed.value.name, error);
    await countRefusal(deps, listed.value.messageId, error).catch((second: unknown) => {
      deps.onTrouble(listed.value.name, second);
    });
    return false;
  }
}

/** The world's faults pass, so the message waits. Anything else will break the same way again. */
async function countRefusal(deps: ReadDeps, messageId: string, error: unknown): Promise<void> {
  if (error instanceof Fault && error.retryable) return;
  const item = await deps.find(Inbox, messageId);
  if (item?.value.state.kind !== 'new') return;
  const refusals = item.value.state.refusals + 1;
  if (refusals >= refusalsMost) return await keepUnparsed(deps, item, 'reading it failed; the logs say how');
  const counted: InboxMessage = { ...item.value, state: { kind: 'new', refusals } };
  await deps.commit({ id: actId(deps.newId()), puts: [put(Inbox, counted, item.version)], entries: [], cards: [] });
}
