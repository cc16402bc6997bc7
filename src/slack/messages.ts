import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Posts } from '../outbox/acts/post-cards.ts';
import { slackFault } from './slack-fault.ts';

const eventType = 'understudy_card';

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
      const oldest = String(Math.floor(sinceMs / 1_000) - 60);
      try {
        const answer =
          threadTs === undefined
            ? await client.conversations.history({ channel, oldest, limit: 200, include_all_metadata: true })
            : await client.conversations.replies({
                channel,
                ts: threadTs,
                oldest,
                limit: 200,
                include_all_metadata: true,
              });
        const found = answer.messages?.find((message) => markerOf(message) === marker);
        return found?.ts;
      } catch (error) {
        throw slackFault('conversations.history', error);
      }
    },
  };
}

function markerOf(message: object): string | undefined {
  if (!('metadata' in message)) return undefined;
  const metadata = message.metadata as { event_type?: string; event_payload?: { id?: unknown } } | undefined;
  if (metadata?.event_type !== eventType) return undefined;
  return typeof metadata.event_payload?.id === 'string' ? metadata.event_payload.id : undefined;
}
