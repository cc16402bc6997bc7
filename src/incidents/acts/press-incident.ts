import type { Person } from '../../access/person.ts';
import { oneLine } from '../../alerts/foreign-text.ts';
import { houseChain } from '../../audit/entry.ts';
import { Fault } from '../../kernel/fault.ts';
import { actId } from '../../kernel/ids.ts';
import { type Result, refuse } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import { put, type Versioned } from '../../ledger/kind.ts';
import { Notes } from '../../outbox/card.ts';
import { type Incident, Incidents } from '../incident.ts';
import { pressEntry, refusedPressEntry } from '../incident-entries.ts';
import { acknowledge, reopenByPerson, resolveByPerson } from '../incident-life.ts';
import { incidentNote } from '../incident-notes.ts';
import type { IncidentRefusal } from '../refusal.ts';
import { askSourceOf, type Surroundings } from './gather.ts';
import { type Ledger, triesMost } from './ledger.ts';

/** One press of a person on an incident. */
export type Press = { readonly id: string; readonly by: Person; readonly requestId: string };
type Pressed = Promise<Result<Incident, IncidentRefusal>>;

type Decision = {
  readonly act: 'acknowledged' | 'resolved' | 'reopened';
  readonly decide: (incident: Incident, at: EpochMs) => Result<Incident, IncidentRefusal>;
  readonly note?: string | undefined;
};

/** Acknowledge, resolve, reopen. Whoever loses a race is answered with what the winner made of it. */
export function makePressIncident(ledger: Ledger & Surroundings) {
  return {
    acknowledgeIncident: (press: Press): Pressed =>
      pressed(ledger, press, { act: 'acknowledged', decide: (incident, at) => acknowledge(incident, press.by, at) }),
    resolveIncident: (press: Press & { readonly note?: string | undefined }): Pressed =>
      pressed(ledger, press, {
        act: 'resolved',
        decide: (incident, at) => resolveByPerson(incident, press, at),
        note: press.note,
      }),
    reopenIncident: async (press: Press): Pressed => {
      const found = await ledger.find(Incidents, press.id);
      const said = found ? await askSourceOf(ledger, found.value.key) : 'no-answer';
      return await pressed(ledger, press, {
        act: 'reopened',
        decide: (incident, at) => reopenByPerson(incident, { by: press.by, said }, at),
      });
    },
  };
}

async function pressed(ledger: Ledger, press: Press, decision: Decision): Pressed {
  for (let tries = 0; tries < triesMost; tries += 1) {
    const found = await ledger.find(Incidents, press.id);
    if (!found) return refusing(ledger, press, { ...decision, refusal: { kind: 'unknown-incident', id: press.id } });
    const decided = decision.decide(found.value, ledger.clocks.domain());
    if (!decided.ok)
      return refusing(ledger, press, { ...decision, refusal: decided.refusal, model: found.value.model });
    if (await written(ledger, { press, decision, found, next: decided.value })) return decided;
  }
  throw new Fault('store-busy', `${press.id} was written by others ${triesMost} times in a row`, { retryable: true });
}

type Writing = {
  readonly press: Press;
  readonly decision: Decision;
  readonly found: Versioned<Incident>;
  readonly next: Incident;
};

async function written(ledger: Ledger, { press, decision, found, next }: Writing): Promise<boolean> {
  const { act, note } = decision;
  const told = act === 'resolved' ? [put(Notes, incidentNote(ledger.newId(), 'resolved', next), 0)] : [];
  const done = await ledger.commit({
    id: actId(ledger.newId()),
    puts: [put(Incidents, next, found.version), ...told],
    entries: [pressEntry(ledger, next, { ...press, act, note })],
    cards: [{ subject: { kind: 'incident', id: next.id }, channel: next.channel }],
  });
  return done.ok;
}

type Refusing = Pick<Decision, 'act'> & { readonly refusal: IncidentRefusal; readonly model?: string };

async function refusing(ledger: Ledger, press: Press, { act, refusal, model }: Refusing): Pressed {
  await ledger.commit({
    id: actId(ledger.newId()),
    puts: [],
    entries: [
      refusedPressEntry(ledger, { chain: model ?? houseChain, id: oneLine(press.id, 40), refusal }, { ...press, act }),
    ],
    cards: [],
  });
  return refuse(refusal);
}
