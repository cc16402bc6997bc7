import type { Entry } from '../../audit/entry.ts';
import { sha256Hex } from '../../kernel/digest.ts';
import { actId } from '../../kernel/ids.ts';
import type { Clocks } from '../../kernel/time.ts';
import type { Commit, Find, NextNumber } from '../../ledger/act.ts';
import { put } from '../../ledger/kind.ts';
import { Inbox, type InboxMessage } from '../inbox.ts';
import { packBody } from '../inbox-body.ts';

export type KeepDeps = {
  readonly clocks: Clocks;
  readonly newId: () => string;
  readonly find: Find;
  readonly commit: Commit;
  readonly nextNumber: NextNumber;
};

/** What is to be kept of one delivery, and what is written beside it. */
export type Keeping = Pick<InboxMessage, 'messageId' | 'door' | 'topic' | 'subject' | 'state'> & {
  readonly text: string;
  readonly raw: string;
  readonly bytes: number;
  readonly sentAt: number;
  readonly entries?: readonly Entry[];
};

/** `known` is a redelivery: it was stored before, and that is as good. */
export type Kept = { readonly kind: 'taken' | 'known'; readonly messageId: string };

/** Longer than any text that fits packed or not; only a queue's foreign message can be, and it is shown by its beginning. */
const beginningKept = 50_000;

/** Claims the id and stores the message in one conditional write. What is unparsed from the start gets its card with it. */
export async function keepMessage(deps: KeepDeps, keeping: Keeping): Promise<Kept> {
  const { messageId } = keeping;
  if (await deps.find(Inbox, messageId)) return { kind: 'known', messageId };
  const message = inboxMessage(keeping, {
    name: `M${await deps.nextNumber('message')}`,
    takenAt: deps.clocks.wall(),
  });
  const { state } = message;
  const subject = { kind: 'inbox', id: messageId };
  const claimed = await deps.commit({
    id: actId(deps.newId()),
    puts: [put(Inbox, message, 0)],
    entries: keeping.entries ?? [],
    cards: state.kind === 'unparsed' ? [{ subject, channel: state.channel }] : [],
  });
  return { kind: claimed.ok ? 'taken' : 'known', messageId };
}

function inboxMessage(keeping: Keeping, claim: Pick<InboxMessage, 'name' | 'takenAt'>): InboxMessage {
  const { text, raw, entries: _, ...kept } = keeping;
  const body = packBody(text) ?? { body: text.slice(0, beginningKept), encoding: 'plain' as const };
  return { ...kept, ...claim, ...body, schema: 1, rawSha256: sha256Hex(raw) };
}
