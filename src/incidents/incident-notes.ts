import { cardId, type Note } from '../outbox/card.ts';
import type { Incident } from './incident.ts';

/** Why a reply is written: the incident is new, was confirmed at its source only now, fired again, or is over. */
export type NoteWhy = 'opened' | 'confirmed' | 'reopened' | 'resolved';

/**
 * Facts of the faces `incident-opener` and `incident-resolved`: the incident as it was at that moment. The opener mentions
 * `onCall` when `confirmed` is true and `why` is not `opened`; the first post of the card does it for `opened`.
 */
export type IncidentNoteFacts = { readonly why: NoteWhy } & Pick<
  Incident,
  | 'id'
  | 'model'
  | 'severity'
  | 'what'
  | 'alarmName'
  | 'endpoint'
  | 'variant'
  | 'measure'
  | 'reason'
  | 'openedAt'
  | 'confirmed'
  | 'serving'
  | 'lastChange'
  | 'onCall'
  | 'runbook'
  | 'state'
  | 'timeline'
>;

/** The resolved reply is a timeline of five lines; a few more give the face a choice. */
const timelineMost = 12;

/** A reply in the incident's thread. */
export function incidentNote(id: string, why: NoteWhy, incident: Incident): Note {
  const { model, channel } = incident;
  const facts: IncidentNoteFacts = {
    why,
    id: incident.id,
    model,
    severity: incident.severity,
    what: incident.what,
    alarmName: incident.alarmName,
    endpoint: incident.endpoint,
    variant: incident.variant,
    measure: incident.measure,
    reason: incident.reason,
    openedAt: incident.openedAt,
    confirmed: incident.confirmed,
    serving: incident.serving,
    lastChange: incident.lastChange,
    onCall: incident.onCall,
    runbook: incident.runbook,
    state: incident.state,
    timeline: [...incident.timeline.slice(0, 1), ...incident.timeline.slice(1).slice(1 - timelineMost)],
  };
  return {
    id,
    card: cardId({ kind: 'incident', id: incident.id }),
    channel,
    face: why === 'resolved' ? 'incident-resolved' : 'incident-opener',
    schema: 1,
    facts,
    broadcast: false,
  };
}
