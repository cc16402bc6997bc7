const nbsp = '\u00a0';

/** Control, zero-width and direction characters: they can hide or reorder what a reader sees. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is what this is for.
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * Text from outside, made safe to be shown: invisible characters out, line breaks to one space, cut by grapheme with "…".
 * It may only stand in typed places (rich_text text, plain_text with emoji off, table cells), never in mrkdwn.
 */
export function foreign(text: string, room: number): string {
  return cut(
    text
      .replace(/[\r\n\t]+/g, ' ')
      .replace(invisible, '')
      .trim(),
    room,
  );
}

/** As `foreign`, but keeps line breaks: for an unparsed body that is shown as it came. */
export function foreignBody(text: string, room: number): string {
  return cut(text.replace(/\r\n?/g, '\n').replace(invisible, ''), room);
}

/** A name that carries its meaning at the end (versions, suffixes): cut in the middle. */
export function foreignName(text: string, room = 60): string {
  const clean = foreign(text, 1_000);
  const pieces = graphemes(clean);
  if (pieces.length <= room) return clean;
  const tail = Math.floor((room - 1) / 3);
  return `${pieces.slice(0, room - 1 - tail).join('')}…${pieces.slice(-tail).join('')}`;
}

/** For `text`, which Slack parses: the three characters that make markup are escaped. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A number and its unit stay on one line. */
export function withUnit(value: string, unit: string): string {
  return `${value}${nbsp}${unit}`;
}

function cut(text: string, room: number): string {
  const pieces = graphemes(text);
  return pieces.length <= room ? text : `${pieces.slice(0, room - 1).join('')}…`;
}

function graphemes(text: string): readonly string[] {
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map((piece) => piece.segment);
}
