import type { Note } from '../src/outbox/card.ts';
import { checkpointCard } from './checkpoint-card.ts';
import { foreign } from './foreign.ts';
import { openerNote, resolvedNote } from './incident-note.ts';
import type { Message } from './message.ts';
import { type Facts, incidentFacts, listIn, numberIn, personIn, textIn } from './note-facts.ts';
import { plural } from './numbers.ts';
import { emoji, line, message, moment, nameOf, told, utc } from './parts.ts';
import { answer } from './sentence.ts';

/** Facts of the face `change-step`: one thing that happened to a running change. `says` begins in lower case. */
export type ChangeStepFacts = {
  /** `C212` */
  readonly change: string;
  readonly model: string;
  readonly at: number;
  readonly says: string;
  readonly outcome: keyof typeof outcomes;
  /** Who did it, where a person did. */
  readonly by?: { readonly user: string; readonly name: string };
  readonly bakesUntil?: number;
  readonly alarms?: readonly { readonly name: string; readonly state: string }[];
  /** What AWS or a person said to it. */
  readonly quote?: string;
};

/** Facts of the face `checkpoint`. */
export type CheckpointFacts = {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
  readonly at: number;
  readonly keyId: string;
  readonly signature: string;
};

type Face = { readonly schema: number; readonly draw: (facts: Facts) => Message | undefined };

const faces: Readonly<Record<string, Face>> = {
  'incident-opener': { schema: 1, draw: (facts) => withIncident(facts, openerNote) },
  'incident-resolved': { schema: 1, draw: (facts) => withIncident(facts, resolvedNote) },
  'change-step': { schema: 1, draw: stepNote },
  checkpoint: { schema: 1, draw: checkpointNote },
};

/** Every face that a reply may ask for. */
export const noteFaces: readonly string[] = Object.keys(faces);

/** A reply in a thread. One that this version cannot read says so: silence would look as if nothing had happened. */
export function drawNote(note: Note): Message {
  const face = faces[note.face];
  const drawn = face?.schema === note.schema ? face.draw(note.facts) : undefined;
  return drawn ?? unreadable(note);
}

function unreadable({ face, schema, card }: Note): Message {
  const subject = foreign(card.split(':').at(-1) ?? card, 40);
  return answer({
    glyph: 'information_source',
    what: `A reply about ${subject} cannot be shown.`,
    why: `Another version of Understudy wrote it (${foreign(face, 40)}, layout ${schema}).`,
    next: ['the card above shows what is true now; the audit trail has every act'],
  });
}

function withIncident(
  facts: Facts,
  draw: (incident: NonNullable<ReturnType<typeof incidentFacts>>) => Message | undefined,
): Message | undefined {
  const incident = incidentFacts(facts);
  return incident && draw(incident);
}

const outcomes = {
  news: ['⏳', 'hourglass_flowing_sand'],
  done: ['✅', 'white_check_mark'],
  'went-back': ['↩️', 'leftwards_arrow_with_hook'],
  interrupted: ['⚠️', 'warning'],
  refused: ['⛔', 'no_entry'],
  failed: ['❌', 'x'],
  alarm: ['🔴', 'red_circle'],
} as const;

function stepNote(facts: Facts): Message | undefined {
  const [change, says, at] = [textIn(facts, 'change'), textIn(facts, 'says'), numberIn(facts, 'at')];
  if (change === undefined || says === undefined || at === undefined) return undefined;
  const [glyph, name] = outcomeIn(facts);
  const by = personIn(facts, 'by');
  const who = by ? `, by ${nameOf(by)}` : '';
  const until = numberIn(facts, 'bakesUntil');
  const alarms = alarmWords(facts);
  const words = foreign(says, 200);
  const bakes = until === undefined ? '' : `, bakes until ${utc(until)}`;
  return message(
    `${glyph} ${change}: ${words}${who}, ${utc(at)}${bakes}${alarms}.`,
    told(
      [
        line(
          emoji(name),
          ' ',
          moment(at, 'time'),
          `  ${words}${who}`,
          ...(until === undefined ? [] : [', bakes until ', moment(until, 'time')]),
          alarms,
        ),
      ],
      { quote: textIn(facts, 'quote') ?? '' },
    ),
  );
}

function outcomeIn(facts: Facts): readonly [string, string] {
  const outcome = textIn(facts, 'outcome') ?? 'news';
  return outcome in outcomes ? outcomes[outcome as keyof typeof outcomes] : outcomes.news;
}

function alarmWords(facts: Facts): string {
  const states = listIn(facts, 'alarms').map((alarm) => textIn(alarm, 'state'));
  if (states.length === 0) return '';
  const firing = states.filter((state) => state === 'ALARM').length;
  const all = plural(states.length, 'alarm');
  return firing === 0 ? `; none of ${all} fires` : `; ${firing} of ${all} in alarm`;
}

function checkpointNote(facts: Facts): Message | undefined {
  const [chain, hash, keyId] = [textIn(facts, 'chain'), textIn(facts, 'hash'), textIn(facts, 'keyId')];
  const [seq, at, signature] = [numberIn(facts, 'seq'), numberIn(facts, 'at'), textIn(facts, 'signature')];
  if (chain === undefined || hash === undefined || keyId === undefined) return undefined;
  if (seq === undefined || at === undefined || signature === undefined) return undefined;
  return checkpointCard({ id: `${chain}/${seq}`, chain, seq, hash, at, keyId, signature });
}
