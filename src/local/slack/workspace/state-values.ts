import type { Block } from './messages.ts';
import type { Draft } from './views.ts';

export type Element = { readonly type: string; readonly action_id: string; readonly [field: string]: unknown };
/** An element that a person can press, pick from or type into, and the block that it stands in. */
export type Placed = { readonly blockId: string; readonly element: Element; readonly block: Block };

/** Every interactive element of a message or view, in reading order. */
export function elementsOf(blocks: readonly Block[]): readonly Placed[] {
  return blocks.flatMap((block) => {
    const own = Array.isArray(block.elements) && block.type === 'actions' ? block.elements : [];
    return [...own, block.element, block.accessory]
      .filter(isElement)
      .map((element) => ({ blockId: block.block_id ?? '', element, block }));
  });
}

function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && 'action_id' in value && typeof value.action_id === 'string';
}

/** How each kind of element carries its answer: the field in `state.values`, and the field it starts from. */
const answers: Readonly<Record<string, { readonly field: string; readonly start: string; readonly empty: unknown }>> = {
  plain_text_input: { field: 'value', start: 'initial_value', empty: null },
  number_input: { field: 'value', start: 'initial_value', empty: null },
  email_text_input: { field: 'value', start: 'initial_value', empty: null },
  url_text_input: { field: 'value', start: 'initial_value', empty: null },
  static_select: { field: 'selected_option', start: 'initial_option', empty: null },
  external_select: { field: 'selected_option', start: 'initial_option', empty: null },
  radio_buttons: { field: 'selected_option', start: 'initial_option', empty: null },
  checkboxes: { field: 'selected_options', start: 'initial_options', empty: [] },
  multi_static_select: { field: 'selected_options', start: 'initial_options', empty: [] },
  users_select: { field: 'selected_user', start: 'initial_user', empty: null },
  multi_users_select: { field: 'selected_users', start: 'initial_users', empty: [] },
  channels_select: { field: 'selected_channel', start: 'initial_channel', empty: null },
  conversations_select: { field: 'selected_conversation', start: 'initial_conversation', empty: null },
  datepicker: { field: 'selected_date', start: 'initial_date', empty: null },
  timepicker: { field: 'selected_time', start: 'initial_time', empty: null },
  datetimepicker: { field: 'selected_date_time', start: 'initial_date_time', empty: null },
};

/** The field that this kind of element answers in; undefined for buttons and overflow menus, which keep nothing. */
export function answerField(type: string): string | undefined {
  return answers[type]?.field;
}

export function draftKey({ blockId, element }: Placed): string {
  return `${blockId}/${element.action_id}`;
}

/** What stands in an element now: what the person chose, else what the app put there. */
export function answerIn(placed: Placed, draft: Draft): unknown {
  const kind = answers[placed.element.type];
  if (!kind) return undefined;
  const key = draftKey(placed);
  return draft.has(key) ? draft.get(key) : (placed.element[kind.start] ?? kind.empty);
}

/** Slack's `state.values`: block id, then action id, then the answer. */
export function stateValues(blocks: readonly Block[], draft: Draft): Record<string, Record<string, unknown>> {
  const values: Record<string, Record<string, unknown>> = {};
  for (const placed of elementsOf(blocks)) {
    const field = answerField(placed.element.type);
    if (field === undefined) continue;
    const answer = { type: placed.element.type, [field]: answerIn(placed, draft) };
    values[placed.blockId] = { ...values[placed.blockId], [placed.element.action_id]: answer };
  }
  return values;
}
