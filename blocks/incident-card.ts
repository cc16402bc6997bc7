import type { Incident, Severity } from '../src/incidents/incident.ts';
import { spanText } from '../src/kernel/time.ts';
import { buttons, type Row } from './buttons.ts';
import { foreign, sentencesOf } from './foreign.ts';
import { acknowledge, mayRollBack, menuOf, reopen, resolve, rollBack, timeline } from './incident-buttons.ts';
import {
  changedLines,
  footText,
  limitLine,
  onCallLine,
  openLine,
  seenLines,
  servingLines,
  sinceLine,
  worstWords,
} from './incident-lines.ts';
import type { Message } from './message.ts';
import { limitOf, valueBeside } from './numbers.ts';
import { fact, facts, footer, headerOf, type Line, message, moment, nameOf, person, told, utc } from './parts.ts';

const glyphs: Readonly<Record<Severity, string>> = { critical: '🚨', high: '🔴', low: '🔶' };

/** One card for the whole life of an incident: facts stay, the header, the owner's line and the buttons change. */
export function incidentCard(incident: Incident): Message {
  switch (incident.state.kind) {
    case 'firing':
      return liveCard(incident, {
        title: `${glyphs[incident.severity]} Firing, ${incident.severity}`,
        who: onCallLine(incident),
        row: {
          buttons: [acknowledge(incident), ...rollBack(incident)],
          menu: menuOf(['resolve', 'timeline']),
        },
      });
    case 'acknowledged':
      return liveCard(incident, {
        title: `👀 Acknowledged, ${incident.severity}`,
        who: ownerLine(incident, incident.state),
        row: { buttons: [...rollBack(incident), resolve(incident)], menu: menuOf(['timeline']) },
      });
    case 'resolved':
      return resolvedCard(incident, incident.state);
    default:
      return incident.state satisfies never;
  }
}

type Dress = { readonly title: string; readonly who: Line; readonly row: Row };

function liveCard(incident: Incident, { title, who, row }: Dress): Message {
  const reason = incident.measure ? '' : incident.reason;
  return message(
    liveText(incident, title),
    headerOf(incident.model, (name) => `${title} · ${whatWithValue(incident)} · ${name}`),
    told([limitLine(incident)], { quote: reason }, [
      sinceLine(incident),
      ...seenLines(incident),
      ...servingLines(incident),
      ...changedLines(incident),
      who,
      openLine(incident),
    ]),
    buttons(incident.id, editOf(incident), row),
    footer(footText(incident)),
  );
}

function liveText(incident: Incident, title: string): string {
  const { measure, serving, lastChange, state } = incident;
  const limit = measure ? `, limit ${limitOf(measure.limit, measure.unit)}` : '';
  const told = [
    `${title}: ${whatWithValue(incident)} on ${incident.model}${limit}`,
    `Since ${utc(incident.openedAt)}`,
    ...(incident.confirmed ? [] : ['Reported, not confirmed at CloudWatch']),
    ...(measure || incident.reason === '' ? [] : [`CloudWatch says: ${foreign(incident.reason, 160)}`]),
    ...(serving ? [`Serving version\u00a0${serving.version}`] : []),
    ...(lastChange
      ? [`Last change ${lastChange.id} by ${nameOf({ name: lastChange.by })}, ${utc(lastChange.at)}`]
      : []),
    state.kind === 'acknowledged' ? `${nameOf(state.by)} has it` : pressWords(incident),
  ];
  return sentencesOf(told);
}

function pressWords(incident: Incident): string {
  return mayRollBack(incident) ? 'You can acknowledge, resolve or roll back' : 'You can acknowledge or resolve';
}

export function whatWithValue({ what, measure }: Pick<Incident, 'what' | 'measure'>): string {
  return measure ? `${what} ${valueBeside(measure.value, measure.limit, measure.unit)}` : what;
}

type Acknowledged = Extract<Incident['state'], { kind: 'acknowledged' }>;
type Resolved = Extract<Incident['state'], { kind: 'resolved' }>;

function ownerLine(incident: Incident, { by, at }: Acknowledged): Line {
  return fact('Owner', person(by), ' since ', moment(at, 'time'), `, after ${spanText(at - incident.openedAt)}`);
}

function resolvedCard(incident: Incident, state: Resolved): Message {
  const { what, model, openedAt } = incident;
  const took = spanText(state.at - openedAt);
  const ended = endWords(incident, state);
  const note = state.how.kind === 'person' ? (state.how.note ?? '') : '';
  return message(
    `✅ Resolved after ${took}: ${what} on ${model}, ${ended}. ${wasSentence(incident)}From ${utc(openedAt)} to ${utc(state.at)}.`,
    headerOf(model, (name) => `✅ Resolved after ${took} · ${what} · ${name}`),
    facts(
      [
        ...wasLines(incident),
        fact('From', moment(openedAt), ' to ', moment(state.at, 'time')),
        ...seenLines(incident),
        hadLine(incident, state),
        fact('Ended', ended),
      ],
      note,
    ),
    buttons(incident.id, editOf(incident), { buttons: [timeline(incident), reopen(incident)] }),
    footer(footText(incident)),
  );
}

function hadLine(incident: Incident, { owner }: Resolved): Line {
  if (!owner) return fact('Owner', 'nobody had acknowledged it');
  return fact('Owner', person(owner.by), `, acknowledged after ${spanText(owner.at - incident.openedAt)}`);
}

export function endWords({ measure }: Pick<Incident, 'measure'>, { how }: Resolved): string {
  if (how.kind === 'person') return `resolved by ${nameOf(how.by)}`;
  const value = how.value === undefined || !measure ? '' : `, ${valueBeside(how.value, measure.limit, measure.unit)}`;
  return `by itself: alarm back to OK${value}`;
}

function wasLines({ measure, reason }: Incident): readonly Line[] {
  if (measure) return [fact('Was', `${worstWords(measure)} · limit ${limitOf(measure.limit, measure.unit)}`)];
  return reason === '' ? [] : [fact('Said', foreign(reason, 120))];
}

function wasSentence({ measure }: Incident): string {
  return measure ? `It was ${worstWords(measure)}, limit ${limitOf(measure.limit, measure.unit)}. ` : '';
}

/** Rises with every state and every repeat, so that block ids change with each edit. The timeline alone is cut at its end. */
function editOf({ timeline: moments, seen, openedAt }: Incident): number {
  const newest = Math.max(...moments.map(({ at }) => at), openedAt);
  return Math.abs(Math.floor(newest / 1_000)) + moments.length + seen;
}
