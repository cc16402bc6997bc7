import { type Change, Changes } from '../change.ts';
import { type Advance, makeAdvanceChange } from './advance-change.ts';
import type { ChangeDeps } from './change-deps.ts';
import { makeAbort, makeApprove, makeAskForApproval, makeDiscard, makeReject, makeWithdraw } from './decide-change.ts';
import { makeExpirePlans } from './expire-plans.ts';
import { makePlanChange } from './plan-change.ts';
import { makeTendShadowTests } from './tend-shadow-tests.ts';

/** What one look at one running change came to; whatever one throws, a bug included, does not hold up the others. */
export type Advanced = { readonly id: string; readonly advance: Advance | Error };

/** Everything that can be done about changes, made from one set of dependencies. */
export function makeChangeActs(deps: ChangeDeps) {
  const advanceChange = makeAdvanceChange(deps);
  return {
    planChange: makePlanChange(deps),
    askForApproval: makeAskForApproval(deps),
    approve: makeApprove(deps),
    reject: makeReject(deps),
    withdraw: makeWithdraw(deps),
    discard: makeDiscard(deps),
    abort: makeAbort(deps),
    advanceChange,
    advanceRunning: async (): Promise<readonly Advanced[]> => {
      const running = await deps.listOpen(Changes, 'running');
      return await Promise.all(running.map(({ value }) => advanced(advanceChange, value.id)));
    },
    expirePlans: makeExpirePlans(deps),
    tendShadowTests: makeTendShadowTests(deps),
    findChange: async (id: string): Promise<Change | undefined> => (await deps.find(Changes, id))?.value,
  };
}

export type ChangeActs = ReturnType<typeof makeChangeActs>;

async function advanced(advanceChange: (id: string) => Promise<Advance>, id: string): Promise<Advanced> {
  try {
    return { id, advance: await advanceChange(id) };
  } catch (error) {
    return { id, advance: error instanceof Error ? error : new Error(String(error)) };
  }
}
