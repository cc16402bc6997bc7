import type { ReplayRefusal } from '../src/alerts/replay-refusal.ts';
import { foreign, foreignSentence } from './foreign.ts';
import type { Message } from './message.ts';
import { type Answer, answer } from './sentence.ts';

/** Why reading a message again led to no incident. */
export function replayRefused(refusal: ReplayRefusal, requestId: string): Message {
  return answer({ ...answerTo(refusal), foot: `request ${requestId} · only you see this` });
}

function answerTo(refusal: ReplayRefusal): Answer {
  switch (refusal.kind) {
    case 'unknown-message':
      return {
        glyph: 'question',
        what: 'Not read: this message is not in the inbox any more.',
        why: 'Messages are kept for 30\u00a0days.',
        next: ['have it sent again'],
      };
    case 'still-unparsed':
      return {
        glyph: 'question',
        what: `Still unparsed: ${foreign(refusal.name, 20)}.`,
        why: foreignSentence(refusal.why, 200),
        next: ['show it to whoever sends it; it is kept'],
      };
    case 'no-incident':
      return {
        glyph: 'information_source',
        what: `Read: ${foreign(refusal.name, 20)} leads to no incident.`,
        why: foreignSentence(refusal.because, 200),
        next: ['nothing to do'],
      };
    default:
      return refusal satisfies never;
  }
}
