import type { ActionsBlock, Button, ConfirmationDialog, Overflow } from '@slack/types';
import type { ActionId } from './action-ids.ts';
import { foreign, foreignName } from './foreign.ts';

export type Question = { readonly title: string; readonly text: string; readonly yes: string; readonly no: string };
export type ButtonFace = {
  readonly action: ActionId;
  readonly text: string;
  /** What the button is about, for screen readers. */
  readonly label: string;
  readonly style?: 'primary' | 'danger';
  readonly question?: Question;
  /** What the press is about, where that is not what the card is about. */
  readonly about?: string;
};
/** An option of the ⋯ menu; its value is the action it stands for, and it is about what the card is about. */
export type MenuItem = { readonly action: ActionId; readonly text: string };
export type Row = { readonly buttons: readonly ButtonFace[]; readonly menu?: readonly MenuItem[] };

/** Slack's limit for a block id is 255; ids of ours are far below, ids from outside may not be. */
const refMost = 200;

/**
 * The buttons of a card; nothing when there are none. `ref` is what it is about (`C212`), `version` changes with each
 * edit, so block ids do too.
 */
export function buttons(ref: string, version: number, row: Row): ActionsBlock | undefined {
  const menu = menuOf(row.menu ?? []);
  if (row.buttons.length + menu.length === 0) return undefined;
  return {
    type: 'actions',
    block_id: `${ref.slice(0, refMost)}.${version}.act`,
    elements: [...row.buttons.map((face) => button(face, `${face.about ?? ref}.${version}`)), ...menu],
  };
}

function menuOf(items: readonly MenuItem[]): Overflow[] {
  if (items.length === 0) return [];
  const options = items.map(({ text, action }) => ({ text: plain(text, 75), value: action }));
  return [{ type: 'overflow', action_id: 'more', options }];
}

function button(face: ButtonFace, value: string): Button {
  return {
    type: 'button',
    text: { type: 'plain_text', text: face.text, emoji: true },
    action_id: face.action,
    value,
    accessibility_label: foreignName(face.label, 75),
    ...(face.style ? { style: face.style } : {}),
    ...(face.question ? { confirm: confirm(face.question, face.style) } : {}),
  };
}

function confirm(question: Question, style: ButtonFace['style']): ConfirmationDialog {
  return {
    title: plain(question.title, 100),
    text: plain(question.text, 300),
    confirm: plain(question.yes, 30),
    deny: plain(question.no, 30),
    ...(style === 'danger' ? { style } : {}),
  };
}

function plain(text: string, room: number) {
  return { type: 'plain_text' as const, text: foreign(text, room), emoji: false };
}
