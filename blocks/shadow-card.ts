import type { ShadowTest } from '../src/shadow/shadow-test.ts';
import { type ButtonFace, buttons, type MenuItem, type Row } from './buttons.ts';
import { foreign, foreignName, foreignSentence } from './foreign.ts';
import type { Message } from './message.ts';
import { percent } from './numbers.ts';
import { code, fact, facts, footer, headerOf, type Line, message, moment, nameOf, person, utc } from './parts.ts';
import { answer } from './sentence.ts';

const titles = {
  starting: { glyph: '⏳', title: 'Shadow test starts' },
  running: { glyph: '🎭', title: 'Shadow test started' },
  stopping: { glyph: '⏳', title: 'Shadow test stops' },
  closed: { glyph: '✅', title: 'Shadow test ended' },
} as const;

/** A shadow test: which candidate plays beside which version, on how much traffic, until when. */
export function shadowCard(test: ShadowTest): Message {
  const { title, glyph } = titles[test.state.kind];
  return message(
    textOf(test),
    headerOf(test.model, (name) => `${glyph} ${title} · ${besideWords(test, name)}`),
    facts([
      ...(test.state.kind === 'closed' ? closedLines(test, test.state) : openLines(test)),
      fact('Serving', `version\u00a0${test.productionVersion} on ${foreignName(test.productionVariant, 30)}`),
      fact(
        'By',
        test.state.kind === 'closed' ? person(test.startedBy) : nameOf(test.startedBy),
        `, ${test.startChange}`,
      ),
    ]),
    buttons(test.id, editOf(test), rowOf(test)),
    footer(`${test.id} · ${foreignName(test.shadowConfig)}`),
  );
}

/** `employee-promotion 2 beside 1` */
export function besideWords(
  test: Pick<ShadowTest, 'model' | 'candidateVersion' | 'productionVersion'>,
  name: string = foreignName(test.model, 48),
): string {
  return `${name} ${test.candidateVersion} beside\u00a0${test.productionVersion}`;
}

function textOf(test: ShadowTest): string {
  const { glyph, title } = titles[test.state.kind];
  const what = `${glyph} ${title}: ${besideWords(test)}`;
  if (test.state.kind === 'closed') {
    return `${what}, ${utc(test.state.at)}. ${foreignSentence(test.state.because, 160)} Version\u00a0${test.productionVersion} serves alone.`;
  }
  const share = `${percent(test.samplingShare)} of requests mirrored until ${utc(test.endsAt)}`;
  return `${what}, by ${nameOf(test.startedBy)}. ${share}. Callers never see its answers.`;
}

function openLines(test: ShadowTest): readonly Line[] {
  const mirrors = `${percent(test.samplingShare)} of requests; answers of ${test.candidateVersion} reach nobody`;
  const lines = [
    fact('Mirrors', mirrors),
    fact('Variant', foreignName(test.shadowVariant)),
    fact('Since', moment(test.startedAt)),
    fact('Until', moment(test.endsAt)),
  ];
  return test.state.kind === 'stopping' ? [...lines, fact('Now', `${test.state.change} takes the shadow down`)] : lines;
}

type Closed = Extract<ShadowTest['state'], { kind: 'closed' }>;

function closedLines(test: ShadowTest, { at, because }: Closed): readonly Line[] {
  return [
    fact('Ended', foreign(because, 120), ', ', moment(at)),
    fact('From', moment(test.startedAt), ' to ', moment(at)),
    fact('Gone', `shadow ${foreignName(test.shadowVariant, 40)}; the endpoint runs ${foreignName(test.plainConfig)}`),
  ];
}

function rowOf(test: ShadowTest): Row {
  if (test.state.kind !== 'running') return { buttons: [] };
  return { buttons: [statusButton(test), stopButton(test)], menu: [promoteItem] };
}

type Named = Pick<ShadowTest, 'model'>;

export function statusButton({ model }: Named): ButtonFace {
  return { action: 'shadow.status', text: 'Status', label: `Status of the shadow test of ${model}` };
}

export function stopButton({ model }: Named, style?: 'primary'): ButtonFace {
  return {
    action: 'shadow.stop',
    text: 'Stop the test…',
    label: `Stop the shadow test of ${model}`,
    ...(style ? { style } : {}),
  };
}

export function promoteButton({ model }: Named, style?: 'primary'): ButtonFace {
  return {
    action: 'shadow.promote',
    text: 'Ask to promote…',
    label: `Plan the promotion of the candidate of ${model}`,
    ...(style ? { style } : {}),
  };
}

export const promoteItem: MenuItem = { action: 'shadow.promote', text: 'Ask to promote…' };
export const statusItem: MenuItem = { action: 'shadow.status', text: 'Status' };

/** Rises with every state of the test. */
function editOf({ state, startedAt }: ShadowTest): number {
  const order = { starting: 0, running: 1, stopping: 2, closed: 3 } as const;
  const since = state.kind === 'running' ? state.since : startedAt;
  return Math.abs(Math.floor(since / 1_000)) + order[state.kind];
}

export function noShadowCard(model: string): Message {
  const name = foreign(model, 60);
  return answer({
    glyph: 'information_source',
    what: `No shadow test runs on ${name}.`,
    next: ['type ', code(`/model shadow start ${name} 2`), ' with the version that shall play beside'],
    foot: 'only you see this',
  });
}
