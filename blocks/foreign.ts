const nbsp = '\u00a0';

/** Line breaks of every alphabet, and tabs: one space in a line of ours. */
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/**
 * Characters that hide or reorder what a reader sees: control and format characters (zero-width, direction, tags) and
 * letters that are drawn as nothing.
 */
const unseen = /[\p{Cc}\p{Cf}\u115f\u1160\u2800\u3164\uffa0]/gu;
const unseenButNewline = /(?!\n)[\p{Cc}\p{Cf}\u115f\u1160\u2800\u3164\uffa0]/gu;
/** Half a character: Slack refuses JSON with one in it. */
const loneSurrogate = /\p{Surrogate}/gu;
/** No script needs more than four marks on one letter; more of them are drawn over the lines around. */
const heapedMarks = /(\p{M}{4})\p{M}+/gu;
/** Names that AWS and the configuration allow. Anything else is a sentence of somebody. */
const plainName = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$/;

/**
 * Text from outside, made safe to be shown: one line, without hidden characters, at most `room` long, cut at a word
 * with "…". It may only stand in typed places (rich_text text, plain_text with emoji off, table cells), never in mrkdwn.
 */
export function foreign(text: string, room: number): string {
  const clean = oneLine(text);
  if (clean.length <= room) return clean;
  const kept = begin(clean, room - 1);
  const word = kept.lastIndexOf(' ');
  return `${(word > room * 0.6 ? kept.slice(0, word) : kept).trimEnd()}…`;
}

/** As `foreign`, but keeps line breaks and cuts at a character: for an unparsed body that is shown as it came. */
export function foreignBody(text: string, room: number): string {
  const clean = visible(text.replace(/\r\n?/g, '\n'), unseenButNewline);
  return clean.length <= room ? clean : `${begin(clean, room - 1)}…`;
}

/** A name that carries its meaning at the end (versions, suffixes): cut in the middle. */
export function foreignName(text: string, room = 60): string {
  const clean = oneLine(text);
  if (clean.length <= room) return clean;
  const tail = end(clean, Math.floor((room - 1) / 3));
  return `${begin(clean, room - 1 - tail.length)}…${tail}`;
}

/** A name that may stand in a header or a label, or `otherwise` when the text is no such name. */
export function plainNameOr(text: string, otherwise: string): string {
  return plainName.test(text) ? text : otherwise;
}

/**
 * For `text`, which Slack parses: the three characters that make markup are escaped, a call to everybody and an emoji's
 * code are broken up.
 */
export function escaped(text: string): string {
  return text
    .replace(/@(?=(?:channel|here|everyone)\b)/gi, '@ ')
    .replace(/:(?=[a-z][a-z0-9_+'-]*:)/gi, ': ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** The same as a whole sentence: reasons come as the end of one, or as one, or as many. */
export function foreignSentence(text: string, room: number): string {
  return sentencesOf([capital(foreign(text, room))]);
}

/** One sentence after the other; whatever has no full stop gets one, and empty ones are left out. */
export function sentencesOf(texts: readonly string[]): string {
  const said = texts.filter((text) => text !== '');
  return said.map((text) => (/[.?…]$/.test(text) ? text : `${text}.`)).join(' ');
}

/** A version and its number stay on one line, also in words that other rooms wrote. */
export function glued(text: string): string {
  return text.replace(/\b(version) (?=\d)/gi, `$1${nbsp}`);
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A number and its unit stay on one line. */
export function withUnit(value: string, unit: string): string {
  return `${value}${nbsp}${unit}`;
}

function oneLine(text: string): string {
  return visible(text.replace(breaks, ' '), unseen).trim();
}

function visible(text: string, hidden: RegExp): string {
  return text.replace(loneSurrogate, '\ufffd').replace(hidden, '').replace(heapedMarks, '$1');
}

/** As many whole graphemes from the beginning as fit into `room` UTF-16 units, which is what Slack counts. */
function begin(text: string, room: number): string {
  let kept = '';
  for (const { segment } of graphemes(text.slice(0, room * 2))) {
    if (kept.length + segment.length > room) break;
    kept += segment;
  }
  return kept;
}

/** The same from the end. */
function end(text: string, room: number): string {
  let kept = '';
  for (const { segment } of [...graphemes(text.slice(-room * 2))].reverse()) {
    if (kept.length + segment.length > room) break;
    kept = segment + kept;
  }
  return kept;
}

function graphemes(text: string): Iterable<{ readonly segment: string }> {
  return new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text);
}
