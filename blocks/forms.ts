import type { InputBlock, PlainTextElement } from '@slack/types';
import type { Change } from '../src/changes/change.ts';
import type { Incident } from '../src/incidents/incident.ts';
import type { ViewId } from './action-ids.ts';
import { namedVersions } from './change-words.ts';
import { whatWithValue } from './incident-card.ts';
import type { CardBlock } from './message.ts';
import { bold, facts, line, nameOf } from './parts.ts';

/** A form as Slack wants it. `private_metadata` is one opaque id: what the form is about. */
export type Form = {
  readonly type: 'modal';
  readonly callback_id: ViewId;
  readonly private_metadata: string;
  readonly title: PlainTextElement;
  readonly submit: PlainTextElement;
  readonly close: PlainTextElement;
  readonly blocks: readonly CardBlock[];
};

/** Rejecting needs a reason; it is quoted on the card and kept in the trail. */
export function rejectForm(change: Change): Form {
  return {
    type: 'modal',
    callback_id: 'change.reject',
    private_metadata: change.id,
    title: plain(`Reject ${change.id}`),
    submit: plain('Reject'),
    close: plain('Back'),
    blocks: [
      facts([
        line(bold(namedVersions(change.plan))),
        line(`asked by ${nameOf(change.requestedBy)}. The reason stands on the card.`),
      ]),
      input({ block: 'reason', label: 'What has to change?', optional: false }),
    ],
  };
}

/** Resolving by hand; a note is welcome, not required. */
export function resolveForm(incident: Incident): Form {
  return {
    type: 'modal',
    callback_id: 'incident.resolve',
    private_metadata: incident.id,
    title: plain(`Resolve ${incident.id}`),
    submit: plain('Resolve'),
    close: plain('Cancel'),
    blocks: [
      facts([
        line(bold(`${whatWithValue(incident)} · ${incident.model}`)),
        line('A newer alarm opens it again. The note stands on the card.'),
      ]),
      input({ block: 'note', label: 'What was it?', optional: true }),
    ],
  };
}

function plain(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}

type Asked = { readonly block: string; readonly label: string; readonly optional: boolean };

/** As many characters as the card has room for. */
const answerMost = 300;

function input({ block, label, optional }: Asked): InputBlock {
  return {
    type: 'input',
    block_id: block,
    optional,
    label: plain(label),
    element: { type: 'plain_text_input', action_id: 'value', multiline: true, max_length: answerMost },
  };
}
