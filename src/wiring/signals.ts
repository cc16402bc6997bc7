import type { Act, Commit } from '../ledger/act.ts';

/** What a commit may wake in this process. Other replicas notice by their heartbeat. */
export type Wakes = {
  readonly outbox: () => void;
  readonly inbox: () => void;
  readonly changes: () => void;
};

/** Wakes the right workers after each write, so that nobody waits for a heartbeat. Also counts writes. */
export function makeSignallingCommit(
  commit: Commit,
  wakes: () => Wakes,
): { readonly commit: Commit; readonly commits: () => number } {
  let commits = 0;
  return {
    commits: () => commits,
    commit: async (act) => {
      const done = await commit(act);
      if (!done.ok) return done;
      commits += 1;
      tell(act, wakes());
      return done;
    },
  };
}

function tell(act: Act, wakes: Wakes): void {
  const kinds = new Set(act.puts.map((put) => put.kind));
  if (act.cards.length > 0 || kinds.has('note')) wakes.outbox();
  if (kinds.has('inbox')) wakes.inbox();
  if (kinds.has('change') || kinds.has('intent')) wakes.changes();
}
