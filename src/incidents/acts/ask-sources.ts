import { actId } from '../../kernel/ids.ts';
import type { EpochMs, Now } from '../../kernel/time.ts';
import type { Versioned } from '../../ledger/kind.ts';
import { type Incident, Incidents } from '../incident.ts';
import { confirm, resolveBySource } from '../incident-life.ts';
import { endSince } from '../weigh-alert.ts';
import { type EffectWrites, updateWrites } from './effect-writes.ts';
import { askSourceOf, type Surroundings } from './gather.ts';
import type { Ledger } from './ledger.ts';

/** So often each incident's source is asked, by the real clock: CloudWatch allows 9 such reads a second to a whole account. */
const askAgainAfterMs = 60_000;

/**
 * Asks the sources of the open incidents how they stand now: an alarm that could not be confirmed at first is, one whose OK
 * was lost or unconfirmed ends. For a timer of any pace; a lost race is left to the next time.
 */
export function makeAskSources(deps: Ledger & Surroundings) {
  const due = makeDue(deps.clocks.wall);
  return async function askSources(): Promise<void> {
    const open = (await deps.listOpen(Incidents)).map(({ value }) => value.id);
    for (const id of due(open)) {
      // One that cannot be settled now must not keep the others waiting.
      await askOne(deps, id).catch((error: unknown) => deps.onTrouble(id, error));
    }
  };
}

/** Those of `open` that were not given within the last minute. Remembers only what is open. */
function makeDue(wall: Now) {
  let asked: ReadonlyMap<string, EpochMs> = new Map();
  return (open: readonly string[]): readonly string[] => {
    const at = wall();
    const ids = open.filter((id) => at >= (asked.get(id) ?? -Infinity) + askAgainAfterMs);
    const fresh = new Set(ids);
    asked = new Map(open.map((id) => [id, fresh.has(id) ? at : (asked.get(id) ?? at)]));
    return ids;
  };
}

async function askOne(deps: Ledger & Surroundings, id: string): Promise<void> {
  const incident = await deps.find(Incidents, id);
  if (incident) await settle(deps, incident);
}

async function settle(deps: Ledger & Surroundings, incident: Versioned<Incident>): Promise<void> {
  if (incident.value.state.kind === 'resolved') return;
  const answer = await askSourceOf(deps, incident.value.key);
  const endedAt = endSince(answer, incident.value.stateAt);
  if (endedAt !== undefined) {
    const ended = resolveBySource(incident.value, endedAt, undefined);
    const effect = { kind: 'resolved' as const, incident: ended };
    return await write(deps, updateWrites(deps, { before: incident, effect, requestId: incident.value.id }));
  }
  if (incident.value.confirmed || answer === 'no-answer' || answer.state !== 'firing') return;
  const confirmed = confirm(incident.value, deps.clocks.domain());
  const effect = { kind: 'folded' as const, incident: confirmed };
  await write(deps, updateWrites(deps, { before: incident, effect, requestId: confirmed.id }));
}

async function write(deps: Ledger, writes: EffectWrites): Promise<void> {
  await deps.commit({ id: actId(deps.newId()), ...writes });
}
