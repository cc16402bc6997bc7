import type { Commit, Find, ListOpen, NextNumber } from '../../ledger/act.ts';
import type { Stamp } from '../incident-entries.ts';

/** What every act of this noun reads and writes with. */
export type Ledger = Stamp & {
  readonly find: Find;
  readonly commit: Commit;
  readonly listOpen: ListOpen;
  readonly nextNumber: NextNumber;
};

/** How often an act decides again after somebody else wrote first. Races of people and replicas are over after one or two. */
export const triesMost = 6;
