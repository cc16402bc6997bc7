import type { Person } from '../../access/person.ts';
import { Inbox, type InboxMessage } from '../../alerts/inbox.ts';
import type { ReplayRefusal } from '../../alerts/replay-refusal.ts';
import { houseChain } from '../../audit/entry.ts';
import { actId } from '../../kernel/ids.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Incident } from '../incident.ts';
import { entryOf, personActor } from '../incident-entries.ts';
import { type Outcome, outcomeOf, type ReadDeps, readMessage } from './read-message.ts';

export type Replay = { readonly messageId: string; readonly by: Person; readonly requestId: string };

/** Has a kept message read again by today's readers and today's configuration. One that was read already is not read twice. */
export function makeReplayMessage(deps: ReadDeps) {
  return async function replayMessage(replay: Replay): Promise<Result<Incident, ReplayRefusal>> {
    const item = await deps.find(Inbox, replay.messageId);
    if (!item) return refuse({ kind: 'unknown-message', id: replay.messageId });
    const outcome = (await outcomeOf(deps, item.value)) ?? (await readMessage(deps, item));
    await writeLine(deps, { replay, message: item.value, outcome });
    return answerOf(item.value, outcome);
  };
}

function answerOf({ messageId: id, name }: InboxMessage, outcome: Outcome): Result<Incident, ReplayRefusal> {
  if (outcome.kind === 'unparsed') return refuse({ kind: 'still-unparsed', id, name, why: outcome.why });
  if (outcome.incident) return accept(outcome.incident);
  return refuse({ kind: 'no-incident', id, name, because: outcome.because });
}

type Replayed = { readonly replay: Replay; readonly message: InboxMessage; readonly outcome: Outcome };

async function writeLine(deps: ReadDeps, { replay, message, outcome }: Replayed): Promise<void> {
  const incident = outcome.kind === 'read' ? outcome.incident : undefined;
  const became = incident ? `it is ${incident.id}` : outcome.kind === 'unparsed' ? outcome.why : outcome.because;
  const entry = entryOf(deps, {
    chain: incident?.model ?? houseChain,
    act: 'message.replayed',
    outcome: incident ? 'done' : 'refused',
    by: personActor(replay.by),
    subject: { kind: 'inbox', id: message.messageId },
    sentence: `${message.name} read again by ${replay.by.name}: ${became}.`,
    facts: { message: message.messageId, sha256: message.rawSha256 },
    requestId: replay.requestId,
  });
  await deps.commit({ id: actId(deps.newId()), puts: [], entries: [entry], cards: [] });
}
