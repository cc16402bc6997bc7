import type { Block } from '../workspace/messages.ts';
import { plainActions, plainInput } from './plain-elements.ts';
import { plainChart, plainTable } from './plain-tables.ts';
import { type Names, type Piece, plainMrkdwn, plainObject, plainPieces } from './plain-words.ts';

export type { Names } from './plain-words.ts';

type Lines = (block: Block, names: Names) => readonly string[];

const kinds: Readonly<Record<string, Lines>> = {
  header: (block, names) => [plainObject(block.text, names)],
  divider: () => ['───'],
  rich_text: (block, names) => membersOf(block).flatMap((member) => richLines(member, names)),
  context: (block, names) => [
    membersOf(block)
      .map((member) => contextWords(member, names))
      .join('  '),
  ],
  section: (block, names) => [plainObject(block.text, names), ...fieldsOf(block, names)].filter((line) => line !== ''),
  image: (block) => [`[picture: ${String(block.alt_text)}]`],
  actions: (block, names) => [plainActions(block, names)],
  input: plainInput,
  table: plainTable,
  data_table: plainTable,
  data_visualization: plainChart,
};

/** A message or view in words, as somebody would read it out: what `text` says stands there only when there are no blocks. */
export function plainText(
  content: { readonly text?: string; readonly blocks?: readonly Block[] },
  names: Names,
): string {
  const { text = '', blocks = [] } = content;
  if (blocks.length === 0) return plainMrkdwn(text, names);
  return blocks.flatMap((block) => kinds[block.type]?.(block, names) ?? [`[${block.type}]`]).join('\n');
}

function membersOf(block: Block): readonly Piece[] {
  return Array.isArray(block.elements) ? block.elements : [];
}

function fieldsOf(block: Block, names: Names): readonly string[] {
  return Array.isArray(block.fields) ? block.fields.map((field: unknown) => plainObject(field, names)) : [];
}

function contextWords(member: Piece, names: Names): string {
  return member.type === 'image' ? `[picture: ${String(member.alt_text)}]` : plainObject(member, names);
}

function richLines(member: Piece, names: Names): readonly string[] {
  if (member.type === 'rich_text_list') return listLines(member, names);
  const lines = plainPieces(member.elements, names).split('\n');
  if (member.type === 'rich_text_quote') return lines.map((line) => `> ${line}`);
  if (member.type === 'rich_text_preformatted') return lines.map((line) => `    ${line}`);
  // A section that ends in a line break shows no empty line at its end.
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function listLines(member: Piece, names: Names): readonly string[] {
  const items: readonly Piece[] = Array.isArray(member.elements) ? member.elements : [];
  const indent = '  '.repeat(Number(member.indent ?? 0));
  return items.map((item, place) => {
    const mark = member.style === 'ordered' ? `${place + 1}.` : '•';
    return `${indent}${mark} ${plainPieces(item.elements, names)}`;
  });
}
