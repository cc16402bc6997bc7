import type { Alert, SourceAnswer } from '../alerts/alert.ts';
import { type EpochMs, instant, plus } from '../kernel/time.ts';
import type { Incident } from './incident.ts';
import { fold, loseData, noteUnconfirmedEnd, reopenByAlert, resolveBySource } from './incident-life.ts';

/** Later than this after its end, the same key is a new problem with a card of its own. */
const sameProblemMs = 60 * 60_000;
/** A message may carry any time. One that lies ahead of our clock must not shut out the true ones that follow. */
const aheadMs = 5 * 60_000;

/** What a message could mean, before its source was asked. */
export type Bearing =
  | { readonly kind: 'opens' }
  | { readonly kind: 'again'; readonly incident: Incident }
  | { readonly kind: 'ends'; readonly incident: Incident }
  | { readonly kind: 'no-data'; readonly incident: Incident }
  | { readonly kind: 'nothing'; readonly because: string };

/** What is to be written. `opens` still needs its setting; `also` says that it was over again before it was read. */
export type Effect =
  | { readonly kind: 'open'; readonly confirmed: boolean; readonly endedAt: EpochMs | undefined }
  | { readonly kind: 'folded' | 'reopened' | 'resolved' | 'noted'; readonly incident: Incident };

/** The alert with a state time that is not ahead of `at` by more than clocks differ. */
export function withPlausibleTime(alert: Alert, at: EpochMs): Alert {
  return alert.stateAt > plus(at, aheadMs) ? { ...alert, stateAt: at } : alert;
}

/** Order is the source's own: a message that is not newer than what is known changes nothing, whenever it arrives. */
export function bearingOf(alert: Alert, current: Incident | undefined): Bearing {
  if (current && alert.stateAt <= current.stateAt) return { kind: 'nothing', because: `not newer than ${current.id}` };
  const isOver = current === undefined || current.state.kind === 'resolved';
  if (alert.state === 'firing') {
    if (!current || (isOver && alert.stateAt - endOf(current) > sameProblemMs)) return { kind: 'opens' };
    return { kind: 'again', incident: current };
  }
  if (!current || isOver)
    return { kind: 'nothing', because: `${alert.state === 'ok' ? 'OK' : 'no data'}, nothing was open` };
  return { kind: alert.state === 'ok' ? 'ends' : 'no-data', incident: current };
}

/** What the message and its source say together. The source's word counts; without it nothing ends and nobody is called. */
export function weigh(alert: Alert, bearing: Exclude<Bearing, { kind: 'nothing' }>, answer: SourceAnswer): Effect {
  if (bearing.kind === 'no-data') return { kind: 'noted', incident: loseData(bearing.incident, alert.stateAt) };
  if (bearing.kind === 'ends') return ending(alert, bearing.incident, answer);
  const endedAt = endSince(answer, alert.stateAt);
  const confirmed = endedAt !== undefined || isFiring(answer, alert);
  if (bearing.kind === 'opens') return { kind: 'open', confirmed, endedAt };
  return again(alert, bearing.incident, { confirmed, endedAt });
}

function ending(alert: Alert, incident: Incident, answer: SourceAnswer): Effect {
  if (answer !== 'no-answer' && answer.state === 'ok')
    return { kind: 'resolved', incident: resolveBySource(incident, alert.stateAt, alert.value) };
  return { kind: 'noted', incident: noteUnconfirmedEnd(incident, alert.stateAt) };
}

function again(
  alert: Alert,
  incident: Incident,
  { confirmed, endedAt }: { confirmed: boolean; endedAt: EpochMs | undefined },
): Effect {
  const isOver = incident.state.kind === 'resolved';
  const grown = isOver ? reopenByAlert(incident, alert, confirmed) : fold(incident, alert, confirmed);
  if (endedAt !== undefined) return { kind: 'resolved', incident: resolveBySource(grown, endedAt, undefined) };
  return { kind: isOver ? 'reopened' : 'folded', incident: grown };
}

/** The source went back to OK after this ALARM: the problem is over although its OK message is still on the way. */
export function endSince(answer: SourceAnswer, firedAt: number): EpochMs | undefined {
  return answer !== 'no-answer' && answer.state === 'ok' && answer.since > firedAt ? answer.since : undefined;
}

/** Lost data after the alarm does not take the alarm back. */
function isFiring(answer: SourceAnswer, alert: Alert): boolean {
  if (answer === 'no-answer') return false;
  return answer.state === 'firing' || (answer.state === 'no-data' && answer.since > alert.stateAt);
}

function endOf(incident: Incident): EpochMs {
  return instant(incident.state.kind === 'resolved' ? incident.state.at : incident.stateAt);
}
