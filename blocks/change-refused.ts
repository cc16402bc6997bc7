import type { ChangeRefusal } from '../src/changes/refusal.ts';
import { changeUndecided, type Undecided } from './change-undecided.ts';
import { checkWords } from './evidence-words.ts';
import { foreign, foreignName, foreignSentence } from './foreign.ts';
import type { Message } from './message.ts';
import { plural } from './numbers.ts';
import { code, emoji, fact, type Line, line, moment, nameOf } from './parts.ts';
import { type Answer, answer } from './sentence.ts';

/** Why a change was not planned, asked, approved or started; and what to do instead. */
export function changeRefused(refusal: ChangeRefusal, requestId: string): Message {
  return answer({ ...answerTo(refusal), foot: `request ${requestId} · only you see this` });
}

type Unknown = Of<'unknown-model' | 'unknown-version' | 'unknown-change' | 'no-candidate' | 'no-shadow'>;
type Blocked = Of<
  'already-serving' | 'nothing-serves' | 'no-way-back' | 'shadow-running' | 'endpoint-busy' | 'preflight'
>;
type Unproven = Of<'evidence-missing' | 'evidence-not-met' | 'evidence-not-yet'>;
type Of<K extends ChangeRefusal['kind']> = Extract<ChangeRefusal, { kind: K }>;

function answerTo(refusal: Unknown | Blocked | Unproven | Undecided): Answer {
  switch (refusal.kind) {
    case 'unknown-model':
    case 'unknown-version':
    case 'unknown-change':
    case 'no-candidate':
    case 'no-shadow':
      return unknown(refusal);
    case 'already-serving':
    case 'nothing-serves':
    case 'no-way-back':
    case 'shadow-running':
    case 'endpoint-busy':
    case 'preflight':
      return blocked(refusal);
    case 'evidence-missing':
    case 'evidence-not-met':
    case 'evidence-not-yet':
      return unproven(refusal);
    default:
      return changeUndecided(refusal);
  }
}

function unknown(refusal: Unknown): Answer {
  switch (refusal.kind) {
    case 'unknown-model':
      return {
        glyph: 'question',
        what: `Not planned: there is no model ${foreign(refusal.model, 60)} in the configuration.`,
        next: [`use ${someOf(refusal.known)}`],
      };
    case 'unknown-version':
      return {
        glyph: 'question',
        what: `Not planned: ${foreignName(refusal.model, 48)} has no version\u00a0${foreign(refusal.wanted, 40)}.`,
        why:
          refusal.known.length === 0
            ? 'No version is registered yet.'
            : `Registered: ${refusal.known.slice(-8).join(', ')}.`,
        next: [code(`/model versions ${refusal.model}`), ' lists them'],
      };
    case 'unknown-change':
      return {
        glyph: 'question',
        what: `Not done: there is no change ${foreign(refusal.id, 40)}.`,
        next: [code('/model status'), ' and a model list the open ones'],
      };
    case 'no-candidate':
      return {
        glyph: 'question',
        what: `Not planned: it is not said which version of ${foreignName(refusal.model, 48)}.`,
        why: 'No shadow test runs, so there is no candidate to take.',
        next: ['name it: ', code(`/model promote ${refusal.model} 2`)],
      };
    case 'no-shadow':
      return {
        glyph: 'question',
        what: `Not planned: no shadow test runs on ${foreignName(refusal.model, 48)}.`,
        next: ['start one: ', code(`/model shadow start ${refusal.model} 2`)],
      };
    default:
      return refusal satisfies never;
  }
}

function someOf(known: readonly string[]): string {
  const shown = known.slice(0, 3).map((name) => foreignName(name, 40));
  const more = known.length > 3 ? ` and ${known.length - 3} more` : '';
  return shown.length === 0 ? 'a model of the configuration' : `one of ${shown.join(', ')}${more}`;
}

