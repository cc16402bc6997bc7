import type { Alert } from '../../alerts/alert.ts';
import type { Act } from '../../ledger/act.ts';
import { put, type Versioned } from '../../ledger/kind.ts';
import { Notes } from '../../outbox/card.ts';
import type { AlertModel } from '../alert-policy.ts';
import { type Incident, IncidentKeys, Incidents } from '../incident.ts';
import { incidentEntry, type Stamp } from '../incident-entries.ts';
import { openIncident, resolveBySource } from '../incident-life.ts';
import { incidentNote, type NoteWhy } from '../incident-notes.ts';
import type { Effect } from '../weigh-alert.ts';
import { type Surroundings, settingOf } from './gather.ts';
import type { Ledger } from './ledger.ts';

/** Everything that one effect on an incident writes, but for the message that caused it. */
export type EffectWrites = Pick<Act, 'puts' | 'entries' | 'cards'>;

type Opening = {
  readonly alert: Alert;
  readonly model: AlertModel;
  readonly effect: Extract<Effect, { kind: 'open' }>;
  readonly keyVersion: number;
  readonly requestId: string;
};

/** A new incident with its name. Two replicas that open the same key race for the key's item, and one of them reads again. */
export async function openingWrites(
  deps: Ledger & Surroundings,
  { alert, model, effect, keyVersion, requestId }: Opening,
): Promise<EffectWrites & { readonly incident: Incident }> {
  const id = `I${await deps.nextNumber('incident')}`;
  const setting = await settingOf(deps, model, { alert, id, confirmed: effect.confirmed });
  const opened = openIncident(alert, setting);
  const incident = effect.endedAt === undefined ? opened : resolveBySource(opened, effect.endedAt, undefined);
  const ended = effect.endedAt !== undefined;
  // One that was over before it was read gets the one reply that says so, not an opener first.
  const note = incidentNote(deps.newId(), ended ? 'resolved' : 'opened', incident);
  return {
    incident,
    puts: [
      put(IncidentKeys, { key: alert.key, incident: id }, keyVersion),
      put(Incidents, incident, 0),
      put(Notes, note, 0),
    ],
    entries: [
      incidentEntry(deps, opened, { act: 'opened', requestId }),
      ...(ended ? [incidentEntry(deps, incident, { act: 'resolved', requestId })] : []),
    ],
    cards: [cardOf(incident)],
  };
}

type Update = {
  readonly before: Versioned<Incident>;
  readonly effect: Exclude<Effect, { kind: 'open' }>;
  readonly requestId: string;
};

/** What follows from a change of an incident that is there already. Folding writes no entry: facts belong to the timeline. */
export function updateWrites(stamp: Stamp, { before, effect, requestId }: Update): EffectWrites {
  const { incident } = effect;
  const reopened = before.value.state.kind === 'resolved' && effect.kind !== 'noted';
  const resolved = incident.state.kind === 'resolved' && effect.kind === 'resolved';
  const told = toldBy(before.value, incident);
  const notes = told === undefined ? [] : [put(Notes, incidentNote(stamp.newId(), told, incident), 0)];
  return {
    puts: [put(Incidents, incident, before.version), ...notes],
    entries: [
      ...(reopened ? [incidentEntry(stamp, incident, { act: 'reopened', requestId })] : []),
      ...(resolved ? [incidentEntry(stamp, incident, { act: 'resolved', requestId })] : []),
    ],
    cards: [cardOf(incident)],
  };
}

/** The reply that a change deserves: edits of a card ring nowhere, so what somebody has to notice goes to the thread. */
function toldBy(before: Incident, after: Incident): NoteWhy | undefined {
  if (after.state.kind === 'resolved') return 'resolved';
  if (before.state.kind === 'resolved') return 'reopened';
  return after.confirmed && !before.confirmed ? 'confirmed' : undefined;
}

export function cardOf({ id, channel }: Incident): Act['cards'][number] {
  return { subject: { kind: 'incident', id }, channel };
}
