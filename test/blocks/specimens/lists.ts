import { auditPageCard, trailCheckCard } from '../../../blocks/audit-card.ts';
import { checkpointCard } from '../../../blocks/checkpoint-card.ts';
import { helpCard } from '../../../blocks/help-card.ts';
import { timelineCard } from '../../../blocks/incident-answers.ts';
import { incidentListCard } from '../../../blocks/incident-list-card.ts';
import type { Message } from '../../../blocks/message.ts';
import { statusCard, versionsCard } from '../../../blocks/status-card.ts';
import { commands } from '../../../handlers/index.ts';
import type { Actor, Entry } from '../../../src/audit/entry.ts';
import type { TrailCheck } from '../../../src/audit/page.ts';
import { instant } from '../../../src/kernel/time.ts';
import type { ModelStatus } from '../../../src/status/status.ts';
import { changeOf, planOf, statesOf } from './changes.ts';
import { inboxOf, incidentOf, incidentStates } from './incidents.ts';
import { hour, type Mood, moods, morning, type Specimen } from './moods.ts';
import { shadowTestOf } from './shadow.ts';

function entriesOf(mood: Mood, hoursApart: number): readonly { entry: Entry; line: number | undefined }[] {
  const actors: readonly Actor[] = [
    { kind: 'person', ...mood.person('Ana') },
    { kind: 'caller', arn: mood.longName('arn:aws:iam::111122223333:role/ci') },
    { kind: 'bot' },
  ];
  return Array.from({ length: 8 }, (_, place) => ({
    line: place === 0 ? undefined : 412 - place,
    entry: {
      schema: 1,
      id: `01k8${place}`,
      chain: mood.model,
      at: instant(morning - place * hoursApart * hour),
      wallAt: instant(morning),
      act: 'change.approved',
      outcome: (['done', 'refused', 'failed'] as const)[place % 3] ?? 'done',
      by: actors[place % 3] ?? { kind: 'bot' },
      sentence: mood.words('approved C212: promote employee-promotion 6\u00a0→\u00a07.'),
      facts: {},
      requestId: 'x',
    },
  }));
}

function checksOf(mood: Mood): readonly TrailCheck[] {
  const whole: TrailCheck = {
    chain: mood.model,
    lines: mood.number(412),
    checkpoint: { line: 400, at: morning, hash: '8c4177f0'.repeat(8) },
    since: mood.number(12),
    unsealed: [{ id: '01k8', ageMs: mood.number(3_000) }],
    lastHash: '8c4177f0'.repeat(8),
    firstAt: morning - 900 * hour,
    lastAt: morning,
    firstBad: undefined,
  };
  const none = { checkpoint: undefined, lastHash: undefined, firstAt: undefined, lastAt: undefined, unsealed: [] };
  const why = mood.words('its content does not match its hash');
  return [
    whole,
    { ...whole, ...none, lines: 0, since: 0 },
    { ...whole, firstBad: { line: 388, why } },
    { ...whole, lines: 1, firstBad: { line: 1, why } },
  ];
}

function statusesOf(mood: Mood): readonly ModelStatus[] {
  const plan = planOf('deploy', mood);
  const changes = Object.values(statesOf(plan, mood)).map((state) => changeOf(plan, state, mood));
  const empty: ModelStatus = {
    model: mood.model,
    endpoint: mood.model,
    status: mood.words('InService'),
    serving: undefined,
    lastChange: undefined,
    shadowTest: undefined,
    openIncidents: [],
    openChanges: [],
    lookedAt: morning,
  };
  return [
    empty,
    { ...empty, ...(plan.from ? { serving: plan.from } : {}), lastChange: changes[9] },
    {
      ...empty,
      ...(plan.from ? { serving: plan.from } : {}),
      lastChange: changes[9],
      shadowTest: shadowTestOf(mood, { kind: 'running', since: morning }),
      openIncidents: Object.values(incidentStates(mood)),
      openChanges: changes,
    },
  ];
}

/** Lists and answers that a person asked for; and the checkpoint of the audit channel. */
export const lists: readonly Specimen<Message>[] = moods.flatMap((mood) => {
  const page = { chain: mood.model, total: mood.number(412) };
  const versions = Array.from({ length: mood.name === 'usual' ? 3 : 90 }, (_, place) => ({
    version: 100 - place,
    approval: mood.words('approved'),
    status: mood.words('completed'),
    serving: place === 1,
  }));
  const unparsed = Array.from({ length: 9 }, () =>
    inboxOf(mood, { kind: 'unparsed', why: 'neither JSON nor a known text form', channel: 'C0PROMO' }),
  );
  const checkpoint = {
    id: 'x/1',
    chain: mood.model,
    seq: mood.number(400),
    hash: '8c4177f0'.repeat(8),
    at: morning,
    keyId: mood.name === 'usual' ? 'ed25519-9f2c41ab' : mood.words('key'),
    signature: 'A'.repeat(88),
  };
  const cards: Readonly<Record<string, Message>> = {
    'a page of the trail': auditPageCard({ ...page, lines: entriesOf(mood, 3), older: '01k7zzzz' }),
    'a page of many days': auditPageCard({ ...page, lines: entriesOf(mood, 30), older: undefined }),
    'an empty trail': auditPageCard({ chain: mood.model, total: 0, lines: [], older: undefined }),
    ...Object.fromEntries(checksOf(mood).map((each, place) => [`trail check ${place + 1}`, trailCheckCard(each)])),
    ...Object.fromEntries(statusesOf(mood).map((each, place) => [`status ${place + 1}`, statusCard(each)])),
    versions: versionsCard(mood.model, versions),
    'no version': versionsCard(mood.model, []),
    help: helpCard(Object.values(commands)),
    'open incidents': incidentListCard(Object.values(incidentStates(mood)), unparsed),
    'no open incident': incidentListCard([], []),
    timeline: timelineCard(incidentStates(mood)['seen often'] ?? incidentOf(mood)),
    'an empty timeline': timelineCard(incidentOf(mood, { timeline: [] })),
    checkpoint: checkpointCard(checkpoint),
  };
  return Object.entries(cards).map(([name, value]) => ({ name: `${mood.name} ${name}`, mood, value }));
});
