import type { StoredMessage } from '../workspace/messages.ts';
import type { Channel } from '../workspace/workspace.ts';
import { ApiError } from './api-error.ts';
import type { Ground } from './method.ts';

/** The channel if the app may know of it. A private channel without the app in it does not exist for the app. */
export function getChannel({ workspace }: Ground, id: string): Channel {
  const channel = workspace.channels.get(id);
  const isHidden = channel?.isPrivate && !channel.members.includes(workspace.app.botUserId);
  if (!channel || isHidden) throw new ApiError('channel_not_found');
  return channel;
}

/** The same where the app has to be a member. */
export function getJoinedChannel(ground: Ground, id: string): Channel {
  const channel = getChannel(ground, id);
  if (!channel.members.includes(ground.workspace.app.botUserId)) throw new ApiError('not_in_channel');
  return channel;
}

/** Where a message may be written. A person's id means the direct channel with that person. */
export function getWritableChannel(ground: Ground, id: string): Channel {
  const target = ground.workspace.users.has(id) ? ground.workspace.directChannel(id).id : id;
  const channel = getChannel(ground, target);
  if (channel.isArchived) throw new ApiError('is_archived');
  return getJoinedChannel(ground, channel.id);
}

/** A message that the Web API can see: it is there, and it is not private to one person. */
export function getMessage({ messages }: Ground, channel: string, ts: string): StoredMessage {
  const message = messages.find(channel, ts);
  if (!message || message.ephemeralTo !== undefined) throw new ApiError('message_not_found');
  return message;
}
