import type { Incident } from '../src/incidents/incident.ts';
import type { IncidentRefusal } from '../src/incidents/refusal.ts';
import { foreign } from './foreign.ts';
import type { Message } from './message.ts';
import { plural } from './numbers.ts';
import { code, facts, footer, header, type Line, line, message, moment, nameOf } from './parts.ts';
import { type Answer, answer } from './sentence.ts';

/** Why a press on an incident did nothing: usually somebody was faster. */
export function incidentRefused(refusal: IncidentRefusal, requestId: string): Message {
  return answer({ ...answerTo(refusal), foot: `request ${requestId} · only you see this` });
}

function answerTo(refusal: IncidentRefusal): Answer {
  switch (refusal.kind) {
    case 'unknown-incident':
      return {
        glyph: 'question',
        what: `Not done: there is no incident ${foreign(refusal.id, 40)}.`,
        next: [code('/model alerts'), ' lists the open ones'],
      };
    case 'already-acknowledged':
      return {
        glyph: 'alarm_clock',
        what: `Too late: ${nameOf({ name: refusal.by })} has ${refusal.id}.`,
        why: ['Since ', moment(refusal.at), '. Your press changed nothing.'],
        next: ['write in its thread'],
      };
    case 'already-resolved':
      return {
        glyph: 'alarm_clock',
        what: `Too late: ${refusal.id} is resolved, ${foreign(refusal.how, 60)}.`,
        why: ['Since ', moment(refusal.at), '. Your press changed nothing.'],
        next: ['Reopen on its card, if it is back'],
      };
    case 'not-resolved':
      return {
        glyph: 'information_source',
        what: `Not reopened: ${refusal.id} is still open.`,
        next: ['Resolve on its card, once it is over'],
      };
    default:
      return refusal satisfies never;
  }
}

const momentsMost = 12;

/** What happened, one line a moment, newest last. Private. */
export function timelineCard(incident: Incident): Message {
  const { id, model, timeline } = incident;
  const shown = timeline.slice(-momentsMost);
  const number = shown.length === timeline.length ? '' : `the last ${shown.length} of `;
  const last = shown.at(-1)?.sentence ?? 'nothing is written yet';
  return message(
    `📊 Timeline of ${id} on ${model}, ${number}${plural(timeline.length, 'moment')}. Last: ${foreign(last, 200)}.`,
    header(`📊 Timeline · ${id} · ${incident.what}`),
    facts(shown.length === 0 ? [line('Nothing is written yet.')] : momentLines(shown)),
    footer(`${number}${plural(timeline.length, 'moment')} · only you see this`),
  );
}

const sameDayMs = 12 * 3_600_000;

/** The day stands where it changes: in the first line, and after half a day without one. */
export function momentLines(moments: Incident['timeline']): readonly Line[] {
  let dated = Number.NEGATIVE_INFINITY;
  return moments.map(({ at, sentence }) => {
    const needsDay = at - dated > sameDayMs;
    if (needsDay) dated = at;
    return line(moment(at, needsDay ? 'full' : 'time'), `  ${foreign(sentence, 110)}`);
  });
}
