import type { EpochMs, Now } from '../../kernel/time.ts';
import type { Find } from '../../ledger/act.ts';
import { ChainHeads, type Unsealed } from '../chain-state.ts';
import type { Entry } from '../entry.ts';
import type { AuditPage } from '../page.ts';

type Deps = {
  readonly find: Find;
  readonly entries: (
    chain: string,
    page: { before?: string | undefined; limit: number; newestFirst: boolean },
  ) => Promise<readonly Entry[]>;
  readonly lineNumbers: (chain: string, first: string, last: string) => Promise<ReadonlyMap<string, number>>;
  readonly unsealed: (chain: string, settledBefore: EpochMs) => Promise<readonly Unsealed[]>;
  readonly wall: Now;
};

/** As many as a phone shows at once. */
const linesOnPage = 8;

/** One page of a chain, newest first; `before` is the id where the page above ended. */
export function makeReadPage(deps: Deps) {
  return async function readPage(chain: string, before?: string): Promise<AuditPage> {
    const found = await deps.entries(chain, { before, limit: linesOnPage + 1, newestFirst: true });
    const shown = found.slice(0, linesOnPage);
    const newest = shown[0];
    const oldest = shown.at(-1);
    const [numbers, head, waiting] = await Promise.all([
      newest && oldest ? deps.lineNumbers(chain, oldest.id, newest.id) : new Map<string, number>(),
      deps.find(ChainHeads, chain),
      deps.unsealed(chain, deps.wall()),
    ]);
    return {
      chain,
      lines: shown.map((entry) => ({ entry, line: numbers.get(entry.id) })),
      total: (head?.value.seq ?? 0) + waiting.length,
      older: found.length > linesOnPage ? oldest?.id : undefined,
    };
  };
}
