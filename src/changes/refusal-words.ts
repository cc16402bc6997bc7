import type { ChangeRefusal } from './refusal.ts';

/** The end of a trail's sentence "… was refused: …". What a person reads is written in `blocks/`. */
export function refusalWords(refusal: ChangeRefusal): string {
  switch (refusal.kind) {
    case 'preflight':
      return refusal.findings
        .filter(({ level }) => level === 'stop')
        .map(({ sentence }) => sentence)
        .join(' ');
    case 'evidence-missing':
      return `version ${refusal.version} has no evidence: ${refusal.because}`;
    case 'evidence-not-met':
      return `version ${refusal.version} does not meet ${failing(refusal)}`;
    case 'no-way-back':
      return refusal.because;
    case 'endpoint-busy':
      return `${refusal.endpoint} is held by ${refusal.holder}`;
    case 'plan-changed':
      return `${refusal.what} changed since it was planned`;
    case 'already-decided':
      return `it is already ${refusal.state}`;
    default:
      return words[refusal.kind];
  }
}

function failing({ checks }: Extract<ChangeRefusal, { kind: 'evidence-not-met' }>): string {
  return checks
    .filter(({ pass }) => !pass)
    .map(({ metric }) => metric)
    .join(', ');
}

type Plain = Exclude<
  ChangeRefusal['kind'],
  | 'preflight'
  | 'evidence-missing'
  | 'evidence-not-met'
  | 'no-way-back'
  | 'endpoint-busy'
  | 'plan-changed'
  | 'already-decided'
>;

const words: Readonly<Record<Plain, string>> = {
  'unknown-model': 'there is no such model',
  'unknown-version': 'there is no such version',
  'no-candidate': 'there is no version to take',
  'already-serving': 'that version serves already',
  'nothing-serves': 'nothing serves yet',
  'shadow-running': 'a shadow test runs already',
  'no-shadow': 'no shadow test runs',
  'evidence-not-yet': 'the verdict that the policy asks for cannot be given yet',
  'unknown-change': 'there is no such change',
  'not-the-planner': 'it is somebody else’s',
  'own-request': 'whoever asks cannot approve',
  'not-an-approver': 'they are in none of the groups that still have to agree',
  'joined-later': 'they joined the group after it was planned',
  'already-voted': 'they have already agreed',
  expired: 'it has expired',
  'nothing-to-abort': 'there is nothing to abort',
};
