import { interaction } from '../delivery/envelopes.ts';
import { addReaction } from '../web-api/marks.ts';
import { messageJson, viewJson } from '../workspace/as-json.ts';
import { currentOf, type StoredMessage } from '../workspace/messages.ts';
import type { User } from '../workspace/workspace.ts';
import type { Stage } from './ground.ts';
import { type Seen, seenAfter } from './seen.ts';
import { getMessageFor, type MessageRef } from './target.ts';

/** Writes a message; the app hears of it as `message`, and as `app_mention` when it is named. */
export function say(stage: Stage, user: User, at: { channel: string; text: string; threadTs?: string }): StoredMessage {
  const { workspace } = stage;
  const channel = workspace.channels.get(at.channel);
  if (!channel || !workspace.maySee(user.id, at.channel)) throw new Error(`${user.id} cannot write in ${at.channel}`);
  const message = stage.messages.post({ ...at, user: user.id });
  if (!channel.members.includes(workspace.app.botUserId)) return message;
  const event = {
    ...messageJson(workspace, message),
    channel: channel.id,
    event_ts: message.ts,
    user_team: user.team_id,
    source_team: user.team_id,
  };
  const channelType = channel.kind === 'im' ? 'im' : channel.isPrivate ? 'group' : 'channel';
  stage.tellApp({ ...event, type: 'message', channel_type: channelType });
  const mention = `<@${workspace.app.botUserId}>`;
  if (currentOf(message).text.includes(mention)) stage.tellApp({ ...event, type: 'app_mention' });
  return message;
}

export function react(stage: Stage, user: User, at: { on: MessageRef; name: string }): void {
  const message = getMessageFor(stage, user.id, at.on);
  addReaction(message, at.name, user.id);
  stage.tellApp({
    type: 'reaction_added',
    user: user.id,
    reaction: at.name,
    item_user: message.user,
    item: { type: 'message', channel: message.channel, ts: message.ts },
    event_ts: stage.workspace.nextTs(),
  });
}

/** Opens the app's Home tab; what it shows is what the app publishes, now or after it has heard of this. */
export function openHome(stage: Stage, user: User): void {
  const { workspace, views } = stage;
  const home = views.homeOf(user.id);
  stage.tellApp({
    type: 'app_home_opened',
    user: user.id,
    channel: workspace.directChannel(user.id).id,
    tab: 'home',
    event_ts: workspace.nextTs(),
    ...(home && { view: viewJson(workspace, views, home) }),
  });
}

/** Picks one of the app's entries in the menu of a message. */
export async function shortcut(stage: Stage, user: User, at: { on: MessageRef; callbackId: string }): Promise<Seen> {
  const { workspace } = stage;
  const message = getMessageFor(stage, user.id, at.on);
  const payload = {
    type: 'message_action',
    ...interaction(workspace, user, stage.triggers.mint(user.id, false)),
    callback_id: at.callbackId,
    action_ts: workspace.nextTs(),
    message_ts: message.ts,
    message: messageJson(workspace, message),
    channel: { id: message.channel, name: workspace.channels.get(message.channel)?.name ?? '' },
    response_url: stage.responseUrls.mint({ user: user.id, channel: message.channel }),
  };
  const label = `shortcut ${at.callbackId} by ${user.id}`;
  return seenAfter(await stage.deliveries.send({ kind: 'interactive', label, payload }), 'This shortcut');
}
