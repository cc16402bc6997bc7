import type { Block, Messages, StoredMessage } from './messages.ts';
import { currentOf } from './messages.ts';
import { stateValues } from './state-values.ts';
import type { StoredView, Views } from './views.ts';
import type { Channel, Group, User, Workspace } from './workspace.ts';

/** Slack's shapes of the things in the workspace, as they stand in answers and in deliveries. */
export type Json = Readonly<Record<string, unknown>>;

export function messageJson(workspace: Workspace, message: StoredMessage): Json {
  const { text, blocks, at } = currentOf(message);
  const { app, team } = workspace;
  const wasEdited = message.versions.length > 1 && !blocks;
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    ...(message.isOurs && { bot_id: app.botId, app_id: app.id }),
    text,
    team: team.id,
    ...(blocks && { blocks }),
    // Slack shows no "edited" mark on a message that is made of blocks.
    ...(wasEdited && { edited: { user: message.user, ts: `${Math.floor(at / 1_000)}.000000` } }),
    ...(message.threadTs !== undefined && { thread_ts: message.threadTs }),
    ...(message.isBroadcast && { subtype: 'thread_broadcast' }),
    ...(message.reactions.size > 0 && { reactions: reactionsJson(message) }),
  };
}

export function reactionsJson(message: StoredMessage): readonly Json[] {
  return [...message.reactions].map(([name, users]) => ({ name, users, count: users.length }));
}

/** The same with what its thread looks like, and with metadata where that was asked for. */
export function historyJson(
  ground: { workspace: Workspace; messages: Messages },
  message: StoredMessage,
  wantsMetadata: boolean,
): Json {
  const replies = ground.messages.repliesTo(message.channel, message.ts);
  const { metadata } = currentOf(message);
  return {
    ...messageJson(ground.workspace, message),
    ...(wantsMetadata && metadata && { metadata }),
    ...(replies.length > 0 && {
      thread_ts: message.ts,
      reply_count: replies.length,
      reply_users: [...new Set(replies.map((reply) => reply.user))],
      latest_reply: replies.at(-1)?.ts,
    }),
  };
}

export function viewJson(workspace: Workspace, views: Views, view: StoredView): Json {
  const { payload } = view;
  const blocks: readonly Block[] = payload.blocks;
  return {
    id: view.id,
    team_id: workspace.team.id,
    app_id: workspace.app.id,
    app_installed_team_id: workspace.team.id,
    bot_id: workspace.app.botId,
    clear_on_close: false,
    notify_on_close: false,
    close: null,
    submit: null,
    callback_id: '',
    private_metadata: '',
    external_id: '',
    title: { type: 'plain_text', text: 'View Title', emoji: true },
    ...payload,
    blocks,
    hash: view.hash,
    state: { values: stateValues(blocks, view.draft) },
    root_view_id: view.rootId,
    previous_view_id: view.previousId !== undefined && views.find(view.previousId) ? view.previousId : null,
  };
}

export function userJson(user: User): Json {
  const { email, real_name, ...rest } = user;
  return {
    ...rest,
    real_name,
    is_admin: false,
    is_owner: false,
    is_app_user: false,
    profile: { real_name, display_name: real_name, ...(email !== undefined && { email }), team: user.team_id },
  };
}

export function channelJson(channel: Channel, viewer: string): Json {
  const isIm = channel.kind === 'im';
  const other = channel.members.find((member) => member !== viewer);
  return {
    id: channel.id,
    ...(isIm ? { user: other } : { name: channel.name, name_normalized: channel.name }),
    is_channel: !isIm && !channel.isPrivate,
    is_group: !isIm && channel.isPrivate,
    is_im: isIm,
    is_mpim: false,
    is_private: channel.isPrivate,
    is_archived: channel.isArchived,
    is_shared: channel.isExtShared,
    is_ext_shared: channel.isExtShared,
    is_org_shared: false,
    is_member: channel.members.includes(viewer),
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}

export function groupJson(group: Group, teamId: string): Json {
  return {
    id: group.id,
    team_id: teamId,
    is_usergroup: true,
    name: group.handle,
    handle: group.handle,
    date_update: group.updatedSeconds,
    date_delete: 0,
    user_count: group.users.length,
  };
}
