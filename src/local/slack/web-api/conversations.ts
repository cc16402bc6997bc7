import { channelJson, historyJson, type Json } from '../workspace/as-json.ts';
import type { StoredMessage } from '../workspace/messages.ts';
import type { Channel } from '../workspace/workspace.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import type { Ground, Methods } from './method.ts';
import { pageOf } from './pages.ts';
import { getChannel, getJoinedChannel } from './places.ts';

export const conversations: Methods = {
  'conversations.info': { tier: 3, run: channelInfo },
  'conversations.list': { tier: 2, run: listChannels },
  'conversations.members': { tier: 4, run: listMembers },
  'conversations.history': { tier: 3, run: history },
  'conversations.replies': { tier: 3, run: replies },
  'conversations.open': { tier: 3, run: open },
  'conversations.join': { tier: 3, run: join },
};

function shown({ workspace }: Ground, channel: Channel): Json {
  return channelJson(channel, workspace.app.botUserId);
}

function channelInfo(args: Args, ground: Ground) {
  const channel = getChannel(ground, args.need('channel'));
  const count = args.flag('include_num_members') ? { num_members: channel.members.length } : {};
  return { channel: { ...shown(ground, channel), ...count } };
}

const listed: Readonly<Record<string, (channel: Channel) => boolean>> = {
  public_channel: (channel) => channel.kind === 'channel' && !channel.isPrivate,
  private_channel: (channel) => channel.kind === 'channel' && channel.isPrivate,
  im: (channel) => channel.kind === 'im',
  mpim: () => false,
};

function listChannels(args: Args, ground: Ground) {
  const types = (args.find('types') ?? 'public_channel').split(',').map((type) => type.trim());
  if (types.some((type) => !listed[type])) throw new ApiError('invalid_types');
  const bot = ground.workspace.app.botUserId;
  const all = [...ground.workspace.channels.values()]
    .filter((channel) => !channel.isPrivate || channel.members.includes(bot))
    .filter((channel) => types.some((type) => listed[type]?.(channel)))
    .filter((channel) => !(args.flag('exclude_archived') && channel.isArchived));
  const { page, metadata } = pageOf(args, all, 100);
  return { channels: page.map((channel) => shown(ground, channel)), response_metadata: metadata };
}

function listMembers(args: Args, ground: Ground) {
  const channel = getChannel(ground, args.need('channel'));
  const { page, metadata } = pageOf(args, channel.members, 100);
  return { members: page, response_metadata: metadata };
}

/** Stamps have one length, so that they order as text; both ends are left out unless `inclusive`. */
function withinSpan(args: Args): (message: StoredMessage) => boolean {
  const oldest = args.find('oldest') ?? '0';
  const latest = args.find('latest');
  const isInclusive = args.flag('inclusive');
  return ({ ts }) => {
    if (isInclusive && (ts === oldest || ts === latest)) return true;
    return Number(ts) > Number(oldest) && (latest === undefined || Number(ts) < Number(latest));
  };
}

/** Newest first. Replies are not in it, unless they were sent to the channel too. */
function history(args: Args, ground: Ground) {
  const channel = getJoinedChannel(ground, args.need('channel'));
  const all = ground.messages.inChannel(channel.id).filter(withinSpan(args)).reverse();
  const { page, hasMore, metadata } = pageOf(args, all, 100);
  const wantsMetadata = args.flag('include_all_metadata');
  const messages = page.map((message) => historyJson(ground, message, wantsMetadata));
  return { messages, has_more: hasMore, pin_count: 0, response_metadata: metadata };
}

/** The parent first, then its replies, oldest first. */
function replies(args: Args, ground: Ground) {
  const channel = getJoinedChannel(ground, args.need('channel'));
  const asked = ground.messages.find(channel.id, args.need('ts'));
  if (!asked || asked.ephemeralTo !== undefined) throw new ApiError('thread_not_found');
  const parent = asked.threadTs === undefined ? asked : ground.messages.find(channel.id, asked.threadTs);
  const found = parent ? ground.messages.repliesTo(channel.id, parent.ts).filter(withinSpan(args)) : [asked];
  const { page, hasMore, metadata } = pageOf(args, found, 1_000);
  const wantsMetadata = args.flag('include_all_metadata');
  const all = parent ? [parent, ...page] : page;
  return {
    messages: all.map((message) => ({ ...historyJson(ground, message, wantsMetadata), ...parentOf(ground, message) })),
    has_more: hasMore,
    response_metadata: metadata,
  };
}

function parentOf({ messages }: Ground, message: StoredMessage): Json {
  const parent = message.threadTs === undefined ? undefined : messages.find(message.channel, message.threadTs);
  return parent ? { parent_user_id: parent.user } : {};
}

function open(args: Args, ground: Ground) {
  const people = (args.find('users') ?? '').split(',').filter((id) => id !== '');
  const [person] = people;
  if (person === undefined) throw new ApiError('users_list_not_supplied');
  if (people.length > 1) throw new ApiError('method_not_supported_for_channel_type');
  if (!ground.workspace.users.has(person)) throw new ApiError('user_not_found');
  const channel = ground.workspace.directChannel(person);
  return { channel: args.flag('return_im') ? shown(ground, channel) : { id: channel.id } };
}

function join(args: Args, ground: Ground) {
  const channel = getChannel(ground, args.need('channel'));
  if (channel.isArchived) throw new ApiError('is_archived');
  if (channel.kind === 'im') throw new ApiError('method_not_supported_for_channel_type');
  const bot = ground.workspace.app.botUserId;
  if (!channel.members.includes(bot)) channel.members.push(bot);
  return { channel: shown(ground, channel) };
}
