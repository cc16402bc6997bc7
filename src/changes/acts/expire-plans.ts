import { type Change, Changes } from '../change.ts';
import { botPerson, lineOf, named } from '../change-entry.ts';
import { expired } from '../change-life.ts';
import type { ChangeDeps } from './change-deps.ts';
import { writeChange } from './write.ts';

/** Gives up plans that nobody asked about and requests that nobody decided. Answers those that it ended. */
export function makeExpirePlans(deps: ChangeDeps) {
  return async function expirePlans(): Promise<readonly Change[]> {
    const open = [...(await deps.listOpen(Changes, 'planned')), ...(await deps.listOpen(Changes, 'awaiting-approval'))];
    const at = deps.clocks.domain();
    const gone: Change[] = [];
    for (const { value, version } of open) {
      const change = expired(value, at);
      if (!change) continue;
      const what = value.state.kind === 'planned' ? 'plan of the' : 'request for the';
      const sentence = `The ${what} ${named(change)} expired. Nothing was sent to AWS.`;
      const line = lineOf(change, { act: 'change.expired', sentence, by: botPerson, requestId: change.requestId });
      const isPrivate = value.state.kind === 'planned';
      // Overtaken means that somebody decided in time; then there is nothing to expire.
      if (await writeChange(deps, { change, expected: version, lines: [line], isPrivate })) gone.push(change);
    }
    return gone;
  };
}
