import type { Json } from '../workspace/as-json.ts';
import { answerIn, type Element, elementsOf, type Placed } from '../workspace/state-values.ts';
import type { StoredView } from '../workspace/views.ts';

/** What a person types or picks: text, a number, the value or the words of an option, or several of these. */
export type Entry = string | number | readonly string[];

type Option = Json & { readonly value?: unknown; readonly text?: { readonly text?: unknown } };

const many: readonly string[] = ['checkboxes', 'multi_static_select', 'multi_users_select'];
const optionKinds: readonly string[] = [
  'static_select',
  'external_select',
  'radio_buttons',
  'checkboxes',
  'multi_static_select',
  'overflow',
];

/** The answer in Slack's shape. @throws {Error} when the entry is none of the options, which no person could pick */
export function answerFor(element: Element, entry: Entry, offered: readonly Json[] = []): unknown {
  const entries = typeof entry === 'object' ? entry : [String(entry)];
  const answers = optionKinds.includes(element.type) ? entries.map((one) => getOption(element, one, offered)) : entries;
  if (many.includes(element.type)) return answers;
  if (element.type === 'datetimepicker') return Number(answers[0]);
  return answers[0] ?? null;
}

function getOption(element: Element, wanted: string, offered: readonly Json[]): Option {
  const groups: readonly { options?: readonly Option[] }[] = Array.isArray(element.option_groups)
    ? element.option_groups
    : [];
  const own: readonly Option[] = Array.isArray(element.options) ? element.options : [];
  const all: readonly Option[] = [...own, ...groups.flatMap((group) => group.options ?? []), ...offered];
  const found = all.find((option) => option.value === wanted) ?? all.find((option) => option.text?.text === wanted);
  if (found) return found;
  const values = all.map((option) => String(option.value)).join(', ');
  throw new Error(`“${wanted}” is none of the options of ${element.action_id}; there are ${values || 'none'}`);
}

/** What Slack itself holds back before a form is sent: questions without an answer, and answers out of bounds. */
export function problemsIn(view: StoredView): Readonly<Record<string, string>> {
  const problems = elementsOf(view.payload.blocks)
    .filter(({ block }) => block.type === 'input')
    .map((placed): [string, string | undefined] => [placed.blockId, problemOf(placed, answerIn(placed, view.draft))]);
  return Object.fromEntries(problems.filter((problem): problem is [string, string] => problem[1] !== undefined));
}

function problemOf({ block, element }: Placed, answer: unknown): string | undefined {
  const isEmpty = answer === null || answer === '' || (Array.isArray(answer) && answer.length === 0);
  if (isEmpty) return block.optional === true ? undefined : 'Please complete this required field.';
  const text = String(answer);
  if (element.type === 'plain_text_input') return lengthProblem(element, text);
  if (element.type === 'number_input') return numberProblem(element, text);
  return undefined;
}

function lengthProblem({ min_length: least, max_length: most }: Element, text: string): string | undefined {
  if (typeof least === 'number' && text.length < least) return `This field needs at least ${least} characters.`;
  if (text.length > (typeof most === 'number' ? most : 3_000))
    return `This field takes at most ${most ?? 3_000} characters.`;
  return undefined;
}

function numberProblem(
  { min_value: least, max_value: most, is_decimal_allowed: isDecimal }: Element,
  text: string,
): string | undefined {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return 'This field takes a number.';
  if (isDecimal !== true && !Number.isInteger(value)) return 'This field takes a whole number.';
  if (least !== undefined && value < Number(least)) return `This field takes at least ${String(least)}.`;
  if (most !== undefined && value > Number(most)) return `This field takes at most ${String(most)}.`;
  return undefined;
}
