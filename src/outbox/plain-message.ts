import type { DrawnMessage } from './message.ts';

/** Slack's limit of a section; its limits of a message's text are larger. */
const textMax = 3_000;

/** Faults by which Slack says that it does not take the message in this form. */
const refusedForm = new Set([
  'slack-invalid-blocks',
  'slack-invalid-blocks-format',
  'slack-msg-blocks-too-long',
  'slack-msg-too-long',
]);

export function isRefusedForm(fault: { readonly code: string }): boolean {
  return refusedForm.has(fault.code);
}

/** The last step down: the text alone, in the plainest form that Slack has. A plain card is better than none. */
export function plainMessage({ text }: DrawnMessage): DrawnMessage {
  const shown = shortened(text);
  const why = 'Slack did not take the whole card, so this is its text alone. Type /model status for more.';
  const words = { type: 'section', text: { type: 'plain_text', text: shown, emoji: true } };
  const note = { type: 'context', elements: [{ type: 'plain_text', text: why, emoji: false }] };
  return { text: shown, blocks: [words, note] };
}

function shortened(text: string): string {
  if (text === '') return '…';
  const characters = [...text];
  let shown = text;
  while (shown.length > textMax) {
    characters.length = Math.min(characters.length - 1, textMax - 1);
    shown = `${characters.join('')}…`;
  }
  return shown;
}
