import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { DrawnMessage } from '../outbox/message.ts';
import { slackFault } from './slack-fault.ts';

/** Tells one person something in a channel. Best effort by nature: Slack keeps nothing of it. */
export async function whisper(
  client: WebClient,
  to: { readonly user: string; readonly channel: string },
  message: DrawnMessage,
): Promise<void> {
  try {
    await client.chat.postEphemeral({ ...to, text: message.text, blocks: message.blocks as KnownBlock[] });
  } catch (error) {
    throw slackFault('chat.postEphemeral', error);
  }
}
