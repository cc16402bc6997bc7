import type { Person } from '../access/person.ts';
import type { Actor, Entry } from '../audit/entry.ts';
import type { Clocks } from '../kernel/time.ts';
import type { Change } from './change.ts';

/** Who stands behind what the bot does by itself, where a person is asked for. */
export const botPerson: Person = { user: 'understudy', name: 'Understudy' };

export function actorOf(person: Person): Actor {
  return person.user === botPerson.user ? { kind: 'bot' } : { kind: 'person', user: person.user, name: person.name };
}

/** One line of the trail, before it has an id and an instant. */
export type Line = Pick<Entry, 'act' | 'outcome' | 'sentence' | 'requestId'> & {
  readonly by: Person;
  readonly model: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly facts?: Entry['facts'];
};

/** Lines of one act in the order given: the chain is in order of ids, so the ids are dealt out in order. */
export function entriesOf(lines: readonly Line[], on: { clocks: Clocks; newId: () => string }): readonly Entry[] {
  const ids = lines.map(() => on.newId()).sort();
  return lines.map(({ by, model, facts = {}, ...line }, place) => ({
    ...line,
    schema: 1,
    id: ids[place] ?? '',
    chain: model,
    at: on.clocks.domain(),
    wallAt: on.clocks.wall(),
    by: actorOf(by),
    facts,
  }));
}

type Told = Pick<Line, 'act' | 'sentence' | 'by' | 'requestId' | 'facts'> & { readonly outcome?: Entry['outcome'] };

/** A line about a change, with what an auditor asks of every one of them. */
export function lineOf(change: Change, told: Told): Line {
  const { plan } = change;
  const facts = { kind: plan.kind, version: plan.target.version, digest: plan.digest, ...told.facts };
  return {
    ...told,
    outcome: told.outcome ?? 'done',
    model: change.model,
    subject: { kind: 'change', id: change.id },
    facts,
  };
}

/** `deploy of employee-promotion 7` */
export function named({ model, plan }: Change): string {
  const words = {
    deploy: `deploy of ${model} ${plan.target.version}`,
    promotion: `promotion of ${model} ${plan.target.version}`,
    rollback: `rollback of ${model} to ${plan.target.version}`,
    'shadow-start': `shadow test of ${model} ${plan.target.version}`,
    'shadow-stop': `end of the shadow test of ${model}`,
  };
  return words[plan.kind];
}
