import { getUser } from './delivery/envelopes.ts';
import type { TellApp } from './delivery/events.ts';
import type { SeedChannel, SeedUser } from './seed.ts';
import { type Channel, fullChannel, type Workspace } from './workspace/workspace.ts';

/** What a workspace admin does while the app runs. */
export type Admin = {
  readonly setGroupUsers: (groupId: string, users: readonly string[]) => void;
  /** Deactivates somebody, makes them a guest, renames them. */
  readonly changeUser: (userId: string, change: Partial<Omit<SeedUser, 'id'>>) => void;
  /** A stranger in a channel makes it an externally shared one. */
  readonly invite: (channelId: string, userId: string) => void;
  readonly kick: (channelId: string, userId: string) => void;
  readonly archive: (channelId: string) => void;
  readonly addChannel: (channel: SeedChannel) => void;
};

export function makeAdmin(workspace: Workspace, tellApp: TellApp): Admin {
  const nowSeconds = (): number => Math.floor(workspace.wall() / 1_000);

  function getChannel(id: string): Channel {
    const channel = workspace.channels.get(id);
    if (!channel) throw new Error(`there is no channel ${id}`);
    return channel;
  }

  return {
    setGroupUsers: (groupId, users) => {
      const group = workspace.groups.get(groupId);
      if (!group) throw new Error(`there is no group ${groupId}`);
      const before = group.users;
      const previous = group.updatedSeconds;
      group.users = [...users];
      group.updatedSeconds = nowSeconds();
      tellApp({
        type: 'subteam_members_changed',
        subteam_id: groupId,
        team_id: workspace.team.id,
        date_previous_update: previous,
        date_update: group.updatedSeconds,
        added_users: users.filter((user) => !before.includes(user)),
        removed_users: before.filter((user) => !users.includes(user)),
      });
    },
    changeUser: (userId, change) => {
      workspace.users.set(userId, { ...getUser(workspace, userId), ...change });
    },
    invite: (channelId, userId) => {
      const channel = getChannel(channelId);
      if (!channel.members.includes(userId)) channel.members.push(userId);
      channel.isExtShared ||= getUser(workspace, userId).is_stranger;
    },
    kick: (channelId, userId) => {
      const channel = getChannel(channelId);
      channel.members = channel.members.filter((member) => member !== userId);
    },
    archive: (channelId) => {
      getChannel(channelId).isArchived = true;
      tellApp({ type: 'channel_archive', channel: channelId, user: workspace.app.botUserId });
    },
    addChannel: (channel) => {
      workspace.channels.set(channel.id, fullChannel(channel));
    },
  };
}
