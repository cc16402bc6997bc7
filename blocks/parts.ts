import type { ContextBlock, HeaderBlock, RichTextBlock, RichTextElement, RichTextSection } from '@slack/types';
import { escaped, foreign, foreignName } from './foreign.ts';
import type { CardBlock, Message } from './message.ts';

/** A piece of a line: plain words, or a typed element. Strings are typed text and never parsed. */
export type Piece = string | RichTextElement;
export type Line = readonly RichTextElement[];

const textRoom = 700;
const endOfYear9999Ms = 253_402_300_800_000;
/** Two lines of a phone; Slack itself allows 150. */
const headerRoom = 80;
const headerMost = 150;
/** Less than this of a name says nothing any more. */
const nameLeast = 24;

export function header(text: string): HeaderBlock {
  return { type: 'header', text: { type: 'plain_text', text: foreign(text, headerMost), emoji: true } };
}

/** A header about a model. A long name gives way in its middle; the words around it stay whole. */
export function headerOf(model: string, words: (name: string) => string): HeaderBlock {
  const over = words(model).length - headerRoom;
  return header(over <= 0 ? words(model) : words(foreignName(model, Math.max(nameLeast, model.length - over))));
}

export const bold = (text: string): RichTextElement => ({ type: 'text', text, style: { bold: true } });
export const code = (text: string): RichTextElement => ({ type: 'text', text, style: { code: true } });
export const emoji = (name: string): RichTextElement => ({ type: 'emoji', name });
export const link = (url: string, text: string): RichTextElement => ({ type: 'link', url, text });

/** A user's or a user group's chip. What is neither, such as a caller of the command line, stands as it is written. */
export function whoever(id: string): RichTextElement {
  if (/^S[A-Z0-9]{2,31}$/.test(id)) return { type: 'usergroup', usergroup_id: id };
  return /^[UW][A-Z0-9]{2,31}$/.test(id) ? { type: 'user', user_id: id } : { type: 'text', text: foreignName(id) };
}

type Somebody = { readonly user: string; readonly name: string };

/** A person's chip, for cards that are edited: an edit rings nowhere. */
export function person({ user, name }: Somebody): RichTextElement {
  const chip = whoever(user);
  return chip.type === 'user' ? chip : { type: 'text', text: nameOf({ name }) };
}

/** A person's name as plain text. */
export function nameOf({ name }: Pick<Somebody, 'name'>): string {
  return foreign(name, 40) || 'somebody';
}

const formats = {
  full: '{date_short_pretty} at {time}',
  time: '{time}',
  day: '{date_short_pretty}',
  ago: '{ago}',
} as const;

/** A moment in the reader's own zone. `full` for the first one on a card, `time` for later ones. */
export function moment(at: number, form: keyof typeof formats = 'full'): RichTextElement {
  const timestamp = Math.floor(at / 1_000);
  // A source may claim any time. Slack takes ten digits of seconds: 2001 to 2286.
  if (!(timestamp >= 1_000_000_000 && timestamp < 10_000_000_000)) return { type: 'text', text: utc(at) };
  return { type: 'date', timestamp, format: formats[form], fallback: utc(at) };
}

/** `2026-11-24 02:12 UTC` */
export function utc(at: number): string {
  if (!(at >= 0 && at < endOfYear9999Ms)) return 'a time that nobody knows';
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** **Label** two spaces, value. */
export function fact(label: string, ...pieces: readonly Piece[]): Line {
  return line(bold(label), '  ', ...pieces);
}

/** A line that begins with a glyph. */
export function line(...pieces: readonly Piece[]): Line {
  return pieces.map((piece) => (typeof piece === 'string' ? { type: 'text' as const, text: piece } : piece));
}

/** Several pieces with commas between them. */
export function listed(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.flatMap((piece, place) => (place === 0 ? [piece] : [', ', piece]));
}

/** A foreign sentence, under the line that says who speaks. */
export type Quote = { readonly quote: string };

/** Lines with a bullet or a number before each. */
export type List = { readonly list: 'bullet' | 'ordered'; readonly lines: readonly Line[] };

/** Lines of facts as one rich_text block, with quotes of foreign sentences below them. */
export function facts(lines: readonly Line[], ...quotes: readonly string[]): RichTextBlock {
  return told(lines, ...quotes.map((quote) => ({ quote })));
}

/** Lines, lists and quotes in the order in which they are read. */
export function told(...parts: readonly (readonly Line[] | Quote | List)[]): RichTextBlock {
  return { type: 'rich_text', elements: parts.flatMap(partElements) };
}

function partElements(part: readonly Line[] | Quote | List): RichTextBlock['elements'] {
  if ('quote' in part) return quoted(part.quote);
  if (!('list' in part)) return sectioned(part);
  const elements = part.lines.flatMap((each) => sectioned([each]));
  return elements.length === 0 ? [] : [{ type: 'rich_text_list', style: part.list, elements }];
}

function sectioned(lines: readonly Line[]): RichTextSection[] {
  const elements = merged(lines.flatMap((each, index) => (index === 0 ? each : [...line('\n'), ...each])));
  return elements.length === 0 ? [] : [{ type: 'rich_text_section', elements }];
}

function quoted(quote: string): RichTextBlock['elements'] {
  const text = foreign(quote, 300);
  return text === '' ? [] : [{ type: 'rich_text_quote', elements: [{ type: 'text', text }] }];
}

/** Neighbouring plain texts become one: fewer elements, same reading. Slack refuses empty ones. */
function merged(elements: Line): RichTextElement[] {
  const out: RichTextElement[] = [];
  for (const element of elements) {
    const last = out.at(-1);
    if (element.type === 'text' && element.text === '') continue;
    if (element.type === 'text' && !element.style && last?.type === 'text' && !last.style) {
      out[out.length - 1] = { type: 'text', text: last.text + element.text };
    } else out.push(element);
  }
  return out;
}

export function footer(...texts: readonly string[]): ContextBlock {
  return {
    type: 'context',
    elements: texts.map((text) => ({ type: 'plain_text', text: foreign(text, 200), emoji: false })),
  };
}

/** The footer of a card that shows AWS: when we last looked. The date is the only mrkdwn that we write. */
export function lookedFooter(text: string, at: number): ContextBlock {
  const looked = moment(at);
  if (looked.type !== 'date') return footer(text, `looked at SageMaker ${utc(at)}`);
  const stamp = `looked at SageMaker <!date^${looked.timestamp}^${looked.format}|${utc(at)}>`;
  return {
    type: 'context',
    elements: [...footer(text).elements, { type: 'mrkdwn', text: stamp, verbatim: true }],
  };
}

/** A whole message. `text` is escaped here and nowhere else, and cut so that it fits with its escapes. */
export function message(text: string, ...blocks: readonly (CardBlock | undefined)[]): Message {
  return { text: notification(text), blocks: blocks.filter((block) => block !== undefined) };
}

function notification(text: string): string {
  for (let room = textRoom; room > 0; room -= 20) {
    const safe = escaped(foreign(text, room));
    if (safe.length <= textRoom) return safe;
  }
  return '';
}
