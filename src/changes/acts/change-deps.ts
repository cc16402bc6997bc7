import type { Clocks } from '../../kernel/time.ts';
import type { Commit, Find, ListOpen, NextNumber } from '../../ledger/act.ts';
import type { TakeLease } from '../../runner/lease.ts';
import type { AwsReads } from '../aws-facts.ts';
import type { ChangePolicy } from '../policy.ts';

/** Everything that the acts on changes need from outside. */
export type ChangeDeps = {
  readonly find: Find;
  readonly listOpen: ListOpen;
  readonly commit: Commit;
  readonly nextNumber: NextNumber;
  readonly lease: TakeLease;
  /** True for one replica at most in each stretch of wall time: looks at AWS that nobody has to repeat go at this pace. */
  readonly takeTurn: (name: string, everyMs: number) => Promise<boolean>;
  readonly clocks: Clocks;
  /** Time-ordered ids of entries, notes and acts. */
  readonly newId: () => string;
  readonly models: () => readonly string[];
  /** What the configuration says of a model; undefined when it has none of that name. */
  readonly policyOf: (model: string) => ChangePolicy | undefined;
  /** What AWS shows in the account and region of a model. */
  readonly readsOf: (model: string) => AwsReads;
  /** Who is in a user group right now; asked when a plan is made and again at every yes. */
  readonly membersOf: (group: string) => Promise<readonly string[]>;
};
