import { describe, expect, it } from 'vitest';
import type { Change, ChangeState } from '../../src/changes/change.ts';
import {
  aborting,
  asked,
  discarded,
  ended,
  expired,
  mayAsk,
  planKeptMs,
  planned,
  rejected,
  started,
  voted,
  withdrawn,
} from '../../src/changes/change-life.ts';
import { ana, bo, order, plan } from './facts-kit.ts';

const at = order.plannedAt;
const fresh = planned({
  id: 'C212',
  model: 'promo',
  channel: 'C0',
  requestId: 'r',
  plan: plan(),
  requestedBy: ana,
  requestedAt: at,
});
const waiting = asked(fresh, at, 1_000);
const running = started(waiting, at, fresh.plan);
const live = ended(running, { kind: 'succeeded' }, at);
const gone = expired(fresh, at + planKeptMs) ?? fresh;

const membersNow = { S0APPROVERS: [bo.user] };
const deeds: Readonly<Record<string, (change: Change) => { ok: boolean }>> = {
  ask: (change) => mayAsk(change, { by: ana, at }),
  approve: (change) => voted(change, { by: bo, at, membersNow }),
  reject: (change) => rejected(change, { by: bo, at }, 'no'),
  withdraw: (change) => withdrawn(change, { by: ana, at }),
  discard: (change) => discarded(change, { by: ana, at }),
  abort: (change) => aborting(change, { by: bo, at }),
};
const possible = (change: Change) => Object.keys(deeds).filter((deed) => deeds[deed]?.(change).ok);

describe('what can be done with a change', () => {
  it.each<[ChangeState['kind'], Change, readonly string[]]>([
    ['planned', fresh, ['ask', 'discard']],
    ['awaiting-approval', waiting, ['approve', 'reject', 'withdraw']],
    ['running', running, ['abort']],
    ['succeeded', live, []],
    ['expired', gone, []],
  ])('while it is %s', (kind, change, deedsThen) => {
    expect(change.state.kind).toBe(kind);
    expect(possible(change)).toEqual(deedsThen);
  });

  it('aborting twice is once', () => {
    const once = aborting(running, { by: bo, at });
    expect(once.ok && possible(once.value)).toEqual([]);
  });

  it('what has no abort alarm cannot be aborted', () => {
    const first = plan({ serving: undefined, servingReport: undefined });
    expect(possible(started(waiting, at, first))).toEqual([]);
  });

  it('time ends plans and requests, and nothing else', () => {
    const late = at + 2 * planKeptMs;
    expect([fresh, waiting, running, live].map((change) => expired(change, late)?.state.kind)).toEqual([
      'expired',
      'expired',
      undefined,
      undefined,
    ]);
    expect(expired(fresh, at + planKeptMs - 1)).toBeUndefined();
  });

  it('whoever comes too late learns what it is now, and through whom', () => {
    const no = rejected(waiting, { by: bo, at }, 'not now');
    expect(no.ok && voted(no.value, { by: bo, at, membersNow })).toMatchObject({
      refusal: { kind: 'already-decided', state: 'rejected', by: 'Bo' },
    });
  });
});
