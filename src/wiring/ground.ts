import type { Entry } from '../audit/entry.ts';
import type { Config } from '../config/config.ts';
import type { Clocks } from '../kernel/time.ts';
import type { Commit } from '../ledger/act.ts';
import type { Store } from '../store/open-store.ts';
import type { Log } from './log.ts';

/** What every part of the bot stands on. */
export type Ground = {
  readonly config: Config;
  readonly clocks: Clocks;
  readonly store: Store;
  /** The store's commit, with signals to the workers behind it. */
  readonly commit: Commit;
  readonly newId: () => string;
  /** This process among the replicas. */
  readonly holder: string;
  readonly log: Log;
};

export type EntryDraft = Omit<Entry, 'schema' | 'id' | 'at' | 'wallAt'>;

/** An entry with its id and both times. */
export function stamped(ground: Pick<Ground, 'clocks' | 'newId'>, draft: EntryDraft): Entry {
  return { schema: 1, id: ground.newId(), at: ground.clocks.domain(), wallAt: ground.clocks.wall(), ...draft };
}
