import { type Json, messageJson, reactionsJson } from '../workspace/as-json.ts';
import type { StoredMessage } from '../workspace/messages.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import type { Ground, Method, Methods } from './method.ts';
import { getJoinedChannel, getMessage } from './places.ts';

/** What hangs on messages and channels: reactions, pins and bookmarks. */
export function openMarks(): Methods {
  return {
    'reactions.add': { tier: 3, run: (args, ground) => react(args, ground, addReaction) },
    'reactions.remove': { tier: 2, run: (args, ground) => react(args, ground, removeReaction) },
    'reactions.get': { tier: 3, run: getReactions },
    'pins.add': pinsAdd(),
    'bookmarks.add': bookmarksAdd(),
  };
}

function target(args: Args, ground: Ground): StoredMessage {
  const channel = getJoinedChannel(ground, args.need('channel'));
  if (channel.isArchived) throw new ApiError('is_archived');
  return getMessage(ground, channel.id, args.need('timestamp'));
}

type Change = (message: StoredMessage, name: string, user: string) => void;

function react(args: Args, ground: Ground, change: Change): Json {
  const name = args.need('name');
  if (!/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(name)) throw new ApiError('invalid_name');
  change(target(args, ground), name, ground.workspace.app.botUserId);
  return {};
}

export function addReaction(message: StoredMessage, name: string, user: string): void {
  const users = message.reactions.get(name) ?? [];
  if (users.includes(user)) throw new ApiError('already_reacted');
  message.reactions.set(name, [...users, user]);
}

export function removeReaction(message: StoredMessage, name: string, user: string): void {
  const users = message.reactions.get(name) ?? [];
  if (!users.includes(user)) throw new ApiError('no_reaction');
  const left = users.filter((one) => one !== user);
  if (left.length > 0) message.reactions.set(name, left);
  else message.reactions.delete(name);
}

function getReactions(args: Args, ground: Ground): Json {
  const message = target(args, ground);
  const shown = { ...messageJson(ground.workspace, message), reactions: reactionsJson(message) };
  return { type: 'message', channel: message.channel, message: shown };
}

function pinsAdd(): Method {
  const pinned = new Set<StoredMessage>();
  return {
    tier: 2,
    run: (args, ground) => {
      const message = target(args, ground);
      if (pinned.has(message)) throw new ApiError('already_pinned');
      pinned.add(message);
      return {};
    },
  };
}

function bookmarksAdd(): Method {
  return {
    tier: 2,
    run: (args, ground) => {
      const channel = getJoinedChannel(ground, args.need('channel_id'));
      const [title, type] = [args.need('title'), args.need('type')];
      if (type !== 'link') throw new ApiError('invalid_bookmark_type');
      const link = args.need('link');
      if (!/^https?:\/\/\S+$/.test(link)) throw new ApiError('invalid_link');
      const id = ground.workspace.nextId('Bk');
      return { bookmark: { id, channel_id: channel.id, title, link, type, app_id: ground.workspace.app.id } };
    },
  };
}
