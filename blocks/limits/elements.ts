import {
  all,
  type Check,
  distinct,
  type Fields,
  fault,
  flag,
  form,
  isObject,
  list,
  listOf,
  oneOf,
  shape,
  text,
  whole,
} from './check.ts';
import {
  actionId,
  channelId,
  confirm,
  eitherOf,
  link,
  menuOption,
  option,
  optionGroup,
  placeholder,
  plain,
  richOption,
  userId,
} from './text-objects.ts';

const acts: Fields = { action_id: actionId };
const asks: Fields = { confirm, focus_on_load: flag };
const picks: Fields = { ...asks, placeholder };
const types: Fields = {
  placeholder,
  focus_on_load: flag,
  dispatch_action_config: shape({
    needs: { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 2) },
  }),
};

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What is chosen from the start must be one of the options, to the letter; two options never share a value. */
const chosenAmongOptions: Check = (value, pointer) => {
  if (!isObject(value)) return [];
  const options = [...listOf(value.options), ...listOf(value.option_groups).flatMap((group) => listOf(group.options))];
  const chosen = value.initial_option === undefined ? listOf(value.initial_options) : [value.initial_option];
  const strangers = chosen
    .filter((one) => !options.some((candidate) => same(candidate, one)))
    .map(() => fault(pointer, 'mismatch', 'starts with an option that is none of its options'));
  const values = options.map((one) => one.value);
  return [...strangers, ...distinct(values, pointer, 'option value')];
};

/** Bounds of typed text must leave room for an answer and for the text it starts with. */
const boundsAgree: Check = (value, pointer) => {
  if (!isObject(value)) return [];
  const { min_length: least, max_length: most, initial_value: start } = value;
  const crossed = typeof least === 'number' && typeof most === 'number' && least > most;
  const over = typeof most === 'number' && typeof start === 'string' && start.length > most;
  return [
    ...(crossed ? [fault(pointer, 'mismatch', `needs at least ${least} and allows at most ${most} characters`)] : []),
    ...(over
      ? [fault(`${pointer}/initial_value`, 'too-long', `has ${start.length} characters, at most ${most} are allowed`)]
      : []),
  ];
};

const lists: Fields = { options: list(option, 100), option_groups: list(optionGroup, 100) };
const oneListOfOptions: Check = (value, pointer) => eitherOf(value, pointer, ['options', 'option_groups']);
/** Slack carries the bounds and the value of a number input as strings. */
const digits = form(40, /^-?\d+(\.\d+)?$/, 'a number written as a string');

export const button = shape({
  needs: { ...acts, text: plain(75) },
  may: {
    value: text(2_000),
    url: link,
    style: oneOf('primary', 'danger'),
    confirm,
    accessibility_label: text(75),
  },
});

/** Menus, pickers and ticks; they may stand in `actions` and in `input`. */
const pickers: Fields = {
  static_select: all(
    shape({ needs: acts, may: { ...picks, ...lists, initial_option: option } }),
    oneListOfOptions,
    chosenAmongOptions,
  ),
  multi_static_select: all(
    shape({
      needs: acts,
      may: { ...picks, ...lists, initial_options: list(option, 100), max_selected_items: whole(1, 100) },
    }),
    oneListOfOptions,
    chosenAmongOptions,
  ),
  external_select: shape({ needs: acts, may: { ...picks, initial_option: option, min_query_length: whole(0, 100) } }),
  users_select: shape({ needs: acts, may: { ...picks, initial_user: userId } }),
  multi_users_select: shape({
    needs: acts,
    may: { ...picks, initial_users: list(userId, 100), max_selected_items: whole(1, 100) },
  }),
  channels_select: shape({ needs: acts, may: { ...picks, initial_channel: channelId, response_url_enabled: flag } }),
  conversations_select: shape({
    needs: acts,
    may: {
      ...picks,
      initial_conversation: channelId,
      default_to_current_conversation: flag,
      response_url_enabled: flag,
    },
  }),
  radio_buttons: all(
    shape({ needs: { ...acts, options: list(richOption, 10) }, may: { ...asks, initial_option: richOption } }),
    chosenAmongOptions,
  ),
  checkboxes: all(
    shape({
      needs: { ...acts, options: list(richOption, 10) },
      may: { ...asks, initial_options: list(richOption, 10) },
    }),
    chosenAmongOptions,
  ),
  datepicker: shape({
    needs: acts,
    may: { ...picks, initial_date: form(10, /^\d{4}-\d{2}-\d{2}$/, 'a date like 2026-11-23') },
  }),
  timepicker: shape({
    needs: acts,
    may: { ...picks, initial_time: form(5, /^\d{2}:\d{2}$/, 'a time like 08:30'), timezone: text(64) },
  }),
  datetimepicker: shape({ needs: acts, may: { ...asks, initial_date_time: whole(1_000_000_000, 9_999_999_999) } }),
};

/** What may stand in an `actions` block. */
export const pressable: Fields = {
  button,
  overflow: all(shape({ needs: { ...acts, options: list(menuOption, 5) }, may: { confirm } }), chosenAmongOptions),
  ...pickers,
};

/** What may stand in an `input` block. */
export const fillable: Fields = {
  ...pickers,
  plain_text_input: all(
    shape({
      needs: acts,
      may: {
        ...types,
        initial_value: text(3_000, 0),
        multiline: flag,
        min_length: whole(0, 3_000),
        max_length: whole(1, 3_000),
      },
    }),
    boundsAgree,
  ),
  number_input: shape({
    needs: { ...acts, is_decimal_allowed: flag },
    may: { ...types, initial_value: digits, min_value: digits, max_value: digits },
  }),
  email_text_input: shape({ needs: acts, may: { ...types, initial_value: text(255) } }),
  url_text_input: shape({ needs: acts, may: { ...types, initial_value: link } }),
};
