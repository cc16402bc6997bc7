import { resolveForm } from '../../blocks/forms.ts';
import { incidentRefused, timelineCard } from '../../blocks/incident-answers.ts';
import type { Message } from '../../blocks/message.ts';
import { replayRefused } from '../../blocks/replay-refused.ts';
import type { Incident } from '../../src/incidents/incident.ts';
import type { IncidentRefusal } from '../../src/incidents/refusal.ts';
import type { Result } from '../../src/kernel/result.ts';
import type { ActionDoor, FormDoor, Press } from '../door.ts';

export const incidentActions: Readonly<Record<string, ActionDoor>> = {
  'incident.acknowledge': {
    role: 'operator',
    subject: 'incident',
    run: async (bot, press) => orRefusal(await bot.incidents.acknowledge(press), press),
  },
  'incident.reopen': {
    role: 'operator',
    subject: 'incident',
    run: async (bot, press) => orRefusal(await bot.incidents.reopen(press), press),
  },
  'incident.resolve': {
    role: 'operator',
    subject: 'incident',
    run: async (bot, press) => {
      const incident = await bot.incidents.find(press.id);
      if (!incident) return incidentRefused({ kind: 'unknown-incident', id: press.id }, press.requestId);
      await press.openForm(resolveForm(incident));
      return undefined;
    },
  },
  'incident.timeline': {
    role: 'viewer',
    subject: 'incident',
    run: async (bot, press) => {
      const incident = await bot.incidents.find(press.id);
      return incident
        ? timelineCard(incident)
        : incidentRefused({ kind: 'unknown-incident', id: press.id }, press.requestId);
    },
  },
  'inbox.replay': {
    role: 'operator',
    subject: 'inbox',
    run: async (bot, press) => {
      const read = await bot.incidents.replay(press);
      return read.ok ? undefined : replayRefused(read.refusal, press.requestId);
    },
  },
};

export const incidentForms: Readonly<Record<string, FormDoor>> = {
  'incident.resolve': {
    role: 'operator',
    subject: 'incident',
    run: async (bot, sent) => orRefusal(await bot.incidents.resolve({ ...sent, note: sent.values.note }), sent),
  },
};

function orRefusal(
  done: Result<Incident, IncidentRefusal>,
  { requestId }: Pick<Press, 'requestId'>,
): Message | undefined {
  return done.ok ? undefined : incidentRefused(done.refusal, requestId);
}
