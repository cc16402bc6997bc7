import { actId } from '../../kernel/ids.ts';
import { accept } from '../../kernel/result.ts';
import type { Clocks } from '../../kernel/time.ts';
import type { Act, Commit, Find, ListOpen } from '../../ledger/act.ts';
import { foldId, foldRefusal, loneRefusal, RefusalFolds, tellFold } from '../refusal-fold.ts';

const triesMost = 5;

/** A commit that folds repeated refusals of one person at one button; every other act passes through unchanged. */
export function makeFoldingCommit({ find, commit }: { readonly find: Find; readonly commit: Commit }): Commit {
  return async function commitFolding(act: Act) {
    const refused = loneRefusal(act);
    if (!refused) return await commit(act);
    for (let tries = 0; tries < triesMost; tries += 1) {
      const fold = await find(RefusalFolds, foldId(refused));
      if (fold?.value.lastAct === act.id) return accept(undefined);
      const written = await commit({ ...act, ...foldRefusal(fold, refused, act.id) });
      if (written.ok) return written;
    }
    // Many clicks at once: better one entry more than a refusal without any.
    return await commit(act);
  };
}

type TellDeps = { readonly listOpen: ListOpen; readonly commit: Commit; readonly clocks: Clocks };

/** At the end of each minute: refusals that were repeated leave one entry with their count. For a timer. */
export function makeTellFolds({ listOpen, commit, clocks }: TellDeps) {
  return async function tellFolds(): Promise<void> {
    const at = { domain: clocks.domain(), wall: clocks.wall() };
    for (const fold of await listOpen(RefusalFolds)) {
      if (fold.value.until > at.wall) continue;
      // Told by somebody else meanwhile: then there is nothing left to do.
      await commit({ id: actId(`tell/${fold.value.id}/${fold.version}`), ...tellFold(fold, at), cards: [] });
    }
  };
}
