import type { Message } from '../../../blocks/message.ts';

/** Where a text stands, as far as it matters whether Slack parses it. */
export type Place =
  | 'text'
  | 'header'
  | 'typed'
  | 'plain'
  | 'cell'
  | 'option'
  | 'button'
  | 'label'
  | 'mrkdwn'
  | 'url'
  | 'id'
  | 'chip';
export type Leaf = { readonly place: Place; readonly text: string };

type Node = Readonly<Record<string, unknown>>;

/** Every text of a message or a form with the place where it stands. A place that nobody named fails. */
export function leavesOf(drawn: Message | { readonly blocks: Message['blocks'] }): readonly Leaf[] {
  const own = 'text' in drawn ? [{ place: 'text' as const, text: drawn.text }] : [];
  return [...own, ...drawn.blocks.flatMap((block) => nodeLeaves(block as unknown as Node, { key: 'block' }))];
}

const structure = new Set(['type', 'style', 'format', 'optional', 'emoji', 'verbatim', 'multiline', 'page_size']);
const ids = new Set(['block_id', 'action_id', 'value', 'callback_id']);
const chips = new Set(['user_id', 'usergroup_id', 'channel_id', 'name', 'fallback']);

type Around = { readonly key: string; readonly parent?: Node };

function nodeLeaves(node: Node, around: Around): readonly Leaf[] {
  return Object.entries(node).flatMap(([key, value]): readonly Leaf[] => {
    if (Array.isArray(value)) return value.flat().flatMap((each) => nodeLeaves(each as Node, { key, parent: node }));
    if (typeof value === 'object' && value !== null) return nodeLeaves(value as Node, { key, parent: node });
    if (typeof value !== 'string' || structure.has(key)) return [];
    return [{ place: placeOf(key, node, around), text: value }];
  });
}

function placeOf(key: string, node: Node, { key: above, parent }: Around): Place {
  if (ids.has(key)) return 'id';
  if (key === 'url') return 'url';
  if (key === 'accessibility_label') return 'label';
  if (key === 'caption') return 'cell';
  if (node.type === 'emoji' || chips.has(key)) return 'chip';
  if (key === 'text') return textPlace(node, { key: above, ...(parent ? { parent } : {}) });
  throw new Error(`nobody said what ${key} of ${String(node.type)} is`);
}

function textPlace(node: Node, { key: above, parent }: Around): Place {
  if (node.type === 'mrkdwn') return 'mrkdwn';
  if (node.type === 'text' || node.type === 'link') return 'typed';
  if (node.type === 'raw_text' || node.type === 'raw_number') return 'cell';
  if (node.type !== 'plain_text') throw new Error(`nobody said what a text of ${String(node.type)} is`);
  if (parent?.type === 'header') return 'header';
  if (parent?.type === 'button' && above === 'text') return 'button';
  if (above === 'options' || (parent !== undefined && 'value' in parent && above === 'text')) return 'option';
  return node.emoji === false ? 'plain' : 'header';
}

/** The buttons of a card as a person reads them; the green one in stars, the red one in bangs, the menu after ⋯. */
export function rowsOf({ blocks }: Message): readonly string[] {
  return blocks.flatMap((block) => {
    if (block.type !== 'actions') return [];
    return block.elements.flatMap((element): readonly string[] => {
      if (element.type === 'overflow') return [`⋯ ${element.options.map(({ text }) => text.text).join(', ')}`];
      if (element.type !== 'button') return [element.type];
      const signs = { primary: '*', danger: '#' } as const;
      const sign = element.style ? signs[element.style] : '';
      return [`${sign}${element.text.text}${sign}`];
    });
  });
}

/** Ids of the actions behind buttons and menu options. */
export function actionsOf({ blocks }: Message): readonly string[] {
  return blocks.flatMap((block) => {
    if (block.type !== 'actions') return [];
    return block.elements.flatMap((element) => {
      if (element.type === 'overflow') return element.options.map((option) => option.value ?? '');
      return element.action_id === undefined ? [] : [element.action_id];
    });
  });
}
