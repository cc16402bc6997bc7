import type { RichTextElement } from '@slack/types';
import type { CardBlock, Message } from '../../../blocks/message.ts';
import { rowsOf } from './walk.ts';

/** A card as somebody reads it: one line of text for each line on the screen. */
export function plainReading(message: Message): string {
  return message.blocks.flatMap((block) => blockLines(block, message)).join('\n');
}

/** Lines of text outside tables and buttons: what a phone has to show. */
export function linesOf(message: Message): readonly string[] {
  return message.blocks
    .filter((block) => block.type === 'rich_text' || block.type === 'section')
    .flatMap((block) => blockLines(block, message))
    .flatMap((text) => text.split('\n'));
}

function blockLines(block: CardBlock, message: Message): readonly string[] {
  switch (block.type) {
    case 'header':
      return [`# ${block.text.text}`];
    case 'rich_text':
      return block.elements.flatMap((element): readonly string[] => {
        switch (element.type) {
          case 'rich_text_section':
            return [element.elements.map(words).join('')];
          case 'rich_text_quote':
            return [`> ${element.elements.map(words).join('')}`];
          case 'rich_text_preformatted':
            return [`| ${element.elements.map(words).join('')}`];
          case 'rich_text_list':
            return element.elements.map(
              (item, place) =>
                `${element.style === 'ordered' ? `${place + 1}.` : '•'} ${item.elements.map(words).join('')}`,
            );
          default:
            return [JSON.stringify(element)];
        }
      });
    case 'data_table':
      return block.rows.map((row) => row.map((cell) => ('text' in cell ? cell.text : '')).join(' | '));
    case 'actions':
      return [
        rowsOf({ ...message, blocks: [block] })
          .map((each) => `[${each}]`)
          .join(' '),
      ];
    case 'context':
      return [`-- ${block.elements.map((each) => ('text' in each ? each.text : '')).join(' · ')}`];
    default:
      return [block.type];
  }
}

function words(element: RichTextElement): string {
  switch (element.type) {
    case 'text':
      return element.text;
    case 'link':
      return `<${element.text ?? element.url}>`;
    case 'date':
      return element.fallback ?? '';
    case 'user':
      return `@${element.user_id}`;
    case 'usergroup':
      return `@${element.usergroup_id}`;
    case 'emoji':
      return `:${element.name}:`;
    default:
      return '';
  }
}
