import { cardId, type Note } from '../outbox/card.ts';
import type { Change, Progress } from './change.ts';
import type { Ending } from './change-life.ts';

/** A reply in the thread of a change: one thing that happened, when. Facts of the face `change-step`. */
export type ChangeStep = {
  readonly at: number;
  /** Begins in lower case: the face puts the change and the time before it. */
  readonly says: string;
  readonly outcome: 'news' | 'done' | 'went-back' | 'interrupted' | 'failed';
  readonly bakesUntil?: number;
  readonly alarms?: readonly { readonly name: string; readonly state: string }[];
  /** What AWS or a person said to it. */
  readonly quote?: string;
};

export function changeNote(change: Change, id: string, step: ChangeStep): Note {
  return {
    id,
    card: cardId({ kind: 'change', id: change.id }),
    channel: change.channel,
    face: 'change-step',
    schema: 1,
    facts: { change: change.id, model: change.model, ...step },
    broadcast: false,
  };
}

/** What a new phase is worth saying in the thread; undefined when the card says enough. */
export function phaseNews(was: Progress | undefined, is: Progress): ChangeStep | undefined {
  if (was?.phase === is.phase && was.trafficShare === is.trafficShare) return undefined;
  const { lookedAt: at, alarms, bakesUntil } = is;
  if (is.phase === 'finishing') {
    return was === undefined ? undefined : { at, says: 'SageMaker takes a fleet down', outcome: 'news' };
  }
  if (bakesUntil === undefined) return undefined;
  const share = Math.round(is.trafficShare * 100);
  const says = is.phase === 'canary' ? `canary ${share}\u00a0% reached` : 'all traffic moved, the old fleet is kept';
  return { at, says, outcome: 'news', bakesUntil, alarms };
}

/** AWS neither takes a step nor refuses it for good. */
export function waitNews(at: number, says: string, because: string): ChangeStep {
  return { at, says: `waits to ${says}; it is tried again`, outcome: 'news', quote: because };
}

/** How it ended, with the reason in the words of whoever gave it. */
export function endNews({ plan }: Change, ending: Ending, at: number): ChangeStep {
  switch (ending.kind) {
    case 'succeeded':
      return { at, says: `${plan.target.configName} serves, as asked`, outcome: 'done' };
    case 'rolled-back': {
      const by = ending.alarm === undefined ? 'in silence, no alarm fired' : `alarm ${ending.alarm} fired`;
      const says = `went back to ${ending.liveConfig}, ${by}`;
      return { at, says, outcome: 'went-back', quote: ending.reason };
    }
    case 'failed':
      return { at, says: 'failed; somebody has to look', outcome: 'failed', quote: ending.reason };
    case 'interrupted':
      return { at, says: 'interrupted; nothing more is sent', outcome: 'interrupted', quote: ending.reason };
    default:
      return ending satisfies never;
  }
}
