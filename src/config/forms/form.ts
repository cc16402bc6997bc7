import { z } from 'zod';

/** What a value looks like, in the words of a fault and of the reference page. `words` starts with an article. */
export type Form = { readonly words: string; readonly example: string };

/** The form of every value that can be written in the file, by schema. */
export const forms = z.registry<Form>();

/** How to write the value. It never repeats what was written: that may be a secret in the wrong place. */
function wrong(form: Form): string {
  return `Write ${form.words}, such as ${form.example}.`;
}

/** The words zod uses for a value that is absent or of another type. */
export function wording(form: Form): { error: (issue: { readonly input?: unknown }) => string } {
  return { error: (issue) => (issue.input === undefined ? `Missing. ${wrong(form)}` : wrong(form)) };
}

/** Text that `read` turns into a value; `read` answers undefined when the text has another form. */
export function textForm<T>(form: Form, read: (text: string) => T | undefined) {
  const schema = z.string(wording(form)).transform((text, context): T => {
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: wrong(form) });
    return z.NEVER;
  });
  return schema.register(forms, form);
}

/** Text that is taken as it stands when it matches the pattern. */
export function patternForm<T extends string = string>(form: Form, pattern: RegExp) {
  return textForm(form, (text) => (pattern.test(text) ? (text as T) : undefined));
}

/** A number for which `fits` holds. */
export function numberForm(form: Form, fits: (value: number) => boolean = () => true) {
  return z
    .number(wording(form))
    .refine(fits, { error: () => wrong(form) })
    .register(forms, form);
}

/** One of a few words. */
export function oneOf<const W extends readonly [string, ...string[]]>(words: W) {
  const form = { words: words.length > 1 ? `one of ${words.join(', ')}` : words[0], example: words[0] };
  const sentence = `Write ${form.words}.`;
  return z
    .enum(words, { error: (issue) => (issue.input === undefined ? `Missing. ${sentence}` : sentence) })
    .register(forms, form);
}

/** true or false. */
export function yesOrNo() {
  const form = { words: 'true or false', example: 'true' };
  return z.boolean(wording(form)).register(forms, form);
}

/** A value of a column: text, a number or a truth value. */
export function columnValue() {
  const form = { words: 'a value of the column', example: '1' };
  return z.union([z.string(), z.number(), z.boolean()], wording(form)).register(forms, form);
}
