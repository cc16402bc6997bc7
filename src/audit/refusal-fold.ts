import { z } from 'zod';
import { digestOf } from '../kernel/digest.ts';
import { timeOrderedId } from '../kernel/ids.ts';
import { type EpochMs, instant } from '../kernel/time.ts';
import type { Act } from '../ledger/act.ts';
import { type Kind, type Put, put, type Versioned } from '../ledger/kind.ts';
import { type Actor, Entry } from './entry.ts';

/** How often one person was refused at one button within one minute. The first refusal is in the trail; the rest are counted. */
export const RefusalFold = z.object({
  id: z.string(),
  /** Wall instant at which the minute ends and the count goes into the trail. */
  until: z.number().transform((ms) => ms as EpochMs),
  count: z.number().int().positive(),
  /** The act counted last, so that its repetition is not counted. */
  lastAct: z.string(),
  first: Entry,
  isTold: z.boolean(),
});
export type RefusalFold = z.infer<typeof RefusalFold>;

const minuteMs = 60_000;
const forgottenAfterMs = 60 * minuteMs;

export const RefusalFolds: Kind<RefusalFold> = {
  name: 'refusal-fold',
  schema: RefusalFold,
  id: ({ id }) => id,
  open: ({ isTold }) => (isTold ? undefined : 'counting'),
  expiresAt: ({ until, isTold }) => (isTold ? instant(until + forgottenAfterMs) : undefined),
};

/** The refusal of a person that this act is, if it is nothing else: only that may become a count. */
export function loneRefusal(act: Act): Entry | undefined {
  const [entry, ...others] = act.entries;
  if (!entry || others.length > 0 || act.puts.length > 0 || act.cards.length > 0) return undefined;
  return entry.outcome === 'refused' && entry.by.kind === 'person' ? entry : undefined;
}

/** Same person, same button, same words (what was tried, on what, why not), same minute: same fold. */
export function foldId(refused: Entry): string {
  return digestOf({
    chain: refused.chain,
    by: personOf(refused.by),
    act: refused.act,
    subject: refused.subject,
    // A wish names a version in its sentence alone: two wishes on one model are two refusals.
    sentence: refused.sentence,
    minute: minuteOf(refused),
  }).slice(0, 32);
}

/** What a refusal writes: the first its entry and a fold, the following only a higher count. */
export function foldRefusal(
  fold: Versioned<RefusalFold> | undefined,
  refused: Entry,
  act: string,
): { readonly puts: readonly Put[]; readonly entries: readonly Entry[] } {
  if (fold) {
    const counted = { ...fold.value, count: fold.value.count + 1, lastAct: act };
    return { puts: [put(RefusalFolds, counted, fold.version)], entries: [] };
  }
  const until = instant((minuteOf(refused) + 1) * minuteMs);
  const first = { id: foldId(refused), until, count: 1, lastAct: act, first: refused, isTold: false };
  return { puts: [put(RefusalFolds, first, 0)], entries: [refused] };
}

/** What the end of the minute writes: the fold is done, and refused more than once it leaves one entry with the count. */
export function tellFold(
  fold: Versioned<RefusalFold>,
  at: { readonly domain: EpochMs; readonly wall: EpochMs },
): { readonly puts: readonly Put[]; readonly entries: readonly Entry[] } {
  const { first, count } = fold.value;
  const puts = [put(RefusalFolds, { ...fold.value, isTold: true }, fold.version)];
  if (count === 1) return { puts, entries: [] };
  const tally: Entry = {
    ...first,
    id: timeOrderedId(at.wall),
    at: at.domain,
    wallAt: at.wall,
    sentence: `${first.sentence} (${count} times within a minute)`,
    facts: { ...first.facts, times: count, first: first.id },
  };
  return { puts, entries: [tally] };
}

function minuteOf({ wallAt }: Entry): number {
  return Math.floor(wallAt / minuteMs);
}

function personOf(by: Actor): string {
  return by.kind === 'person' ? `${by.team ?? ''}/${by.user}` : by.kind;
}
