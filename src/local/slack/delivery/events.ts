import type { Json } from '../workspace/as-json.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Deliveries } from './deliveries.ts';
import { verificationToken } from './envelopes.ts';

/**
 * Sends an event to the app if the app has asked for its kind, as `message` or as the manifest writes it, `message.channels`.
 * The app's own messages are not told back to it; Bolt would drop them.
 */
export type TellApp = (event: Json & { readonly type: string }) => void;

/** What an app hears of unless it names its own list. */
export const usualEvents: readonly string[] = ['app_home_opened', 'app_mention', 'message'];

export function makeTellApp(workspace: Workspace, deliveries: Deliveries, wanted: () => readonly string[]): TellApp {
  return function tellApp(event) {
    if (!namesOf(event).some((name) => wanted().includes(name))) return;
    const { team, app } = workspace;
    const eventId = workspace.nextId('Ev');
    const channel = workspace.channels.get(String(event.channel ?? ''));
    const payload = {
      token: verificationToken,
      team_id: team.id,
      context_team_id: team.id,
      context_enterprise_id: null,
      api_app_id: app.id,
      event,
      type: 'event_callback',
      event_id: eventId,
      event_time: Math.floor(workspace.wall() / 1_000),
      authorizations: [
        { enterprise_id: null, team_id: team.id, user_id: app.botUserId, is_bot: true, is_enterprise_install: false },
      ],
      is_ext_shared_channel: channel?.isExtShared ?? false,
      event_context: `4-${eventId}`,
    };
    deliveries.sendEvent({ kind: 'events_api', label: `event ${event.type} ${eventId}`, payload });
  };
}

const placesInManifest: Readonly<Record<string, string>> = { channel: 'channels', group: 'groups', im: 'im' };

function namesOf(event: Parameters<TellApp>[0]): readonly string[] {
  const place = placesInManifest[String(event.channel_type)];
  return place === undefined ? [event.type] : [event.type, `${event.type}.${place}`];
}
