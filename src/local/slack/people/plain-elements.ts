import type { Block } from '../workspace/messages.ts';
import type { Element } from '../workspace/state-values.ts';
import { type Names, plainObject } from './plain-words.ts';

type Option = { readonly text?: unknown; readonly value?: unknown };

function optionsOf(element: Element): readonly Option[] {
  const groups = Array.isArray(element.option_groups) ? element.option_groups : [];
  const own = Array.isArray(element.options) ? element.options : [];
  return [...own, ...groups.flatMap((group: { options?: Option[] }) => group.options ?? [])];
}

function optionTexts(element: Element, names: Names): string {
  return optionsOf(element)
    .map((option) => plainObject(option.text, names))
    .join(', ');
}

const rows: Readonly<Record<string, (element: Element, names: Names) => string>> = {
  button: (element, names) => `[${plainObject(element.text, names)}${element.url === undefined ? '' : ' ↗'}]`,
  overflow: (element, names) => `⋯ (${optionTexts(element, names)})`,
};

/** The row of buttons and menus below a card. */
export function plainActions(block: Block, names: Names): string {
  const elements = Array.isArray(block.elements) ? block.elements : [];
  return elements.map((element: Element) => (rows[element.type] ?? menu)(element, names)).join(' ');
}

function menu(element: Element, names: Names): string {
  const options = optionTexts(element, names);
  return `▾ ${plainObject(element.placeholder, names)}${options === '' ? '' : ` (${options})`}`;
}

/** A question of a form: its label, then what stands in it or may be chosen. */
export function plainInput(block: Block, names: Names): readonly string[] {
  const element = block.element as Element;
  const label = `${plainObject(block.label, names)}${block.optional === true ? ' (optional)' : ''}`;
  const options = optionsOf(element);
  if (options.length === 0) return [`${label}: ${filled(element, names)}`];
  const chosen = chosenValues(element);
  const lines = options.map(
    (option) => `  (${chosen.includes(option.value) ? '•' : ' '}) ${plainObject(option.text, names)}`,
  );
  return [`${label}:`, ...lines];
}

function chosenValues(element: Element): readonly unknown[] {
  const many = Array.isArray(element.initial_options) ? element.initial_options : [];
  return [element.initial_option, ...many]
    .map((option: Option | undefined) => option?.value)
    .filter((value) => value !== undefined);
}

function filled(element: Element, names: Names): string {
  const start = element.initial_value ?? element.initial_date ?? element.initial_user;
  if (start !== undefined) return String(start);
  const hint = plainObject(element.placeholder, names);
  return hint === '' ? '____' : `____ (${hint})`;
}
