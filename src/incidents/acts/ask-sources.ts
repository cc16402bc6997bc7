import { actId } from '../../kernel/ids.ts';
import type { Versioned } from '../../ledger/kind.ts';
import { type Incident, Incidents } from '../incident.ts';
import { confirm, resolveBySource } from '../incident-life.ts';
import { endSince } from '../weigh-alert.ts';
import { type EffectWrites, updateWrites } from './effect-writes.ts';
import { askSource, type Surroundings } from './gather.ts';
import type { Ledger } from './ledger.ts';

/**
 * Asks the source of every open incident how it stands now: an alarm that could not be confirmed at first is, one whose OK
 * was lost or unconfirmed ends. For a timer; a lost race is left to the next round.
 */
export function makeAskSources(deps: Ledger & Surroundings) {
  return async function askSources(): Promise<void> {
    for (const listed of await deps.listOpen(Incidents)) {
      // One that cannot be settled now must not keep the others waiting.
      await askOne(deps, listed.value.id).catch((error: unknown) => deps.onTrouble(listed.value.id, error));
    }
  };
}

async function askOne(deps: Ledger & Surroundings, id: string): Promise<void> {
  const incident = await deps.find(Incidents, id);
  if (incident) await settle(deps, incident);
}

async function settle(deps: Ledger & Surroundings, incident: Versioned<Incident>): Promise<void> {
  if (incident.value.state.kind === 'resolved') return;
  const answer = await askSource(deps, alarmArnOf(incident.value.key));
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

/** The key is the alarm's ARN, with `#contributor` behind it for alarms that have several. */
function alarmArnOf(key: string): string | undefined {
  return key.startsWith('arn:') ? key.split('#')[0] : undefined;
}
