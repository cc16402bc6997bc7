import type { Bot } from '../../handlers/bot.ts';
import { Changes } from '../changes/change.ts';
import { Incidents } from '../incidents/incident.ts';
import type { Kind } from '../ledger/kind.ts';
import { ShadowTests } from '../shadow/shadow-test.ts';
import { whisper } from '../slack/whisper.ts';
import type { makeAccessSide } from './access-side.ts';
import type { makeAlertSide } from './alert-side.ts';
import type { makeAuditSide } from './audit-side.ts';
import type { makeChangeSide } from './change-side.ts';
import type { SlackSide } from './connect-slack.ts';
import type { Ground } from './ground.ts';
import type { Journal } from './journal.ts';

export type Sides = {
  readonly access: ReturnType<typeof makeAccessSide>;
  readonly alerts: ReturnType<typeof makeAlertSide>;
  readonly audit: ReturnType<typeof makeAuditSide>;
  readonly changes: ReturnType<typeof makeChangeSide>;
  readonly slack: SlackSide;
  readonly track: Bot['track'];
  readonly journal: Journal;
};

/** Everything that a door may ask, filled with what does it. */
export function makeBot(ground: Ground, { access, alerts, audit, changes, slack, track, journal }: Sides): Bot {
  const { store, config, log } = ground;
  const readValue = async <T>(kind: Kind<T>, id: string): Promise<T | undefined> => (await store.find(kind, id))?.value;
  const models: Readonly<Record<string, (id: string) => Promise<string | undefined>>> = {
    change: async (id) => (await readValue(Changes, id))?.model,
    incident: async (id) => (await readValue(Incidents, id))?.model,
    'shadow-test': async (id) => (await readValue(ShadowTests, id))?.model,
    model: (id) => Promise.resolve(id),
  };
  return {
    models: Object.keys(config.models),
    access,
    journal,
    track,
    newRequestId: () => `R${ground.newId().slice(-12)}`,
    modelOf: async (kind, id) => models[kind]?.(id),
    whisper: async ({ user, subject, channel: there }, message) => {
      const card = await store.cards.find(`${subject.kind}:${subject.id}`);
      const model = await models[subject.kind]?.(subject.id);
      const channel = there ?? card?.channel ?? config.models[model ?? '']?.channel ?? config.alerts.channel;
      await whisper(slack.client, { user, channel }, message);
    },
    trouble: (where, error, requestId) => log.error({ where, error, requestId }, 'a door met trouble'),
    changes: { ...changes.acts, find: (id) => readValue(Changes, id) },
    incidents: {
      acknowledge: alerts.acts.acknowledgeIncident,
      resolve: alerts.acts.resolveIncident,
      reopen: alerts.acts.reopenIncident,
      replay: ({ id, by, requestId }) => alerts.acts.replayMessage({ messageId: id, by, requestId }),
      find: (id) => readValue(Incidents, id),
      open: alerts.openIncidents,
      unparsed: alerts.unparsed,
    },
    status: changes.status,
    versions: changes.versions,
    shadowOf: changes.shadowOf,
    audit: { page: audit.page, verify: audit.verify },
  };
}
