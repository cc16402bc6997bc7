import type { InboxMessage } from '../src/alerts/inbox.ts';
import type { Incident } from '../src/incidents/incident.ts';
import { foreignName } from './foreign.ts';
import { whatWithValue } from './incident-card.ts';
import type { Message } from './message.ts';
import { plural } from './numbers.ts';
import { bold, emoji, facts, footer, header, type Line, line, message, moment, nameOf } from './parts.ts';

const incidentsShown = 8;
const messagesShown = 4;
const signs = { critical: 'rotating_light', high: 'red_circle', low: 'large_orange_diamond' } as const;

/** Open incidents, the worst first, and unread messages. Private. */
export function incidentListCard(open: readonly Incident[], unparsed: readonly InboxMessage[]): Message {
  const counts = `${plural(open.length, 'open incident')}, ${plural(unparsed.length, 'unparsed message')}`;
  const sorted = [...open].sort((a, b) => rank(a) - rank(b) || b.openedAt - a.openedAt);
  const worst = sorted[0];
  const first = worst ? ` First: ${worst.id}, ${whatWithValue(worst)} on ${worst.model}, ${ownerOf(worst)}.` : '';
  return message(
    `📊 ${counts}.${first}`,
    header(`📊 ${counts}`),
    facts([
      ...(open.length === 0 ? [line(emoji('white_check_mark'), ' No incident is open.')] : []),
      ...cut(sorted.map(incidentLine), incidentsShown, 'incident'),
      ...cut(unparsed.map(messageLine), messagesShown, 'message'),
    ]),
    footer('only you see this'),
  );
}

function rank({ state, severity }: Incident): number {
  return (state.kind === 'acknowledged' ? 3 : 0) + ['critical', 'high', 'low'].indexOf(severity);
}

function incidentLine(incident: Incident): Line {
  const sign = incident.state.kind === 'acknowledged' ? 'eyes' : signs[incident.severity];
  return line(
    emoji(sign),
    ' ',
    bold(incident.id),
    `  ${foreignName(incident.model, 40)} · ${whatWithValue(incident)} · ${ownerOf(incident)}, since `,
    moment(incident.openedAt),
  );
}

function messageLine(each: InboxMessage): Line {
  return line(emoji('question'), ' ', bold(each.name), '  unparsed, came ', moment(each.takenAt));
}

function cut(lines: readonly Line[], most: number, noun: string): readonly Line[] {
  const hidden = lines.length - most;
  return hidden <= 0 ? lines : [...lines.slice(0, most), line(`and ${plural(hidden, `more ${noun}`)}`)];
}

function ownerOf(incident: Incident): string {
  return incident.state.kind === 'acknowledged' ? `${nameOf(incident.state.by)} has it` : 'nobody has it';
}
