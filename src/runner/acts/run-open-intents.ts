import type { ListOpen } from '../../ledger/act.ts';
import { Intents } from '../intent.ts';
import { type IntentRun, makeRunIntent, type RunIntentDeps } from './run-intent.ts';

/** What one round came to for one intent; whatever one throws, a bug included, does not hold up the others. */
export type Ran = { readonly id: string; readonly run: IntentRun | Error };

/** Carries every unsettled intent as far as it goes now: what a starting process does first, and every tick after. */
export function makeRunOpenIntents(deps: RunIntentDeps & { readonly listOpen: ListOpen }) {
  const runIntent = makeRunIntent(deps);
  return async function runOpenIntents(): Promise<readonly Ran[]> {
    const open = await deps.listOpen(Intents);
    return await Promise.all(open.map(({ value }) => running(runIntent, value.id)));
  };
}

async function running(runIntent: (id: string) => Promise<IntentRun>, id: string): Promise<Ran> {
  try {
    return { id, run: await runIntent(id) };
  } catch (error) {
    return { id, run: error instanceof Error ? error : new Error(String(error)) };
  }
}
