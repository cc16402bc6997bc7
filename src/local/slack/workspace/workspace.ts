import type { Now } from '../../../kernel/time.ts';
import type { Seed, SeedUser } from '../seed.ts';

export type User = Required<Omit<SeedUser, 'email'>> & { readonly email?: string };

export type Channel = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'im';
  members: string[];
  isPrivate: boolean;
  isArchived: boolean;
  isExtShared: boolean;
};

export type Group = { readonly id: string; readonly handle: string; users: string[]; updatedSeconds: number };

/** Who and where: one team with its people, channels and groups, and the stamps that tell its messages apart. */
export type Workspace = {
  readonly wall: Now;
  readonly team: Seed['team'];
  readonly app: Seed['app'];
  readonly users: Map<string, User>;
  readonly channels: Map<string, Channel>;
  readonly groups: Map<string, Group>;
  /** The next `ts`: seconds with six decimals, unique and increasing in this workspace. */
  readonly nextTs: () => string;
  /** A short id that was not given out before: `V7`, `Ev12`. */
  readonly nextId: (prefix: string) => string;
  /** The direct channel between the app and one person; opened when there is none. */
  readonly directChannel: (userId: string) => Channel;
  /** Whether this person has the channel before their eyes. */
  readonly maySee: (userId: string, channelId: string) => boolean;
};

export function openWorkspace(seed: Seed, wall: Now): Workspace {
  const users = new Map(seed.users.map((user) => [user.id, fullUser(user, seed.team.id)]));
  const channels = new Map<string, Channel>(seed.channels.map((channel) => [channel.id, fullChannel(channel)]));
  const groups = new Map(
    seed.groups.map((group) => [group.id, { ...group, users: [...group.users], updatedSeconds: 0 }]),
  );
  let lastMicros = 0;
  let lastId = 0;

  function nextTs(): string {
    lastMicros = Math.max(wall() * 1_000, lastMicros + 1);
    const micros = String(lastMicros % 1_000_000).padStart(6, '0');
    return `${Math.floor(lastMicros / 1_000_000)}.${micros}`;
  }

  function nextId(prefix: string): string {
    lastId += 1;
    return `${prefix}${lastId}`;
  }

  function directChannel(userId: string): Channel {
    const id = `D${userId.slice(1)}`;
    const known = channels.get(id);
    if (known) return known;
    const members = [seed.app.botUserId, userId];
    const opened: Channel = {
      id,
      name: '',
      kind: 'im',
      members,
      isPrivate: true,
      isArchived: false,
      isExtShared: false,
    };
    channels.set(id, opened);
    return opened;
  }

  function maySee(userId: string, channelId: string): boolean {
    const channel = channels.get(channelId);
    const user = users.get(userId);
    if (!channel || !user || user.deleted) return false;
    if (channel.members.includes(userId)) return true;
    const isFullMember = !user.is_restricted && !user.is_ultra_restricted && !user.is_stranger;
    return !channel.isPrivate && isFullMember;
  }

  return { wall, team: seed.team, app: seed.app, users, channels, groups, nextTs, nextId, directChannel, maySee };
}

function fullUser(user: SeedUser, teamId: string): User {
  const flags = { is_bot: false, deleted: false, is_restricted: false, is_ultra_restricted: false, is_stranger: false };
  return { tz: 'Etc/UTC', team_id: teamId, ...flags, ...user };
}

/** A channel with every flag set. */
export function fullChannel(channel: Seed['channels'][number]): Channel {
  const { id, name, members } = channel;
  return {
    id,
    name,
    kind: 'channel',
    members: [...members],
    isPrivate: channel.is_private ?? false,
    isArchived: channel.is_archived ?? false,
    isExtShared: channel.is_ext_shared ?? false,
  };
}
