import type { Person } from '../../access/person.ts';
import { Fault } from '../../kernel/fault.ts';
import { actId } from '../../kernel/ids.ts';
import { type Refused, type Result, refuse } from '../../kernel/result.ts';
import { type Put, put } from '../../ledger/kind.ts';
import type { CardNeed } from '../../outbox/card.ts';
import { type Note, Notes } from '../../outbox/card.ts';
import { type Change, Changes } from '../change.ts';
import { entriesOf, type Line } from '../change-entry.ts';
import type { ChangeRefusal } from '../refusal.ts';
import { refusalWords } from '../refusal-words.ts';
import type { ChangeDeps } from './change-deps.ts';

/** A change as it will be, with everything that has to be written in the same transaction. */
export type Writing = {
  readonly change: Change;
  /** The version that it was read at; 0 when it is new. */
  readonly expected: number;
  readonly lines: readonly Line[];
  readonly puts?: readonly Put[];
  readonly cards?: readonly CardNeed[];
  readonly notes?: readonly Note[];
  /** A plan is shown to its planner alone, so it has no card to draw. */
  readonly isPrivate?: boolean;
};

/** Writes all of it or nothing. False: somebody was first; read again and decide again. */
export async function writeChange(deps: ChangeDeps, writing: Writing): Promise<boolean> {
  const { change, expected, lines, puts = [], cards = [], isPrivate = false } = writing;
  const notes = change.isQuiet ? [] : (writing.notes ?? []);
  const card: CardNeed = { subject: { kind: 'change', id: change.id }, channel: change.channel };
  const written = await deps.commit({
    id: actId(deps.newId()),
    puts: [put(Changes, change, expected), ...puts, ...notes.map((note) => put(Notes, note, 0))],
    entries: entriesOf(lines, deps),
    cards: [...(isPrivate || change.isQuiet ? [] : [card]), ...cards],
  });
  return written.ok;
}

/** A refused wish or click is a line in the trail too. */
export type RefusedWish = {
  readonly refusal: ChangeRefusal;
  readonly act: string;
  /** The beginning of the sentence: "Ana’s approval of C212". */
  readonly what: string;
  readonly by: Person;
  readonly model: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly requestId: string;
};

export async function writeRefusal(deps: ChangeDeps, wish: RefusedWish): Promise<Refused<ChangeRefusal>> {
  const { refusal, act, what, by, model, subject, requestId } = wish;
  const sentence = `${what} was refused: ${refusalWords(refusal)}.`.replace(/\.\.$/, '.');
  const line: Line = {
    act,
    outcome: 'refused',
    sentence,
    by,
    model,
    subject,
    requestId,
    facts: { refusal: refusal.kind },
  };
  await deps.commit({ id: actId(deps.newId()), puts: [], entries: entriesOf([line], deps), cards: [] });
  return refuse(refusal);
}

/** Lost races are decided again on what is there now; this often is more than any real crowd of people takes. */
const attempts = 5;

/** Reads, decides and writes until the writing is not overtaken. `undefined` from `attempt` means: overtaken. */
export async function untilWritten<T>(
  what: string,
  attempt: () => Promise<Result<T, ChangeRefusal> | undefined>,
): Promise<Result<T, ChangeRefusal>> {
  for (let tries = 0; tries < attempts; tries += 1) {
    const outcome = await attempt();
    if (outcome) return outcome;
  }
  throw new Fault('change-contended', `${what} was overtaken ${attempts} times; nothing was done.`, {
    retryable: true,
  });
}
