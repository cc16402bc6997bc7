import type { Json } from '../workspace/as-json.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Deliveries } from './deliveries.ts';
import { verificationToken } from './envelopes.ts';

/** Sends an event to the app if the app has asked for its kind. */
export type TellApp = (event: Json & { readonly type: string }) => void;

/** What an app hears of unless it names its own list. */
export const usualEvents: readonly string[] = ['app_home_opened', 'app_mention', 'message'];

export function makeTellApp(workspace: Workspace, deliveries: Deliveries, wanted: () => readonly string[]): TellApp {
  return function tellApp(event) {
    if (!wanted().includes(event.type)) return;
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
