import type { InboxMessage } from '../src/alerts/inbox.ts';
import { buttons } from './buttons.ts';
import { foreign, foreignBody, foreignName, plainNameOr } from './foreign.ts';
import type { Message } from './message.ts';
import { plural } from './numbers.ts';
import { fact, facts, footer, header, message, moment, utc } from './parts.ts';

const bodyRoom = 500;

/** A message that we could not read, shown as it came. Nothing in it was followed. */
export function inboxCard(item: InboxMessage, body: string): Message {
  return item.state.kind === 'unparsed' ? unparsedCard(item, { body, why: item.state.why }) : readCard(item);
}

function unparsedCard(item: InboxMessage, { body, why }: { readonly body: string; readonly why: string }): Message {
  const topic = topicOf(item);
  const shown = foreignBody(body, bodyRoom);
  const cut = shown.length < body.length && shown.endsWith('…') ? `, the first ${bodyRoom} characters below` : '';
  return message(
    `❓ Unparsed message from ${plainNameOr(topic, 'a topic')}, ${utc(item.takenAt)}: ${foreign(why, 90)}. It is kept as ${item.name} and can be read again. Nobody was called.`,
    header(`❓ Unparsed · message from ${plainNameOr(topic, 'a topic')}`),
    {
      type: 'rich_text',
      elements: [
        ...facts([
          fact('Why', foreign(why, 160)),
          fact('Came', moment(item.takenAt), `, ${plural(item.bytes, 'byte')}${cut}`),
          fact('Kept', `in the inbox as ${item.name}; nobody was called`),
        ]).elements,
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text: shown || '(empty)' }] },
      ],
    },
    buttons(item.messageId, 1, {
      buttons: [{ action: 'inbox.replay', text: 'Read it again', label: `Read message ${item.name} again` }],
    }),
    footer(`${item.name} · ${foreignName(topic)} · shown as it came, nothing in it was followed`),
  );
}

/** It was read after all, by newer readers or because somebody asked; or it waits for that. */
function readCard(item: InboxMessage): Message {
  const topic = topicOf(item);
  const from = plainNameOr(topic, 'a topic');
  const { glyph, title, says } = readingOf(item.state);
  return message(
    `${glyph} ${title}: message ${item.name} from ${from}, ${says}.`,
    header(`${glyph} ${title} · message from ${from}`),
    facts([
      fact('Now', says),
      fact('Came', moment(item.takenAt), `, ${plural(item.bytes, 'byte')}`),
      fact('Kept', `in the inbox as ${item.name}`),
    ]),
    footer(`${item.name} · ${foreignName(topic)}`),
  );
}

function readingOf(state: InboxMessage['state']): {
  readonly glyph: string;
  readonly title: string;
  readonly says: string;
} {
  if (state.kind !== 'read') return { glyph: '⏳', title: 'Not read yet', says: 'it waits its turn' };
  const because = state.incident === undefined ? foreign(state.because, 160) : `it is part of ${state.incident}`;
  return { glyph: 'ℹ️', title: 'Read again', says: because.replace(/\.$/, '') };
}

function topicOf({ topic }: InboxMessage): string {
  return topic.split(':').at(-1) ?? topic;
}
