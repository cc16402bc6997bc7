import type { Incident } from '../src/incidents/incident.ts';
import type { ButtonFace, MenuItem } from './buttons.ts';

/** A way back is offered beside the alarm while the last change is this young; later it is planned by command. */
const youngMs = 24 * 3_600_000;

type Named = Pick<Incident, 'what' | 'model'>;

export function acknowledge({ what, model }: Named): ButtonFace {
  return {
    action: 'incident.acknowledge',
    text: 'Acknowledge',
    label: `Acknowledge: ${what} on ${model}`,
    style: 'primary',
  };
}

export function resolve({ what, model }: Named): ButtonFace {
  return { action: 'incident.resolve', text: 'Resolve…', label: `Resolve: ${what} on ${model}` };
}

export function reopen({ what, model }: Named): ButtonFace {
  return { action: 'incident.reopen', text: 'Reopen', label: `Reopen: ${what} on ${model}` };
}

export function timeline({ what, model }: Named): ButtonFace {
  return { action: 'incident.timeline', text: 'Timeline', label: `Timeline: ${what} on ${model}` };
}

/** The change that a roll back would take back; its plan is shown before anything is sent. */
export function rollBack(incident: Incident): readonly ButtonFace[] {
  const { lastChange, model } = incident;
  if (!lastChange || !mayRollBack(incident)) return [];
  return [
    {
      action: 'change.roll-back',
      text: 'Roll back…',
      label: `Roll back ${model} from version\u00a0${lastChange.to}`,
      about: lastChange.id,
    },
  ];
}

export function mayRollBack({ lastChange, openedAt }: Pick<Incident, 'lastChange' | 'openedAt'>): boolean {
  return lastChange?.from !== undefined && openedAt - lastChange.at < youngMs;
}

export function menuOf(items: readonly ('resolve' | 'timeline')[]): readonly MenuItem[] {
  const all = {
    resolve: { action: 'incident.resolve', text: 'Resolve…' },
    timeline: { action: 'incident.timeline', text: 'Timeline' },
  } as const;
  return items.map((item) => all[item]);
}
