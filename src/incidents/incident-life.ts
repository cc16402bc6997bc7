import type { Person } from '../access/person.ts';
import type { Alert, SourceAnswer } from '../alerts/alert.ts';
import { accept, type Result, refuse } from '../kernel/result.ts';
import type { EpochMs } from '../kernel/time.ts';
import type { Incident } from './incident.ts';
import { measureText } from './measure-text.ts';
import type { IncidentRefusal } from './refusal.ts';
import { withMoment } from './timeline.ts';

/** What is gathered for a new incident besides the alert itself. */
export type Setting = Pick<Incident, 'id' | 'model' | 'channel' | 'severity' | 'confirmed'> &
  Partial<Pick<Incident, 'serving' | 'lastChange' | 'onCall' | 'runbook'>>;

/** The first alert of a key: a problem begins. */
export function openIncident(alert: Alert, setting: Setting): Incident {
  const measure = measureOf(alert);
  return {
    ...setting,
    schema: 1,
    key: alert.key,
    what: alert.what,
    alarmName: alert.alarmName,
    account: alert.account,
    region: alert.region,
    ...(alert.endpoint === undefined ? {} : { endpoint: alert.endpoint }),
    ...(alert.variant === undefined ? {} : { variant: alert.variant }),
    ...(measure === undefined ? {} : { measure }),
    reason: alert.reason,
    openedAt: alert.stateAt,
    stateAt: alert.stateAt,
    seen: 1,
    lastSeenAt: alert.stateAt,
    state: { kind: 'firing' },
    timeline: [{ at: alert.stateAt, sentence: `fired${valueSuffix(alert)}` }],
  };
}

/** A newer message of the same key: counted, value and worst brought up to date, the state left as it is. */
export function fold(incident: Incident, alert: Alert, confirmed: boolean): Incident {
  const measure = measureOf(alert, incident.measure) ?? incident.measure;
  return {
    ...incident,
    confirmed: incident.confirmed || confirmed,
    ...(measure === undefined ? {} : { measure }),
    reason: alert.reason || incident.reason,
    stateAt: alert.stateAt,
    seen: incident.seen + 1,
    lastSeenAt: alert.stateAt,
  };
}

/** A newer ALARM after the end: the same problem again. Whoever had it is asked again. */
export function reopenByAlert(incident: Incident, alert: Alert, confirmed: boolean): Incident {
  const again = { ...fold(incident, alert, confirmed), confirmed, state: { kind: 'firing' as const } };
  return withMoment(again, alert.stateAt, `fired again${valueSuffix(alert)}`);
}

/** The source says that it is over. `since` is its own time of the change. */
export function resolveBySource(incident: Incident, since: EpochMs, value: number | undefined): Incident {
  const words = value === undefined || !incident.measure ? 'OK' : `OK, ${measureText(value, incident.measure)}`;
  const ended = {
    ...incident,
    stateAt: since,
    state: {
      kind: 'resolved' as const,
      at: since,
      how: { kind: 'by-itself' as const, ...(value === undefined ? {} : { value }) },
      ...ownerOf(incident),
    },
  };
  return withMoment(ended, since, words);
}

/** The source lost its data. That is no end: the incident goes on. */
export function loseData(incident: Incident, stateAt: EpochMs): Incident {
  return withMoment({ ...incident, stateAt }, stateAt, 'no data any more');
}

/** An end was reported but its source does not say so: noted, and nothing else. */
export function noteUnconfirmedEnd(incident: Incident, at: EpochMs): Incident {
  return withMoment(incident, at, 'OK reported, not confirmed at the source');
}

/** The source was asked again and says ALARM itself. */
export function confirm(incident: Incident, at: EpochMs): Incident {
  return withMoment({ ...incident, confirmed: true }, at, 'confirmed at the source');
}

export function acknowledge(incident: Incident, by: Person, at: EpochMs): Result<Incident, IncidentRefusal> {
  const { state, id } = incident;
  if (state.kind === 'resolved') return refuse(alreadyResolved(id, state));
  if (state.kind === 'acknowledged')
    return refuse({ kind: 'already-acknowledged', id, by: state.by.name, at: state.at });
  return accept(withMoment({ ...incident, state: { kind: 'acknowledged', by, at } }, at, `acknowledged by ${by.name}`));
}

/** Resolve wins over a late acknowledge; the other way round there is nothing to refuse. */
export function resolveByPerson(
  incident: Incident,
  { by, note }: { readonly by: Person; readonly note?: string | undefined },
  at: EpochMs,
): Result<Incident, IncidentRefusal> {
  if (incident.state.kind === 'resolved') return refuse(alreadyResolved(incident.id, incident.state));
  const how = { kind: 'person' as const, by, ...(note === undefined ? {} : { note }) };
  const ended: Incident = { ...incident, state: { kind: 'resolved', at, how, ...ownerOf(incident) } };
  return accept(withMoment(ended, at, `resolved by ${by.name}`));
}

/**
 * What the source `said` before the press is known to the person, so that end must not close the incident again. It counts
 * by the source's own time: ours may be ahead, and would shut out a true end that follows.
 */
export function reopenByPerson(
  incident: Incident,
  { by, said }: { readonly by: Person; readonly said: SourceAnswer },
  at: EpochMs,
): Result<Incident, IncidentRefusal> {
  if (incident.state.kind !== 'resolved') return refuse({ kind: 'not-resolved', id: incident.id });
  const known = said === 'no-answer' || said.state === 'firing' ? incident.stateAt : said.since;
  const open: Incident = { ...incident, stateAt: Math.max(incident.stateAt, known), state: { kind: 'firing' } };
  return accept(withMoment(open, at, `reopened by ${by.name}`));
}

type Resolved = Extract<Incident['state'], { kind: 'resolved' }>;

function alreadyResolved(id: string, state: Resolved): IncidentRefusal {
  const how = state.how.kind === 'person' ? `by ${state.how.by.name}` : 'by itself';
  return { kind: 'already-resolved', id, how, at: state.at };
}

function ownerOf({ state }: Incident): Pick<Resolved, 'owner'> {
  return state.kind === 'acknowledged' ? { owner: { by: state.by, at: state.at } } : {};
}

function measureOf(alert: Alert, before?: Incident['measure']): Incident['measure'] {
  if (alert.value === undefined || alert.limit === undefined) return undefined;
  const { value, limit, unit, datapoints } = alert;
  return { value, worst: worstOf(value, limit, before?.worst), limit, unit, datapoints };
}

/** Farthest beyond the limit, on the side where the incident began. */
function worstOf(value: number, limit: number, before: number | undefined): number {
  if (before === undefined) return value;
  return before >= limit ? Math.max(before, value) : Math.min(before, value);
}

function valueSuffix(alert: Alert): string {
  const measure = measureOf(alert);
  return measure ? `, ${measureText(measure.value, measure)}` : '';
}
