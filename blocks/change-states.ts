import type { ChangeState } from '../src/changes/change.ts';

/** Each state of a change as it stands in a sentence: "C212 is …". */
export const changeStateWords: Readonly<Record<ChangeState['kind'], string>> = {
  planned: 'planned',
  'awaiting-approval': 'waiting for approval',
  running: 'approved and running',
  succeeded: 'done',
  'rolled-back': 'rolled back',
  failed: 'failed',
  interrupted: 'interrupted',
  rejected: 'rejected',
  expired: 'expired',
  withdrawn: 'withdrawn',
  voided: 'void',
};
