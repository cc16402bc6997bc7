import { describe, expect, it } from 'vitest';
import { accept, refuse } from '../../src/kernel/result.ts';
import { makeSignallingCommit } from '../../src/wiring/signals.ts';
import { act } from '../kit/acts.ts';

const putOf = (kind: string) => ({ kind, id: 'x', body: {}, expected: 0 });
const card = { subject: { kind: 'incident', id: 'I1' }, channel: 'C0PROMO' };

function open(isTaken = true) {
  const woken: string[] = [];
  const commit = isTaken
    ? async () => accept(undefined)
    : async () => refuse({ kind: 'lost-race' as const, item: { kind: 'change', id: 'x' } });
  const wakes = {
    outbox: () => woken.push('outbox'),
    inbox: () => woken.push('inbox'),
    changes: () => woken.push('changes'),
  };
  return { ...makeSignallingCommit(commit, () => wakes), woken };
}

describe('a write wakes who has to look', () => {
  it.each([
    { what: 'a card', parts: { cards: [card] }, wakes: ['outbox'] },
    { what: 'a note', parts: { puts: [putOf('note')] }, wakes: ['outbox'] },
    { what: 'a message from SNS', parts: { puts: [putOf('inbox')] }, wakes: ['inbox'] },
    { what: 'a change', parts: { puts: [putOf('change')] }, wakes: ['changes'] },
    { what: 'an intent', parts: { puts: [putOf('intent')] }, wakes: ['changes'] },
    { what: 'a change with a card', parts: { puts: [putOf('change')], cards: [card] }, wakes: ['outbox', 'changes'] },
    { what: 'an entry alone', parts: {}, wakes: [] },
  ])('$what: $wakes', async ({ parts, wakes }) => {
    const { commit, commits, woken } = open();
    await commit(act(parts));
    expect(woken).toEqual(wakes);
    expect(commits()).toBe(1);
  });

  it('one that lost its race wakes nobody and is not counted', async () => {
    const { commit, commits, woken } = open(false);
    expect((await commit(act({ puts: [putOf('change')], cards: [card] }))).ok).toBe(false);
    expect([woken, commits()]).toEqual([[], 0]);
  });
});
