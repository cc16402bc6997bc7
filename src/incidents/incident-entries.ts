import type { Person } from '../access/person.ts';
import type { Actor, Entry } from '../audit/entry.ts';
import type { Json } from '../kernel/json.ts';
import { type Clocks, instant, isoInstant } from '../kernel/time.ts';
import type { Incident } from './incident.ts';
import { limitText, measureText } from './measure-text.ts';
import type { IncidentRefusal } from './refusal.ts';

/** What an entry needs besides its content. */
export type Stamp = { readonly clocks: Clocks; readonly newId: () => string };

type Line = Pick<Entry, 'chain' | 'act' | 'outcome' | 'sentence' | 'requestId'> &
  Partial<Pick<Entry, 'subject' | 'facts'>> & { readonly by?: Actor };

/** One line of the trail, by the bot itself unless somebody is named. */
export function entryOf({ clocks, newId }: Stamp, { by = { kind: 'bot' }, facts = {}, ...line }: Line): Entry {
  return { schema: 1, id: newId(), at: clocks.domain(), wallAt: clocks.wall(), by, facts, ...line };
}

export function personActor({ user, name }: Person): Actor {
  return { kind: 'person', user, name };
}

/** What the bot did to an incident because of a message or of its source. */
export function incidentEntry(
  stamp: Stamp,
  incident: Incident,
  why: { readonly act: 'opened' | 'reopened' | 'resolved'; readonly requestId: string },
): Entry {
  return entryOf(stamp, {
    chain: incident.model,
    act: `incident.${why.act}`,
    outcome: 'done',
    subject: { kind: 'incident', id: incident.id },
    sentence: `${incident.id} ${why.act}${why.act === 'resolved' ? ' by its alarm' : ''}: ${titleOf(incident)}.`,
    facts: incidentFacts(incident),
    requestId: why.requestId,
  });
}

/** What a person did, or was refused. */
export function pressEntry(
  stamp: Stamp,
  incident: Incident,
  press: { readonly act: string; readonly by: Person; readonly requestId: string; readonly note?: string | undefined },
): Entry {
  return entryOf(stamp, {
    chain: incident.model,
    act: `incident.${press.act}`,
    outcome: 'done',
    by: personActor(press.by),
    subject: { kind: 'incident', id: incident.id },
    sentence: `${incident.id} ${press.act} by ${press.by.name}: ${titleOf(incident)}.`,
    facts: { ...incidentFacts(incident), ...(press.note === undefined ? {} : { note: press.note }) },
    requestId: press.requestId,
  });
}

export function refusedPressEntry(
  stamp: Stamp,
  on: { readonly chain: string; readonly id: string; readonly refusal: IncidentRefusal },
  press: { readonly act: string; readonly by: Person; readonly requestId: string },
): Entry {
  return entryOf(stamp, {
    chain: on.chain,
    act: `incident.${press.act}`,
    outcome: 'refused',
    by: personActor(press.by),
    subject: { kind: 'incident', id: on.id },
    sentence: `${on.id} was not ${press.act} by ${press.by.name}: ${refusalWords(on.refusal)}.`,
    facts: { refusal: on.refusal.kind },
    requestId: press.requestId,
  });
}

function refusalWords(refusal: IncidentRefusal): string {
  switch (refusal.kind) {
    case 'unknown-incident':
      return 'there is no such incident';
    case 'already-acknowledged':
      return `${refusal.by} has it already`;
    case 'already-resolved':
      return `it is resolved already, ${refusal.how}`;
    case 'not-resolved':
      return 'it is still open';
    default:
      return refusal satisfies never;
  }
}

function titleOf({ what, model, measure }: Incident): string {
  if (!measure) return `${what} on ${model}`;
  return `${what} ${measureText(measure.value, measure)} on ${model}, limit ${limitText(measure)}`;
}

function incidentFacts(incident: Incident): Readonly<Record<string, Json>> {
  const { measure } = incident;
  return {
    alarm: incident.alarmName,
    key: incident.key,
    severity: incident.severity,
    confirmed: incident.confirmed,
    seen: incident.seen,
    stateAt: isoInstant(instant(incident.stateAt)),
    ...(measure ? { value: measure.value, worst: measure.worst, limit: measure.limit, unit: measure.unit } : {}),
  };
}
