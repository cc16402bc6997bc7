import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Now } from '../kernel/time.ts';
import { slackFault } from './slack-fault.ts';

const Channel = z.object({
  is_ext_shared: z.boolean().default(false),
  is_pending_ext_shared: z.boolean().default(false),
  is_org_shared: z.boolean().default(false),
});

const rememberMs = 60_000;

/** Is a channel shared with another organisation? Remembered for a minute. Where we cannot look, it counts as shared. */
export function makeChannels(client: WebClient, wall: Now) {
  const known = new Map<string, { readonly at: number; readonly shared: boolean }>();
  return async function channelIsShared(channel: string): Promise<boolean> {
    const old = known.get(channel);
    if (old && wall() - old.at < rememberMs) return old.shared;
    const shared = await read(client, channel);
    known.set(channel, { at: wall(), shared });
    return shared;
  };
}

async function read(client: WebClient, channel: string): Promise<boolean> {
  try {
    const answer = await client.conversations.info({ channel });
    const found = Channel.parse(answer.channel);
    return found.is_ext_shared || found.is_pending_ext_shared;
  } catch (error) {
    const fault = slackFault('conversations.info', error);
    if (fault.code === 'slack-channel-not-found') return true;
    throw fault;
  }
}
