import type { Change, ChangeIn, ChangeState } from '../src/changes/change.ts';
import { approvalCard, endedApprovalCard } from './approval-card.ts';
import type { Message } from './message.ts';
import { planCard } from './plan-card.ts';
import { runningCard } from './rollout-card.ts';
import { rolledBackCard, stoppedCard, succeededCard } from './rollout-ends.ts';

type Faces = { readonly [K in ChangeState['kind']]: (change: ChangeIn<K>) => Message };

/** One card for the whole life of a change; a new state does not compile until it has a face. */
const faces: Faces = {
  planned: planCard,
  'awaiting-approval': approvalCard,
  running: runningCard,
  succeeded: succeededCard,
  'rolled-back': rolledBackCard,
  failed: stoppedCard,
  interrupted: stoppedCard,
  rejected: endedApprovalCard,
  expired: endedApprovalCard,
  withdrawn: endedApprovalCard,
  voided: endedApprovalCard,
};

export function changeCard(change: Change): Message {
  const face = faces[change.state.kind] as (change: Change) => Message;
  return face(change);
}
