import { type Entry, houseChain } from '../../audit/entry.ts';
import type { Clocks } from '../../kernel/time.ts';

type Stamp = { readonly clocks: Clocks; readonly newId: () => string };

/** A line of the house's chain about messages and subscriptions, by the bot. */
export function messageEntry(
  { clocks, newId }: Stamp,
  line: Pick<Entry, 'act' | 'outcome' | 'sentence' | 'facts' | 'requestId'>,
): Entry {
  const at = clocks.domain();
  return { schema: 1, id: newId(), chain: houseChain, at, wallAt: clocks.wall(), by: { kind: 'bot' }, ...line };
}
