import type { RichTextElement } from '@slack/types';
import { buttons, type Row } from './buttons.ts';
import { foreign, sentencesOf } from './foreign.ts';
import type { Message } from './message.ts';
import { bold, emoji, fact, facts, footer, type Line, line, message, type Piece } from './parts.ts';

/** A refusal or an error: what did not happen in bold, why, what to do next. Neither header nor picture. */
export type Answer = {
  readonly glyph: keyof typeof shapes;
  readonly what: string;
  readonly why?: readonly Piece[] | string | undefined;
  /** Further lines between why and next, each as typed pieces. */
  readonly more?: readonly Line[] | undefined;
  readonly next?: readonly Piece[] | undefined;
  readonly row?: (Row & { readonly ref: string }) | undefined;
  readonly foot?: string | undefined;
};

const shapes = {
  no_entry: '⛔',
  alarm_clock: '⏰',
  question: '❓',
  lock: '🔒',
  warning: '⚠️',
  x: '❌',
  information_source: 'ℹ️',
} as const;

export function answer({ glyph, what, why = [], next = [], more = [], row, foot }: Answer): Message {
  const reason = typeof why === 'string' ? [foreign(why, 300)] : why;
  const told = [...more.map(wordsOf), wordsOf(next) === '' ? '' : `Next: ${wordsOf(next)}`];
  return message(
    sentencesOf([`${shapes[glyph]} ${what}`, wordsOf(reason), ...told]),
    facts([
      line(emoji(glyph), ' ', bold(foreign(what, 200))),
      ...(reason.length === 0 ? [] : [line(...reason)]),
      ...more,
      ...(next.length === 0 ? [] : [fact('Next', ...next)]),
    ]),
    row === undefined ? undefined : buttons(row.ref, 1, row),
    foot === undefined ? undefined : footer(foot),
  );
}

/** What a screen reader says of typed pieces. Chips are named by what they are: a notification mentions nobody. */
export function wordsOf(pieces: readonly Piece[]): string {
  const words = pieces.map((piece) => (typeof piece === 'string' ? piece : elementWords(piece))).join('');
  // Two spaces stand between a label and its value.
  return words.trim().replace(/ {2}/, ': ').replace(/ {2,}/g, ' ');
}

function elementWords(element: RichTextElement): string {
  switch (element.type) {
    case 'text':
      return element.text;
    case 'link':
      return element.text ?? '';
    case 'date':
      return element.fallback ?? '';
    case 'user':
      return 'the person named here';
    case 'usergroup':
      return 'the group named here';
    default:
      return '';
  }
}
