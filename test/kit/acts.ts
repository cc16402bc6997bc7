import { z } from 'zod';
import type { Entry } from '../../src/audit/entry.ts';
import { actId, timeOrderedId } from '../../src/kernel/ids.ts';
import { type EpochMs, instant } from '../../src/kernel/time.ts';
import type { Act } from '../../src/ledger/act.ts';
import type { Kind } from '../../src/ledger/kind.ts';

/** A kind made for these tests: a thing with a word, a group and an expiry. */
export const Thing = z.object({
  id: z.string(),
  says: z.string(),
  word: z.string().optional(),
  group: z.string().optional(),
  order: z.string().optional(),
  until: z.number().optional(),
});
export type Thing = z.infer<typeof Thing>;

export const Things: Kind<Thing> = {
  name: 'thing',
  schema: Thing,
  id: (thing) => thing.id,
  open: (thing) => thing.word,
  group: (thing) => thing.group,
  order: (thing) => thing.order ?? thing.id,
  expiresAt: (thing) => (thing.until === undefined ? undefined : instant(thing.until)),
};

let made = 0;

/** An act with an id of its own unless the test gives one. */
export function act(parts: Partial<Act>): Act {
  made += 1;
  return { id: actId(`act-${made}`), puts: [], entries: [], cards: [], ...parts };
}

/** An entry written at the wall instant `at`, in the chain `promo` unless said otherwise. */
export function entryAt(at: EpochMs, parts: Partial<Entry> = {}): Entry {
  return {
    schema: 1,
    id: timeOrderedId(at),
    chain: 'promo',
    at,
    wallAt: at,
    act: 'change.approved',
    outcome: 'done',
    by: { kind: 'person', user: 'U0BO', name: 'Bo' },
    subject: { kind: 'change', id: 'C212' },
    sentence: 'Bo approved C212.',
    facts: { digest: '9f2c41ab' },
    requestId: 'r-1',
    ...parts,
  };
}
