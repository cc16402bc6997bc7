import type { EpochMs } from '../../../kernel/time.ts';
import { openNews, withBlockIds } from './news.ts';
import type { Workspace } from './workspace.ts';

/** A block as it went over the wire. */
export type Block = { readonly type: string; readonly block_id?: string; readonly [field: string]: unknown };
export type Metadata = { readonly event_type: string; readonly event_payload: Readonly<Record<string, unknown>> };
export type Content = { readonly text: string; readonly blocks?: readonly Block[]; readonly metadata?: Metadata };

/** One state of a message; an edit adds the next. */
export type MessageVersion = Content & { readonly at: EpochMs };

export type StoredMessage = {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  readonly isOurs: boolean;
  readonly threadTs?: string;
  readonly isBroadcast: boolean;
  /** Set on a message that one person alone can see. */
  readonly ephemeralTo?: string;
  readonly versions: MessageVersion[];
  readonly reactions: Map<string, string[]>;
  deletedAt?: EpochMs;
};

export type Happening = {
  readonly kind: 'posted' | 'edited' | 'deleted' | 'ephemeral';
  readonly message: StoredMessage;
};

export type NewMessage = Content & {
  readonly channel: string;
  readonly user: string;
  readonly threadTs?: string;
  readonly isBroadcast?: boolean;
  readonly ephemeralTo?: string;
};

/** Every message of the workspace, with all its versions. */
export type Messages = {
  readonly post: (message: NewMessage) => StoredMessage;
  readonly edit: (message: StoredMessage, content: Content) => void;
  readonly remove: (message: StoredMessage) => void;
  /** A message that is still there, private ones included. */
  readonly find: (channel: string, ts: string) => StoredMessage | undefined;
  /** What stands in the channel, oldest first: no replies but broadcast ones, nothing private, nothing deleted. */
  readonly inChannel: (channel: string) => readonly StoredMessage[];
  readonly repliesTo: (channel: string, ts: string) => readonly StoredMessage[];
  readonly ephemerals: (user: string) => readonly StoredMessage[];
  readonly everVersion: (channel: string, ts: string) => readonly MessageVersion[];
  readonly onHappening: (tell: (happening: Happening) => void) => () => void;
};

export function openMessages(workspace: Workspace): Messages {
  const byChannel = new Map<string, StoredMessage[]>();
  const { tell, listen } = openNews<Happening>();

  const all = (channel: string): readonly StoredMessage[] => byChannel.get(channel) ?? [];
  const isThere = (message: StoredMessage): boolean => message.deletedAt === undefined;
  const isShared = (message: StoredMessage): boolean => isThere(message) && message.ephemeralTo === undefined;

  function post(message: NewMessage): StoredMessage {
    const stored = newMessage(workspace, message);
    const stream = byChannel.get(message.channel) ?? [];
    stream.push(stored);
    byChannel.set(message.channel, stream);
    tell({ kind: message.ephemeralTo === undefined ? 'posted' : 'ephemeral', message: stored });
    return stored;
  }

  return {
    post,
    edit: (message, content) => {
      message.versions.push(newVersion(workspace, content));
      tell({ kind: 'edited', message });
    },
    remove: (message) => {
      message.deletedAt = workspace.wall();
      tell({ kind: 'deleted', message });
    },
    find: (channel, ts) => all(channel).find((message) => message.ts === ts && isThere(message)),
    inChannel: (channel) =>
      all(channel).filter((message) => isShared(message) && (message.threadTs === undefined || message.isBroadcast)),
    repliesTo: (channel, ts) => all(channel).filter((message) => isShared(message) && message.threadTs === ts),
    ephemerals: (user) =>
      [...byChannel.values()].flat().filter((message) => message.ephemeralTo === user && isThere(message)),
    everVersion: (channel, ts) => all(channel).find((message) => message.ts === ts)?.versions ?? [],
    onHappening: listen,
  };
}

function newMessage(workspace: Workspace, message: NewMessage): StoredMessage {
  const { channel, user, threadTs, ephemeralTo, isBroadcast = false } = message;
  return {
    channel,
    ts: workspace.nextTs(),
    user,
    isOurs: user === workspace.app.botUserId,
    ...(threadTs !== undefined && { threadTs }),
    isBroadcast,
    ...(ephemeralTo !== undefined && { ephemeralTo }),
    versions: [newVersion(workspace, message)],
    reactions: new Map(),
  };
}

function newVersion(workspace: Workspace, { text, blocks = [], metadata }: Content): MessageVersion {
  const named = withBlockIds(workspace, blocks);
  return { text, at: workspace.wall(), ...(named.length > 0 && { blocks: named }), ...(metadata && { metadata }) };
}

/** What a person sees of the message now. */
export function currentOf(message: StoredMessage): MessageVersion {
  const last = message.versions.at(-1);
  if (!last) throw new Error(`message ${message.ts} has no version`);
  return last;
}
