import type { Incident } from './incident.ts';

/** An item of the store has room for this many lines and more; a flapping alarm would fill any room. */
const linesMost = 200;
/** How it began stays; what is left out is in the middle. */
const beginning = 20;

/** The incident with one more line on its timeline. */
export function withMoment(incident: Incident, at: number, sentence: string): Incident {
  const timeline = [...incident.timeline, { at, sentence }];
  if (timeline.length > linesMost) timeline.splice(beginning, timeline.length - linesMost);
  return { ...incident, timeline };
}
