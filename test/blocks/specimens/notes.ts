import type { ChangeStepFacts } from '../../../blocks/notes.ts';
import type { Note } from '../../../src/outbox/card.ts';
import { incidentNotes } from './incidents.ts';
import { type Mood, minute, moods, morning, type Specimen } from './moods.ts';

export function noteOf(face: string, facts: Note['facts'], schema = 1): Note {
  return { id: '01k8', card: 'change:C212', channel: 'C0PROMO', face, schema, facts, broadcast: false };
}

function stepFacts(mood: Mood): ChangeStepFacts {
  return {
    change: 'C212',
    model: mood.model,
    at: morning + 35 * minute,
    says: mood.words('canary 10\u00a0% reached'),
    outcome: 'news',
    by: mood.person('Bo'),
    bakesUntil: morning + 45 * minute,
    alarms: [
      { name: mood.longName('employee-promotion-p99'), state: 'OK' },
      { name: mood.longName('employee-promotion-errors'), state: 'ALARM' },
    ],
    quote: mood.words('Alarm employee-promotion-p99 went into ALARM during baking.'),
  };
}

/** Replies of every face, and those that this version cannot read. */
export const notes: readonly Specimen<Note>[] = [
  ...incidentNotes,
  ...moods.flatMap((mood) => {
    const checkpoint = {
      chain: mood.model,
      seq: 400,
      hash: '8c4177f0'.repeat(8),
      at: morning,
      keyId: 'k',
      signature: 'A'.repeat(88),
    };
    const all: Readonly<Record<string, Note>> = {
      'a step': noteOf('change-step', stepFacts(mood)),
      'a bare step': noteOf('change-step', { change: 'C212', says: mood.words('checked again'), at: morning }),
      'a checkpoint': noteOf('checkpoint', checkpoint),
      'an unknown face': noteOf(mood.words('shadow-poem'), {}),
      'an unknown layout': noteOf('change-step', stepFacts(mood), 7),
      'facts that are none': noteOf('incident-opener', { id: 87, model: [], state: 'firing', timeline: 'long' }),
      'no facts': noteOf('incident-resolved', {}),
    };
    return Object.entries(all).map(([name, value]) => ({ name: `${mood.name} ${name}`, mood, value }));
  }),
];
