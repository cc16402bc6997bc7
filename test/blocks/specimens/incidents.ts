import type { InboxMessage } from '../../../src/alerts/inbox.ts';
import type { Incident } from '../../../src/incidents/incident.ts';
import { incidentNote } from '../../../src/incidents/incident-notes.ts';
import type { Note } from '../../../src/outbox/card.ts';
import { hour, type Mood, minute, moods, morning, type Specimen } from './moods.ts';

const openedAt = morning + 18 * hour;

const measures: Readonly<Record<string, Incident['measure']>> = {
  latency: { value: 812, worst: 1_204, limit: 500, unit: 'ms', datapoints: '3 of 3\u00a0min' },
  'a hair over': { value: 500.4, worst: 500.4, limit: 500, unit: 'ms', datapoints: '' },
  errors: { value: 0.0341, worst: 0.0341, limit: 0.01, unit: 'share', datapoints: '2 of 3\u00a0min' },
  calls: { value: 0, worst: 0, limit: 1, unit: 'count', datapoints: '1 of 1 period of 5\u00a0min' },
  huge: { value: 1.7e12, worst: 9e15, limit: 1_000_000, unit: 'none', datapoints: '3 of 3\u00a0min' },
  'no number': undefined,
};

export function incidentOf(mood: Mood, changes: Partial<Incident> = {}): Incident {
  const { measure, ...rest } = changes;
  return {
    schema: 1,
    id: 'I87',
    key: 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:employee-promotion-latency-p95',
    model: mood.model,
    channel: 'C0PROMO',
    severity: 'high',
    what: mood.name === 'usual' ? 'p95 latency' : 'InvocationsPerInstanceOfTheWholeFleetInAllZones',
    alarmName: mood.longName('employee-promotion-latency-p95'),
    account: '111122223333',
    region: 'us-east-1',
    endpoint: mood.model,
    variant: mood.longName('AllTraffic'),
    ...(measure ? { measure } : {}),
    reason: mood.words('Threshold Crossed: 3 out of the last 3 datapoints were greater than the threshold.'),
    openedAt,
    stateAt: openedAt,
    confirmed: true,
    seen: 1,
    lastSeenAt: openedAt,
    serving: { version: 7, instances: mood.number(3), instanceType: 'ml.m5.large' },
    lastChange: { id: 'C212', from: 6, to: 7, by: mood.person('Ana').name, at: openedAt - 17 * hour },
    onCall: 'S0ONCALL',
    runbook: 'https://runbooks.example.com/latency',
    state: { kind: 'firing' },
    timeline: [{ at: openedAt, sentence: mood.words('fired, 812\u00a0ms') }],
    ...rest,
  };
}

const longTimeline = (mood: Mood): Incident['timeline'] =>
  Array.from({ length: 200 }, (_, place) => ({
    at: openedAt + place * minute,
    sentence: mood.words(`fired again, ${place}\u00a0ms`),
  }));

/** Every state of an incident, with what can be missing and what can be too much. */
export function incidentStates(mood: Mood): Readonly<Record<string, Incident>> {
  const mira = mood.person('Mira');
  const measure = measures.latency;
  const owner = { by: mira, at: openedAt + 3 * minute };
  const at = openedAt + 29 * minute;
  return {
    firing: incidentOf(mood, { measure }),
    'firing, critical': incidentOf(mood, { measure, severity: 'critical' }),
    'firing, low, nobody called': withoutSurroundings(incidentOf(mood, { measure, severity: 'low' })),
    'firing, unconfirmed': incidentOf(mood, { measure, confirmed: false }),
    'firing after an old change': incidentOf(mood, {
      measure,
      lastChange: { id: 'C160', from: 5, to: 6, by: 'Chidi', at: openedAt - 60 * 24 * hour },
    }),
    'seen often': incidentOf(mood, { measure, seen: mood.number(14), timeline: longTimeline(mood) }),
    'without a number or a reason': incidentOf(mood, { reason: '', timeline: [] }),
    'at a time that nobody believes': incidentOf(mood, { measure, openedAt: -5e15, lastSeenAt: 8e15 }),
    acknowledged: incidentOf(mood, { measure, state: { kind: 'acknowledged', ...owner } }),
    'resolved by itself': incidentOf(mood, {
      measure,
      state: { kind: 'resolved', at, how: { kind: 'by-itself', value: 47 }, owner },
      timeline: longTimeline(mood),
    }),
    'resolved by a person': incidentOf(mood, {
      measure,
      state: {
        kind: 'resolved',
        at,
        how: { kind: 'person', by: mira, note: mood.words('It loads the region table on every request.') },
      },
    }),
    ...Object.fromEntries(
      Object.entries(measures).map(([name, each]) => [`firing, ${name}`, incidentOf(mood, { measure: each })]),
    ),
  };
}

function withoutSurroundings(incident: Incident): Incident {
  const { serving: _s, lastChange: _l, onCall: _o, runbook: _r, endpoint: _e, variant: _v, ...rest } = incident;
  return rest;
}

export const incidents: readonly Specimen<Incident>[] = moods.flatMap((mood) =>
  Object.entries(incidentStates(mood)).map(([name, value]) => ({ name: `${mood.name} ${name}`, mood, value })),
);

/** The replies of every incident, as they come back from the store: through JSON. */
export const incidentNotes: readonly Specimen<Note>[] = incidents.flatMap(({ name, mood, value }) => {
  const whys =
    value.state.kind === 'resolved' ? (['resolved'] as const) : (['opened', 'confirmed', 'reopened'] as const);
  return whys.map((why) => ({
    name: `${name}, ${why}`,
    mood,
    value: JSON.parse(JSON.stringify(incidentNote('01k8', why, value))) as Note,
  }));
});

export function inboxOf(mood: Mood, state: InboxMessage['state']): InboxMessage {
  return {
    schema: 1,
    messageId: mood.name === 'usual' ? '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324' : `queue.${'9'.repeat(300)}`,
    name: 'M4412',
    door: 'sqs',
    topic: mood.name === 'usual' ? 'arn:aws:sns:us-east-1:111122223333:ml-guardrails' : mood.words('queue'),
    body: '',
    encoding: 'plain',
    bytes: mood.number(132),
    rawSha256: 'a'.repeat(64),
    sentAt: morning,
    takenAt: morning,
    state,
  };
}

export const inbox: readonly Specimen<InboxMessage>[] = moods.flatMap((mood) => [
  {
    name: `${mood.name} unparsed`,
    mood,
    value: inboxOf(mood, {
      kind: 'unparsed',
      why: mood.words('neither JSON nor a known text form'),
      channel: 'C0PROMO',
    }),
  },
  {
    name: `${mood.name} read`,
    mood,
    value: inboxOf(mood, { kind: 'read', because: 'read as an alarm', incident: 'I87' }),
  },
  {
    name: `${mood.name} read, nothing`,
    mood,
    value: inboxOf(mood, { kind: 'read', because: mood.words('not newer') }),
  },
  { name: `${mood.name} new`, mood, value: inboxOf(mood, { kind: 'new', refusals: 0 }) },
]);
