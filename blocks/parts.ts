import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  Overflow,
  RichTextBlock,
  RichTextElement,
  RichTextSection,
} from '@slack/types';
import type { ActionId } from './action-ids.ts';
import { foreign } from './foreign.ts';
import type { CardBlock, Message } from './message.ts';

/** A piece of a line: plain words, or a typed element. Strings are typed text and never parsed. */
export type Piece = string | RichTextElement;

export function header(text: string): HeaderBlock {
  return { type: 'header', text: { type: 'plain_text', text, emoji: true } };
}

export const bold = (text: string): RichTextElement => ({ type: 'text', text, style: { bold: true } });
export const code = (text: string): RichTextElement => ({ type: 'text', text, style: { code: true } });
export const emoji = (name: string): RichTextElement => ({ type: 'emoji', name });
export const user = (id: string): RichTextElement => ({ type: 'user', user_id: id });
/** A user group chip, or a user chip when the configuration names a person. */
export const whoever = (id: string): RichTextElement =>
  id.startsWith('S') ? { type: 'usergroup', usergroup_id: id } : user(id);

/** A moment in the reader's own zone. `full` for the first one on a card, `time` for later ones. */
export function moment(at: number, form: 'full' | 'time' | 'day' | 'ago' = 'full'): RichTextElement {
  const formats = {
    full: '{date_short_pretty} at {time}',
    time: '{time}',
    day: '{date_short_pretty}',
    ago: '{ago}',
  } as const;
  return { type: 'date', timestamp: Math.floor(at / 1_000), format: formats[form], fallback: utc(at) };
}

/** `2026-11-24 02:12 UTC` */
export function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** **Label** two spaces, value. */
export function fact(label: string, ...pieces: readonly Piece[]): readonly RichTextElement[] {
  return [bold(label), toElement('  '), ...pieces.map(toElement)];
}

/** A line that begins with a glyph. */
export function line(...pieces: readonly Piece[]): readonly RichTextElement[] {
  return pieces.map(toElement);
}

function toElement(piece: Piece): RichTextElement {
  return typeof piece === 'string' ? { type: 'text', text: piece } : piece;
}

/** Lines of facts as one rich_text block, with quotes of foreign sentences below them. */
export function facts(lines: readonly (readonly RichTextElement[])[], ...quotes: readonly string[]): RichTextBlock {
  const elements = lines.flatMap((each, index) => (index === 0 ? each : [toElement('\n'), ...each]));
  const section: RichTextSection = { type: 'rich_text_section', elements: merged(elements) };
  return {
    type: 'rich_text',
    elements: [
      section,
      ...quotes.map((quote) => ({
        type: 'rich_text_quote' as const,
        elements: [{ type: 'text' as const, text: foreign(quote, 300) }],
      })),
    ],
  };
}

/** Neighbouring plain texts become one: fewer elements, same reading. */
function merged(elements: readonly RichTextElement[]): RichTextElement[] {
  const out: RichTextElement[] = [];
  for (const element of elements) {
    const last = out.at(-1);
    if (element.type === 'text' && !element.style && last?.type === 'text' && !last.style) {
      out[out.length - 1] = { type: 'text', text: last.text + element.text };
    } else out.push(element);
  }
  return out;
}

export function footer(...texts: readonly string[]): ContextBlock {
  return { type: 'context', elements: texts.map((text) => ({ type: 'plain_text', text, emoji: false })) };
}

/** The footer of a card that shows AWS: when we last looked. */
export function lookedFooter(text: string, at: number): ContextBlock {
  const stamp = `looked at SageMaker <!date^${Math.floor(at / 1_000)}^{date_short_pretty} at {time}|${utc(at)}>`;
  return {
    type: 'context',
    elements: [
      { type: 'plain_text', text, emoji: false },
      { type: 'mrkdwn', text: stamp, verbatim: true },
    ],
  };
}

export type Question = { readonly title: string; readonly text: string; readonly yes: string; readonly no: string };
export type ButtonFace = {
  readonly action: ActionId;
  readonly text: string;
  /** What the button is about, for screen readers. */
  readonly label: string;
  readonly style?: 'primary' | 'danger';
  readonly question?: Question;
};
/** An option of the ⋯ menu; its value is the action it stands for. */
export type MenuItem = { readonly action: ActionId; readonly text: string };

/** The buttons of a card. `ref` is what it is about (`C212`), `version` changes with each edit, so block ids do too. */
export function buttons(
  ref: string,
  version: number,
  row: { readonly buttons: readonly ButtonFace[]; readonly menu?: readonly MenuItem[] },
): ActionsBlock {
  const menu: Overflow[] =
    row.menu && row.menu.length > 0
      ? [
          {
            type: 'overflow',
            action_id: 'more',
            options: row.menu.map((item) => ({
              text: { type: 'plain_text', text: item.text, emoji: false },
              value: item.action,
            })),
          },
        ]
      : [];
  return {
    type: 'actions',
    block_id: `${ref}.${version}.act`,
    elements: [...row.buttons.map((face) => button(face, `${ref}.${version}`)), ...menu],
  };
}

function button(face: ButtonFace, value: string): Button {
  return {
    type: 'button',
    text: { type: 'plain_text', text: face.text, emoji: true },
    action_id: face.action,
    value,
    accessibility_label: face.label.slice(0, 75),
    ...(face.style ? { style: face.style } : {}),
    ...(face.question ? { confirm: confirm(face.question, face.style) } : {}),
  };
}

function confirm(question: Question, style: ButtonFace['style']): NonNullable<Button['confirm']> {
  const plain = (text: string, room: number) => ({
    type: 'plain_text' as const,
    text: text.slice(0, room),
    emoji: false,
  });
  return {
    title: plain(question.title, 100),
    text: plain(question.text, 300),
    confirm: plain(question.yes, 30),
    deny: plain(question.no, 30),
    ...(style === 'danger' ? { style } : {}),
  };
}

export function message(text: string, ...blocks: readonly (CardBlock | undefined)[]): Message {
  return { text, blocks: blocks.filter((block) => block !== undefined) };
}
