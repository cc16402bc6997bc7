import { cardId, type Note } from '../outbox/card.ts';
import type { Change, Progress } from './change.ts';

/** A reply in the thread of a change: what happened, when. Facts of the face `change-step`. */
export type ChangeStep = {
  readonly change: string;
  readonly at: number;
  readonly sentence: string;
  /** good and bad are ends; know is on the way. */
  readonly level: 'good' | 'bad' | 'know';
  readonly bakesUntil?: number | undefined;
};

export function changeNote(change: Change, id: string, step: Omit<ChangeStep, 'change'>): Note {
  return {
    id,
    card: cardId({ kind: 'change', id: change.id }),
    channel: change.channel,
    face: 'change-step',
    schema: 1,
    facts: { change: change.id, ...step },
    broadcast: false,
  };
}

/** What a new phase is worth saying in the thread; undefined when the card says enough. */
export function phaseNews(was: Progress | undefined, is: Progress): Omit<ChangeStep, 'change'> | undefined {
  if (was?.phase === is.phase && was.trafficShare === is.trafficShare) return undefined;
  const bakes = is.bakesUntil === undefined ? {} : { bakesUntil: is.bakesUntil };
  const at = is.lookedAt;
  if (is.phase === 'canary' && is.bakesUntil !== undefined) {
    const share = `${Math.round(is.trafficShare * 100)}\u00a0%`;
    return { at, sentence: `${share} of the traffic is on the new version`, level: 'know', ...bakes };
  }
  if (is.phase === 'all-traffic' && is.bakesUntil !== undefined) {
    return { at, sentence: 'All traffic is on the new version, the old fleet is kept', level: 'know', ...bakes };
  }
  if (is.phase === 'finishing' && was && was.phase !== 'finishing') {
    return { at, sentence: 'SageMaker is taking a fleet down', level: 'know' };
  }
  return undefined;
}
