import type { Severity } from '../src/incidents/incident.ts';
import type { IncidentNoteFacts } from '../src/incidents/incident-notes.ts';
import { spanText } from '../src/kernel/time.ts';
import { foreign, foreignName, sentencesOf } from './foreign.ts';
import { momentLines } from './incident-answers.ts';
import { mayRollBack } from './incident-buttons.ts';
import { endWords, whatWithValue } from './incident-card.ts';
import { worstWords } from './incident-lines.ts';
import type { Message } from './message.ts';
import { fleet, limitOf, plural } from './numbers.ts';
import {
  bold,
  code,
  emoji,
  footer,
  type Line,
  line,
  link,
  message,
  moment,
  nameOf,
  type Piece,
  told,
  utc,
  whoever,
} from './parts.ts';
import { wordsOf } from './sentence.ts';

type Told = IncidentNoteFacts;
const signs: Readonly<Record<Severity, readonly [string, string]>> = {
  critical: ['🚨', 'rotating_light'],
  high: ['🔴', 'red_circle'],
  low: ['🔶', 'large_orange_diamond'],
};

/** The first reply: what is known and what to do. Also when the same problem was confirmed later or fires again. */
export function openerNote(facts: Told): Message {
  const known = knownLines(facts);
  const steps = stepLines(facts);
  return message(
    `${headWords(facts)}: ${whatWithValue(facts)} on ${facts.model}${limitText(facts)}. ${sentences(facts.measure ? known.slice(1) : known)} Next: ${sentences(steps)}`,
    told(
      [...headLines(facts), line(bold('What is known'))],
      { list: 'bullet', lines: known },
      facts.measure ? [] : { quote: facts.reason },
      [line(bold('What to do'))],
      { list: 'ordered', lines: steps },
    ),
    footer(
      `${facts.id} · facts of the moment when it ${facts.why === 'opened' ? 'fired' : 'changed'}; the card shows the present`,
    ),
  );
}

function limitText({ measure }: Told): string {
  return measure ? `, limit ${limitOf(measure.limit, measure.unit)}` : '';
}

function headWords({ why, id, severity }: Told): string {
  if (why === 'confirmed') return `${signs[severity][0]} ${id} is confirmed at CloudWatch, ${severity}`;
  if (why === 'reopened') return `${signs[severity][0]} ${id} fires again, ${severity}`;
  return `First facts for ${id}, ${severity}`;
}

/** Who has to act is mentioned once: in the card's first post, or here when it was not certain then or is so again. */
function headLines({ why, severity, confirmed, onCall }: Told): readonly Line[] {
  if (why === 'opened' || why === 'resolved') return [];
  const words = why === 'confirmed' ? 'Confirmed at CloudWatch' : 'Fires again';
  const call: readonly Piece[] = confirmed && onCall !== undefined ? [' · ', whoever(onCall)] : [];
  return [line(emoji(signs[severity][1]), ' ', bold(words), ...call)];
}

function knownLines(facts: Told): readonly Line[] {
  return [measureLine(facts), certaintyLine(facts), ...servingLines(facts), ...changeLines(facts)];
}

function measureLine({ measure, what, reason, openedAt }: Told): Line {
  const since = [', since ', moment(openedAt)];
  if (!measure) return line(`${what}${reason === '' ? ', no reason is given' : ' says'}`, ...since);
  const points = measure.datapoints === '' ? '' : `, ${measure.datapoints}`;
  return line(`${what} ${worstWords(measure)}, limit ${limitOf(measure.limit, measure.unit)}${points}`, ...since);
}

function certaintyLine({ confirmed }: Told): Line {
  return confirmed
    ? line('CloudWatch was asked and says ALARM itself')
    : line('Reported, not confirmed: CloudWatch did not say so itself; nobody was called');
}

function servingLines({ serving, variant }: Told): readonly Line[] {
  if (!serving) return [line('What serves could not be read')];
  const where = variant === undefined ? '' : ` as ${foreignName(variant, 30)}`;
  return [line(`Version\u00a0${serving.version} serves${where} on ${fleet(serving.instances, serving.instanceType)}`)];
}

function changeLines({ lastChange, openedAt }: Told): readonly Line[] {
  if (!lastChange) return [];
  const from = lastChange.from === undefined ? '' : `${lastChange.from}\u00a0→\u00a0`;
  const change = `${lastChange.id} (${from}${lastChange.to}) by ${nameOf({ name: lastChange.by })}`;
  const apart = openedAt - lastChange.at;
  return [line(apart < 0 ? `Changed since by ${change}` : `Started ${spanText(apart)} after ${change}`)];
}

function stepLines(facts: Told): readonly Line[] {
  const { runbook, lastChange, model } = facts;
  return [
    ...(facts.state.kind === 'firing' ? [line('Acknowledge on the card, so that others know who has it')] : []),
    ...(runbook === undefined ? [] : [line('Follow the ', link(runbook, 'runbook'))]),
    ...(mayRollBack(facts) && lastChange?.from !== undefined
      ? [
          line(
            `Roll back to version\u00a0${lastChange.from}: `,
            code(`/model rollback ${model}`),
            ', nobody else has to agree',
          ),
        ]
      : [line('Look at what serves: ', code(`/model status ${model}`))]),
  ];
}

function sentences(lines: readonly Line[]): string {
  return sentencesOf(lines.map(wordsOf));
}

/** First and last moments are kept: how it began, and how it ended. */
const momentsShown = 5;

/** The last reply: how it ended, and its timeline in five lines. */
export function resolvedNote(facts: Told): Message | undefined {
  const { state, model, what, openedAt, timeline } = facts;
  if (state.kind !== 'resolved') return undefined;
  const took = spanText(state.at - openedAt);
  const ended = endWords(facts, state);
  const note = state.how.kind === 'person' ? (state.how.note ?? '') : '';
  const hidden = timeline.length - momentsShown;
  const shown = hidden > 0 ? [...timeline.slice(0, 1), ...timeline.slice(1 - momentsShown)] : timeline;
  const [first, ...later] = momentLines(shown);
  return message(
    `✅ Resolved after ${took}: ${what} on ${model}, ${ended}. From ${utc(openedAt)} to ${utc(state.at)}. ${storyText(shown)}`,
    told(
      [
        line(emoji('white_check_mark'), ' ', bold(`Resolved after ${took}`), ` · ${ended}`),
        ...(first ? [first] : []),
        ...(hidden > 0 ? [line(`… ${plural(hidden, 'moment')} between`)] : []),
        ...later,
      ],
      { quote: note },
    ),
    footer(`${facts.id} · ${foreignName(facts.alarmName)}`),
  );
}

function storyText(moments: Told['timeline']): string {
  return sentencesOf(moments.map(({ sentence }) => foreign(sentence, 60)));
}
