import type { Incident } from '../src/incidents/incident.ts';
import type { IncidentNoteFacts, NoteWhy } from '../src/incidents/incident-notes.ts';

/** The facts of a note as they were stored, possibly by another version of us. Whatever is not as expected is absent. */
export type Facts = Readonly<Record<string, unknown>>;

export function textIn(facts: Facts, key: string): string | undefined {
  const value = facts[key];
  return typeof value === 'string' ? value : undefined;
}

export function numberIn(facts: Facts, key: string): number | undefined {
  const value = facts[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function factsIn(facts: Facts, key: string): Facts | undefined {
  const value = facts[key];
  return isFacts(value) ? value : undefined;
}

export function listIn(facts: Facts, key: string): readonly Facts[] {
  const value = facts[key];
  return Array.isArray(value) ? value.filter(isFacts) : [];
}

function isFacts(value: unknown): value is Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wordIn<T extends string>(facts: Facts, key: string, words: readonly T[]): T | undefined {
  return words.find((word) => word === facts[key]);
}

/** The members that hold something: absent ones stay absent. */
type Some<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
function some<T extends object>(members: T): Some<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Some<T>;
}

const whys: readonly NoteWhy[] = ['opened', 'confirmed', 'reopened', 'resolved'];

/** An incident as a note tells of it; undefined when its core is missing. */
export function incidentFacts(facts: Facts): IncidentNoteFacts | undefined {
  const [id, model, what] = [textIn(facts, 'id'), textIn(facts, 'model'), textIn(facts, 'what')];
  const openedAt = numberIn(facts, 'openedAt');
  const state = stateIn(facts);
  if (id === undefined || model === undefined || what === undefined || openedAt === undefined || !state)
    return undefined;
  return {
    why: wordIn(facts, 'why', whys) ?? 'opened',
    id,
    model,
    what,
    openedAt,
    state,
    severity: wordIn(facts, 'severity', ['critical', 'high', 'low']) ?? 'high',
    alarmName: textIn(facts, 'alarmName') ?? '',
    reason: textIn(facts, 'reason') ?? '',
    confirmed: facts.confirmed === true,
    timeline: momentsIn(facts),
    ...some({
      endpoint: textIn(facts, 'endpoint'),
      variant: textIn(facts, 'variant'),
      onCall: textIn(facts, 'onCall'),
      runbook: textIn(facts, 'runbook'),
      measure: measureIn(facts),
      serving: servingIn(facts),
      lastChange: lastChangeIn(facts),
    }),
  };
}

function momentsIn(facts: Facts): Incident['timeline'] {
  return listIn(facts, 'timeline').flatMap((each) => {
    const [at, sentence] = [numberIn(each, 'at'), textIn(each, 'sentence')];
    return at === undefined || sentence === undefined ? [] : [{ at, sentence }];
  });
}

function measureIn(facts: Facts): Incident['measure'] {
  const measure = factsIn(facts, 'measure') ?? {};
  const [value, limit] = [numberIn(measure, 'value'), numberIn(measure, 'limit')];
  const unit = wordIn(measure, 'unit', ['ms', 'share', 'count', 'none']);
  if (value === undefined || limit === undefined || unit === undefined) return undefined;
  const worst = numberIn(measure, 'worst') ?? value;
  return { value, worst, limit, unit, datapoints: textIn(measure, 'datapoints') ?? '' };
}

function servingIn(facts: Facts): Incident['serving'] {
  const serving = factsIn(facts, 'serving') ?? {};
  const [version, instances] = [numberIn(serving, 'version'), numberIn(serving, 'instances')];
  const instanceType = textIn(serving, 'instanceType');
  if (version === undefined || instances === undefined || instanceType === undefined) return undefined;
  return { version, instances, instanceType };
}

function lastChangeIn(facts: Facts): Incident['lastChange'] {
  const change = factsIn(facts, 'lastChange') ?? {};
  const [id, by] = [textIn(change, 'id'), textIn(change, 'by')];
  const [to, at] = [numberIn(change, 'to'), numberIn(change, 'at')];
  if (id === undefined || by === undefined || to === undefined || at === undefined) return undefined;
  return { id, by, to, at, ...some({ from: numberIn(change, 'from') }) };
}

export function personIn(facts: Facts, key: string): { readonly user: string; readonly name: string } | undefined {
  const person = factsIn(facts, key) ?? {};
  const [user, name] = [textIn(person, 'user'), textIn(person, 'name')];
  return user === undefined || name === undefined ? undefined : { user, name };
}

function stateIn(facts: Facts): Incident['state'] | undefined {
  const state = factsIn(facts, 'state') ?? {};
  const [at, by] = [numberIn(state, 'at'), personIn(state, 'by')];
  switch (state.kind) {
    case 'firing':
      return { kind: 'firing' };
    case 'acknowledged':
      return at === undefined || !by ? undefined : { kind: 'acknowledged', by, at };
    case 'resolved':
      return at === undefined ? undefined : { kind: 'resolved', at, how: howIn(state) };
    default:
      return undefined;
  }
}

function howIn(state: Facts): Extract<Incident['state'], { kind: 'resolved' }>['how'] {
  const how = factsIn(state, 'how') ?? {};
  const by = personIn(how, 'by');
  return how.kind === 'person' && by
    ? { kind: 'person', by, ...some({ note: textIn(how, 'note') }) }
    : { kind: 'by-itself', ...some({ value: numberIn(how, 'value') }) };
}
