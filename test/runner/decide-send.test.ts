import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/kernel/fault.ts';
import { afterFault, beforeSend, decideSend, settleMs, type Unsettled } from '../../src/runner/decide-send.ts';
import type { Look } from '../../src/runner/operation.ts';

const wanted: Unsettled = { kind: 'wanted', refusals: 0 };
const sent = (parts: Partial<Extract<Unsettled, { kind: 'sent' }>> = {}): Extract<Unsettled, { kind: 'sent' }> => ({
  kind: 'sent',
  at: 0,
  tries: 1,
  looks: 0,
  ...parts,
});
const absent: Look = { kind: 'absent' };
const thrown = (fault: Fault, refusals = 0) => afterFault(sent({ at: 1_000 }), refusals, fault);

describe('look before you leap', () => {
  it.each<{ what: string; state: Unsettled; look: Look; kind: string }>([
    { what: 'nothing is there and nothing was sent: send', state: wanted, look: absent, kind: 'send' },
    { what: 'what was to be made is there already: done', state: wanted, look: { kind: 'ours' }, kind: 'found' },
    { what: 'the lost answer’s effect is there: done', state: sent(), look: { kind: 'ours' }, kind: 'found' },
    {
      what: 'something else has the name: fail',
      state: wanted,
      look: { kind: 'foreign', says: 'exists' },
      kind: 'fail',
    },
    { what: 'the endpoint is busy: wait', state: wanted, look: { kind: 'busy', says: 'updating' }, kind: 'wait' },
    { what: 'it may have arrived: look again first', state: sent(), look: absent, kind: 'wait' },
    {
      what: 'it may have arrived, twice looked for in vain: send again',
      state: sent({ looks: 1, lookedAt: 0 }),
      look: absent,
      kind: 'send',
    },
  ])('$what', ({ state, look, kind }) => {
    expect(decideSend(state, look, settleMs).kind).toBe(kind);
  });

  it('two looks within the settling time are one', () => {
    expect(decideSend(sent({ looks: 1, lookedAt: 0 }), absent, settleMs - 1)).toMatchObject({
      kind: 'wait',
      until: settleMs,
    });
  });

  it('gives up when AWS has swallowed it eight times', () => {
    expect(decideSend(sent({ looks: 1, lookedAt: 0, tries: 8 }), absent, settleMs)).toMatchObject({
      kind: 'fail',
      code: 'no-answer',
    });
  });

  it('counts each sending before it leaves', () => {
    expect(beforeSend(wanted, 7)).toEqual(sent({ at: 7 }));
    expect(beforeSend(sent({ looks: 1 }), 7)).toEqual(sent({ at: 7, tries: 2 }));
  });
});

describe('a call that threw', () => {
  it('with its answer lost stays sent, to be looked for', () => {
    const lost = new Fault('aws-timed-out', 'no answer', { retryable: true, ambiguous: true });
    expect(thrown(lost)).toMatchObject({ kind: 'unsettled', state: { kind: 'sent' }, until: 1_000 + settleMs });
  });

  it('because the name is taken is looked at: it may be our own', () => {
    expect(thrown(new Fault('aws-exists', 'already existing'))).toMatchObject({ state: { kind: 'sent' } });
  });

  it.each([
    [0, 2_000],
    [3, 9_000],
    [20, 61_000],
  ])('throttled for the %ith time waits, longer each time, a minute at most', (refusals, until) => {
    const throttled = new Fault('aws-throttled', 'Rate exceeded', { retryable: true });
    expect(thrown(throttled, refusals)).toMatchObject({ state: { kind: 'wanted', refusals: refusals + 1 }, until });
  });

  it('because it was denied has failed, with the action in the sentence', () => {
    const denied = new Fault('aws-denied', 'not authorized to perform: sagemaker:CreateModel');
    expect(thrown(denied)).toEqual({
      kind: 'failed',
      code: 'aws-denied',
      message: expect.stringContaining('sagemaker:CreateModel'),
    });
  });
});
