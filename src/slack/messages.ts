import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Posts } from '../outbox/acts/outbox-deps.ts';
import { slackFault } from './slack-fault.ts';

const eventType = 'understudy_card';
/** Slack's clock stamps the message and ours the search; they may differ by this much. */
const searchBeforeSeconds = 60;

/** Posting, editing and finding our own messages. The marker in the metadata is how a lost answer is recognised. */
export function makePosts(client: WebClient): Posts {
  return {
    post: async ({ channel, threadTs, broadcast, marker, message }) => {
      try {
        const answer = await client.chat.postMessage({
          channel,
          text: message.text,
          blocks: message.blocks as KnownBlock[],
          parse: 'none',
          unfurl_links: false,
          unfurl_media: false,
          metadata: { event_type: eventType, event_payload: { id: marker } },
          ...(threadTs === undefined
            ? {}
            : broadcast
              ? { thread_ts: threadTs, reply_broadcast: true }
              : { thread_ts: threadTs }),
        });
        return { ts: String(answer.ts) };
      } catch (error) {
        throw slackFault('chat.postMessage', error);
      }
    },
    edit: async ({ channel, ts, message }) => {
      try {
        await client.chat.update({
          channel,
          ts,
          text: message.text,
          blocks: message.blocks as KnownBlock[],
          parse: 'none',
        });
      } catch (error) {
        throw slackFault('chat.update', error);
      }
    },
    findByMarker: async ({ channel, threadTs, marker, sinceMs }) => {
      const oldest = String(Math.floor(sinceMs / 1_000) - searchBeforeSeconds);
      const isOurs = (message: object): boolean => markerOf(message) === marker;
      let cursor = '';
      do {
        const page = await readPage(client, { channel, threadTs, oldest, cursor });
        const found = page.messages?.find(isOurs);
        if (found) return found.ts;
        cursor = page.response_metadata?.next_cursor ?? '';
      } while (cursor !== '');
      return undefined;
    },
  };
}

type Place = {
  readonly channel: string;
  readonly threadTs: string | undefined;
  readonly oldest: string;
  readonly cursor: string;
};

async function readPage(client: WebClient, { channel, threadTs, oldest, cursor }: Place) {
  const span = { channel, oldest, limit: 200, include_all_metadata: true, ...(cursor === '' ? {} : { cursor }) };
  try {
    return threadTs === undefined
      ? await client.conversations.history(span)
      : await client.conversations.replies({ ...span, ts: threadTs });
  } catch (error) {
    throw slackFault(threadTs === undefined ? 'conversations.history' : 'conversations.replies', error);
  }
}

function markerOf(message: object): string | undefined {
  if (!('metadata' in message)) return undefined;
  const metadata = message.metadata as { event_type?: string; event_payload?: { id?: unknown } } | undefined;
  if (metadata?.event_type !== eventType) return undefined;
  return typeof metadata.event_payload?.id === 'string' ? metadata.event_payload.id : undefined;
}
