import { chart } from './charts.ts';
import { all, byType, type Check, distinct, type Fields, fault, flag, isObject, list, listOf, shape } from './check.ts';
import { fillable, pressable } from './elements.ts';
import { richText } from './rich-text.ts';
import { tables } from './tables.ts';
import { blockId, picture, plain, words, wordsOrPicture } from './text-objects.ts';

const may: Fields = { block_id: blockId };

const onePrimary: Check = (value, pointer) => {
  const green = listOf(isObject(value) ? value.elements : undefined).filter((one) => one.style === 'primary').length;
  return green > 1
    ? [
        fault(`${pointer}/elements`, 'too-many', {
          words: `has ${green} primary buttons, one is allowed`,
          limit: 1,
          got: green,
        }),
      ]
    : [];
};

const ownActionIds: Check = (value, pointer) => {
  const ids = listOf(isObject(value) ? value.elements : undefined).map((one) => one.action_id);
  return distinct(ids, `${pointer}/elements`, 'action_id');
};

const textOrFields: Check = (value, pointer) =>
  isObject(value) && value.text === undefined && value.fields === undefined
    ? [fault(pointer, 'missing', 'has neither text nor fields')]
    : [];

/** Blocks that may stand on every surface. */
const anywhere: Fields = {
  header: shape({ needs: { text: plain(150) }, may }),
  divider: shape({ may }),
  rich_text: richText,
  context: shape({ needs: { elements: list(wordsOrPicture(3_000), 10) }, may }),
  image: picture({ ...may, title: plain(2_000) }),
  section: all(
    shape({
      may: {
        ...may,
        text: words(3_000),
        fields: list(words(2_000), 10),
        accessory: byType({ ...pressable, image: picture({}) }),
        expand: flag,
      },
    }),
    textOrFields,
  ),
  actions: all(shape({ needs: { elements: list(byType(pressable), 25) }, may }), onePrimary, ownActionIds),
  input: shape({
    needs: { label: plain(2_000), element: byType(fillable) },
    may: { ...may, hint: plain(2_000), optional: flag, dispatch_action: flag },
  }),
};

/** Tables and charts are for messages only. */
export const messageBlock: Check = byType({ ...anywhere, ...tables, data_visualization: chart });
export const viewBlock: Check = byType(anywhere);

/** What must hold between the blocks of one message or view. */
export const ownBlockIds: Check = (value, pointer) =>
  distinct(
    listOf(value).map((block) => block.block_id),
    pointer,
    'block_id',
  );
