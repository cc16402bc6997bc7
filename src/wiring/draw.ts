import { changeCard } from '../../blocks/change-card.ts';
import { checkpointCard } from '../../blocks/checkpoint-card.ts';
import { inboxCard } from '../../blocks/inbox-card.ts';
import { incidentCard } from '../../blocks/incident-card.ts';
import { shadowCard } from '../../blocks/shadow-card.ts';
import { summaryCard } from '../../blocks/summary-card.ts';
import { Inbox } from '../alerts/inbox.ts';
import { bodyText } from '../alerts/inbox-body.ts';
import { Changes } from '../changes/change.ts';
import { Incidents } from '../incidents/incident.ts';
import type { Find } from '../ledger/act.ts';
import type { Kind } from '../ledger/kind.ts';
import type { Subject } from '../outbox/card.ts';
import { CheckpointCards } from '../outbox/checkpoint-card.ts';
import type { DrawnMessage } from '../outbox/message.ts';
import { ShadowTests, Summaries } from '../shadow/shadow-test.ts';

/** Reads the present state of a card's subject and draws it. Every kind of subject has a row here. */
export function makeDraw(find: Find): (subject: Subject) => Promise<DrawnMessage | undefined> {
  const row =
    <T>(kind: Kind<T>, face: (value: T) => DrawnMessage) =>
    async (id: string): Promise<DrawnMessage | undefined> => {
      const found = await find(kind, id);
      return found ? face(found.value) : undefined;
    };
  const faces: Readonly<Record<string, (id: string) => Promise<DrawnMessage | undefined>>> = {
    change: row(Changes, changeCard),
    incident: row(Incidents, incidentCard),
    inbox: row(Inbox, (message) => inboxCard(message, bodyText(message))),
    'shadow-test': row(ShadowTests, shadowCard),
    summary: row(Summaries, summaryCard),
    'checkpoint-card': row(CheckpointCards, checkpointCard),
  };
  return async (subject) => faces[subject.kind]?.(subject.id);
}
