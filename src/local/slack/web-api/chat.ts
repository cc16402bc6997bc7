import { messageJson } from '../workspace/as-json.ts';
import { currentOf, type StoredMessage } from '../workspace/messages.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import { type ContentArgs, readContent } from './content.ts';
import type { Ground, Methods } from './method.ts';
import { getChannel, getMessage, getWritableChannel } from './places.ts';

export const chat: Methods = {
  'chat.postMessage': { tier: 'post', run: postMessage },
  'chat.update': { tier: 3, run: update },
  'chat.delete': { tier: 3, run: remove },
  'chat.postEphemeral': { tier: 4, run: postEphemeral },
  'chat.getPermalink': { tier: 'free', run: getPermalink },
};

function contentOf(args: Args): ContentArgs {
  if (args.find('attachments') !== undefined)
    throw new ApiError('invalid_attachments', ['[ERROR] attachments are not taken here']);
  const text = args.find('text');
  const blocks = args.nested('blocks', 'invalid_blocks_format');
  const metadata = args.nested('metadata', 'invalid_metadata_format');
  return {
    ...(text !== undefined && { text }),
    ...(blocks !== undefined && { blocks }),
    ...(metadata !== undefined && { metadata }),
  };
}

/** Only a message of the channel itself can have a thread; what answers a thread cannot start another. */
function threadOf(ground: Ground, args: Args, channel: string): string | undefined {
  const ts = args.find('thread_ts');
  if (ts === undefined) return undefined;
  const parent = ground.messages.find(channel, ts);
  if (!parent || parent.ephemeralTo !== undefined) throw new ApiError('thread_not_found');
  if (parent.threadTs !== undefined) throw new ApiError('cannot_reply_to_message');
  return ts;
}

function postMessage(args: Args, ground: Ground) {
  const channel = getWritableChannel(ground, args.need('channel'));
  const threadTs = threadOf(ground, args, channel.id);
  const content = readContent(contentOf(args), 'post');
  const message = ground.messages.post({
    ...content,
    channel: channel.id,
    user: ground.workspace.app.botUserId,
    isBroadcast: threadTs !== undefined && args.flag('reply_broadcast'),
    ...(threadTs !== undefined && { threadTs }),
  });
  return { channel: channel.id, ts: message.ts, message: withMetadata(ground, message) };
}

function withMetadata({ workspace }: Ground, message: StoredMessage) {
  const { metadata } = currentOf(message);
  return { ...messageJson(workspace, message), ...(metadata && { metadata }) };
}

/** `text` without `blocks` takes the blocks away; metadata stays unless new is given. */
function update(args: Args, ground: Ground) {
  const channel = getWritableChannel(ground, args.need('channel'));
  const message = getMessage(ground, channel.id, args.need('ts'));
  if (!message.isOurs) throw new ApiError('cant_update_message');
  const content = readContent(contentOf(args), 'update');
  const metadata = content.metadata ?? currentOf(message).metadata;
  ground.messages.edit(message, { ...content, ...(metadata && { metadata }) });
  return { channel: channel.id, ts: message.ts, text: content.text, message: withMetadata(ground, message) };
}

function remove(args: Args, ground: Ground) {
  const channel = getWritableChannel(ground, args.need('channel'));
  const message = getMessage(ground, channel.id, args.need('ts'));
  if (!message.isOurs) throw new ApiError('cant_delete_message');
  ground.messages.remove(message);
  return { channel: channel.id, ts: message.ts };
}

function postEphemeral(args: Args, ground: Ground) {
  const channel = getWritableChannel(ground, args.need('channel'));
  const user = args.need('user');
  if (!channel.members.includes(user)) throw new ApiError('user_not_in_channel');
  const threadTs = threadOf(ground, args, channel.id);
  const content = readContent(contentOf(args), 'post');
  const message = ground.messages.post({
    ...content,
    channel: channel.id,
    user: ground.workspace.app.botUserId,
    ephemeralTo: user,
    ...(threadTs !== undefined && { threadTs }),
  });
  return { message_ts: message.ts };
}

function getPermalink(args: Args, ground: Ground) {
  const channel = getChannel(ground, args.need('channel'));
  const message = getMessage(ground, channel.id, args.need('message_ts'));
  const { domain } = ground.workspace.team;
  const thread = message.threadTs === undefined ? '' : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
  const permalink = `https://${domain}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}${thread}`;
  return { channel: channel.id, permalink };
}