function blocked(refusal: Blocked): Answer {
  switch (refusal.kind) {
    case 'already-serving':
      return {
        glyph: 'information_source',
        what: `Not planned: version\u00a0${refusal.version} of ${foreignName(refusal.model, 48)} serves already.`,
        next: ['nothing to do'],
      };
    case 'nothing-serves':
      return {
        glyph: 'no_entry',
        what: `Not planned: nothing serves behind ${foreignName(refusal.model, 48)}.`,
        next: ['deploy a version: ', code(`/model deploy ${refusal.model} 1`)],
      };
    case 'no-way-back':
      return {
        glyph: 'no_entry',
        what: `Not planned: there is no version of ${foreignName(refusal.model, 48)} to go back to.`,
        why: foreignSentence(refusal.because, 280),
        next: [code(`/model versions ${refusal.model}`), ', then deploy one of them'],
      };
    case 'shadow-running':
      return {
        glyph: 'lock',
        what: `Not planned: shadow test ${refusal.shadowTest} runs on ${foreignName(refusal.model, 48)}.`,
        next: ['stop it: ', code(`/model shadow stop ${refusal.model}`)],
      };
    case 'endpoint-busy':
      return {
        glyph: 'lock',
        what: `Not started: ${foreignName(refusal.endpoint)} is busy.`,
        why: [
          `${refusal.holder} of ${nameOf({ name: refusal.by })} holds it since `,
          moment(refusal.since),
          '. Nothing changed.',
        ],
        next: [`wait until ${refusal.holder} has ended, then press again`],
      };
    case 'preflight':
      return preflight(refusal);
    default:
      return refusal satisfies never;
  }
}

/** Two lines for each finding fill a phone after five of them. */
const findingsShown = 5;

function preflight({ model, findings, checks }: Of<'preflight'>): Answer {
  const stops = findings.filter((finding) => finding.level === 'stop');
  const hidden = stops.length - findingsShown;
  const lines = stops
    .slice(0, findingsShown)
    .flatMap(({ sentence: found, fix }): readonly Line[] => [
      line(emoji('x'), ` ${foreign(found, 200)}`),
      ...(fix === undefined ? [] : [fact('Fix', foreign(fix, 200))]),
    ]);
  return {
    glyph: 'no_entry',
    what: `Not done: ${stops.length} of ${plural(checks, 'check')} stop it on ${foreignName(model, 48)}.`,
    why: 'Nothing was sent to AWS.',
    more: [...lines, ...(hidden > 0 ? [line(`and ${hidden} more`)] : [])],
    next: ['mend it, then try again'],
  };
}

function unproven(refusal: Unproven): Answer {
  switch (refusal.kind) {
    case 'evidence-missing':
      return {
        glyph: 'no_entry',
        what: `Not planned: ${versionOf(refusal)} has no evidence to show.`,
        why: foreignSentence(refusal.because, 280),
        next: ['register the version with its report on held-out rows'],
      };
    case 'evidence-not-met':
      return {
        glyph: 'no_entry',
        what: `Not planned: ${versionOf(refusal)} does not pass the quality gate.`,
        more: refusal.checks
          .filter((check) => !check.pass)
          .slice(0, findingsShown)
          .map((check) => line(emoji('x'), ` ${checkWords(check)}`)),
        next: ['train a better one, or change the gate in ', code('understudy.yml')],
      };
    case 'evidence-not-yet':
      return {
        glyph: 'no_entry',
        what: `Not planned: ${foreignName(refusal.model, 48)} asks for a ${foreign(refusal.asked, 40)}, which nothing gives yet.`,
        next: ['set ', code('evidence.promote: gate'), ' in ', code('understudy.yml')],
      };
    default:
      return refusal satisfies never;
  }
}

function versionOf({ version, model }: { readonly version: number; readonly model: string }): string {
  return `version\u00a0${version} of ${foreignName(model, 48)}`;
}
