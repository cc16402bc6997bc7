import {
  type Check,
  fault,
  flag,
  isObject,
  type LimitFault,
  list,
  listOf,
  oneOf,
  shape,
  text,
} from './limits/check.ts';
import { messageBlock, ownBlockIds, viewBlock } from './limits/surfaces.ts';
import { tableCharacters, tableCharactersMax } from './limits/tables.ts';
import { option, plain } from './limits/text-objects.ts';

export type { LimitFault } from './limits/check.ts';

/** `chat.update` refuses a text above 4,000 characters; `chat.postMessage` cuts it at 40,000. */
export const textMax = { post: 40_000, update: 4_000 } as const;
/** Undocumented: above about 13,200 characters of blocks Slack answers `msg_blocks_too_long`. */
export const blocksJsonMax = 13_200;
const viewBytesMax = 250_000;

/**
 * Everything for which Slack would refuse this message, and a few things that it merely shows badly.
 * @param use what the message is for; a card that is edited in place has to fit `update`, the narrower one
 */
export function checkMessage(
  message: { text?: unknown; blocks?: unknown },
  use: keyof typeof textMax = 'update',
): readonly LimitFault[] {
  const { text: words, blocks } = message;
  if ((words === undefined || words === '') && !(Array.isArray(blocks) && blocks.length > 0)) {
    return [fault('/text', 'missing', 'is missing, and there are no blocks')];
  }
  return [
    ...(words === undefined ? [] : text(textMax[use], 0)(words, '/text')),
    ...(blocks === undefined ? [] : messageBlocks(blocks)),
  ];
}

function messageBlocks(blocks: unknown): readonly LimitFault[] {
  const size = JSON.stringify(blocks).length;
  const large = size > blocksJsonMax ? [tooLarge('/blocks', 'characters', { limit: blocksJsonMax, got: size })] : [];
  return [
    ...list(messageBlock, 50, 0)(blocks, '/blocks'),
    ...ownBlockIds(blocks, '/blocks'),
    ...perMessage(blocks),
    ...large,
  ];
}

function tooLarge(pointer: string, of: string, numbers: { limit: number; got: number }): LimitFault {
  return fault(pointer, 'too-large', {
    words: `is ${numbers.got} ${of} of JSON, at most ${numbers.limit} are allowed`,
    ...numbers,
  });
}

/** Blocks that a message may hold only so many of. */
const atMost: readonly (readonly [type: string, max: number])[] = [
  ['table', 1],
  ['data_visualization', 2],
];

function perMessage(blocks: unknown): readonly LimitFault[] {
  const present = listOf(blocks);
  const counts = atMost.flatMap(([type, max]) => {
    const got = present.filter((block) => block.type === type).length;
    return got > max
      ? [fault('/blocks', 'too-many', { words: `has ${got} of ${type}, at most ${max} are allowed`, limit: max, got })]
      : [];
  });
  const cells = present
    .filter((block) => block.type === 'data_table')
    .reduce((sum, block) => sum + tableCharacters(block), 0);
  if (cells <= tableCharactersMax) return counts;
  const words = `has ${cells} characters in data tables, at most ${tableCharactersMax} are allowed`;
  return [...counts, fault('/blocks', 'too-long', { words, limit: tableCharactersMax, got: cells })];
}

const own = { callback_id: text(255), private_metadata: text(3_000, 0), external_id: text(255) };
const blocks = list(viewBlock, 100);

/** The members of each kind of view. */
const views: Readonly<Record<string, Check>> = {
  modal: shape({
    needs: { title: plain(24), blocks },
    may: { ...own, submit: plain(24), close: plain(24), clear_on_close: flag, notify_on_close: flag },
  }),
  home: shape({ needs: { blocks }, may: own }),
};

/** Everything for which Slack would refuse this view. */
export function checkView(view: unknown): readonly LimitFault[] {
  if (!isObject(view)) return [fault('', 'wrong-type', 'is not a view')];
  const { type, ...members } = view;
  const kind = oneOf(...Object.keys(views))(type, '/type');
  const check = views[String(type)];
  if (kind.length > 0 || !check) return kind;
  const bytes = utf8Bytes(JSON.stringify(view));
  return [
    ...check(members, ''),
    ...ownBlockIds(view.blocks, '/blocks'),
    ...submitBesideInputs(view),
    ...oneFocus(view),
    ...(bytes > viewBytesMax ? [tooLarge('', 'bytes', { limit: viewBytesMax, got: bytes })] : []),
  ];
}

function submitBesideInputs(view: Readonly<Record<string, unknown>>): readonly LimitFault[] {
  const asks = listOf(view.blocks).some((block) => block.type === 'input');
  return view.type === 'modal' && asks && view.submit === undefined
    ? [fault('/submit', 'missing', 'is missing, and there is an input block')]
    : [];
}

function oneFocus(view: Readonly<Record<string, unknown>>): readonly LimitFault[] {
  const focused = listOf(view.blocks).filter(
    (block) => isObject(block.element) && block.element.focus_on_load === true,
  ).length;
  return focused > 1
    ? [
        fault('/blocks', 'too-many', {
          words: `has ${focused} elements with focus_on_load, one is allowed`,
          limit: 1,
          got: focused,
        }),
      ]
    : [];
}

/** UTF-8 bytes without `Buffer`, so that the page in the browser can use this file too. */
function utf8Bytes(json: string): number {
  return encodeURI(json.replace(/\p{Surrogate}/gu, '?')).replace(/%[0-9A-F]{2}/g, '.').length;
}

/** Everything for which Slack would refuse these options in the answer to an `external_select`. */
export function checkOptions(options: unknown): readonly LimitFault[] {
  return list(option, 100, 0)(options, '/options');
}
