import type { ChangeRefusal } from '../src/changes/refusal.ts';
import { changeStateWords } from './change-states.ts';
import { foreign } from './foreign.ts';
import { listed, moment, nameOf, type Piece, whoever } from './parts.ts';
import type { Answer } from './sentence.ts';

type Of<K extends ChangeRefusal['kind']> = Extract<ChangeRefusal, { kind: K }>;
type WrongPerson = Of<'not-the-planner' | 'own-request' | 'not-an-approver' | 'joined-later' | 'already-voted'>;
type TooLate = Of<'already-decided' | 'expired' | 'plan-changed' | 'nothing-to-abort'>;

/** Refusals of a press on a change that exists: wrong person, too late, or the world has moved on. */
export type Undecided = WrongPerson | TooLate;

const nouns = {
  deploy: 'deploy',
  promotion: 'promotion',
  rollback: 'rollback',
  'shadow-start': 'shadow test',
  'shadow-stop': 'stop',
} as const;

export function changeUndecided(refusal: Undecided): Answer {
  switch (refusal.kind) {
    case 'already-decided':
    case 'expired':
    case 'plan-changed':
    case 'nothing-to-abort':
      return tooLate(refusal);
    default:
      return wrongPerson(refusal);
  }
}

function wrongPerson(refusal: WrongPerson): Answer {
  switch (refusal.kind) {
    case 'not-the-planner':
      return {
        glyph: 'no_entry',
        what: `Not done: ${nameOf({ name: refusal.planner })} planned ${refusal.id}.`,
        why: 'Whoever plans a change asks for it and takes it back.',
        next: ['plan it yourself'],
      };
    case 'own-request':
      return {
        glyph: 'no_entry',
        what: `Not approved: you asked for this ${nouns[refusal.change]}, so somebody else has to approve it.`,
        next: ['wait for one of the approvers named on the card'],
      };
    case 'not-an-approver':
      return {
        glyph: 'no_entry',
        what: `Not approved: ${refusal.id} needs somebody else.`,
        next: askOneOf(refusal.groups),
      };
    case 'joined-later':
      return {
        glyph: 'no_entry',
        what: `Not approved: you joined the group after ${refusal.id} was planned.`,
        next: ['somebody who was in it then has to agree, or plan again'],
      };
    case 'already-voted':
      return {
        glyph: 'information_source',
        what: `You have approved ${refusal.id} already.`,
        why: 'One person counts once.',
        next: ['wait for the other approvals'],
      };
    default:
      return refusal satisfies never;
  }
}

function tooLate(refusal: TooLate): Answer {
  switch (refusal.kind) {
    case 'already-decided':
      return {
        glyph: 'alarm_clock',
        what: `Too late: ${refusal.id} is ${changeStateWords[refusal.state]}.`,
        why: `${decidedBy(refusal.by)}Your press changed nothing.`,
        next: ['look at its card'],
      };
    case 'expired':
      return {
        glyph: 'alarm_clock',
        what: `Too late: ${refusal.id} has expired.`,
        why: ['Its time ended ', moment(refusal.expiredAt), '. Nothing was sent to AWS.'],
        next: ['plan it again'],
      };
    case 'plan-changed':
      return {
        glyph: 'warning',
        what: `Not started: ${foreign(refusal.what, 60)} changed since the plan, so it is void.`,
        why: `It was ${foreign(refusal.was, 80)}, now it is ${foreign(refusal.is, 80)}. Nothing was sent to AWS.`,
        next: ['plan it again'],
      };
    case 'nothing-to-abort':
      return {
        glyph: 'alarm_clock',
        what: `Not aborted: ${refusal.id} is ${changeStateWords[refusal.state]}.`,
        why: 'Abort works once, while a rollout with alarms runs.',
        next: ['roll back instead, once it has ended'],
      };
    default:
      return refusal satisfies never;
  }
}

function decidedBy(by: string | undefined): string {
  return by === undefined ? '' : `Decided by ${nameOf({ name: by })}. `;
}

function askOneOf(groups: readonly string[]): readonly Piece[] {
  return groups.length === 0
    ? ['everybody whom it needs has agreed']
    : ['somebody of ', ...listed(groups.slice(0, 3).map(whoever)), ' has to agree'];
}
