import { describe, expect, it } from 'vitest';
import { castVote } from '../../src/approvals/cast-vote.ts';
import { countVotes } from '../../src/approvals/count-votes.ts';
import type { Need, Vote } from '../../src/approvals/vote.ts';
import { ana, bo, cy } from '../changes/facts-kit.ts';

const dee = { user: 'U0DEE', name: 'Dee' };
const approvers: Need = { group: 'approvers', count: 1, members: [bo.user, cy.user, ana.user] };

type Click = { by?: typeof ana; at?: number; now?: Record<string, string[]>; needs?: Need[]; votes?: Vote[] };

/** What one click on a request of Ana's comes to. Everybody who was in a group is still there unless `now` says otherwise. */
function click({ by = bo, at = 0, needs = [approvers], votes = [], now }: Click = {}) {
  const membersNow = now ?? Object.fromEntries(needs.map(({ group, members }) => [group, members]));
  const cast = castVote({ requestedBy: ana, needs, votes, expiresAt: 100 }, { by, at, membersNow });
  return cast.ok
    ? { complete: cast.value.complete, voters: cast.value.votes.map((vote) => vote.by.name) }
    : cast.refusal;
}

describe('a promotion needs a second person', () => {
  it.each([
    ['somebody of the group', {}, { complete: true, voters: ['Bo'] }],
    ['whoever asked cannot, though in the group', { by: ana }, { kind: 'own-request' }],
    ['nobody outside of the group', { by: dee }, { kind: 'not-an-approver', groups: ['approvers'] }],
    [
      'not who has left the group since',
      { now: { approvers: [cy.user] } },
      { kind: 'not-an-approver', groups: ['approvers'] },
    ],
    ['not who joined it after the plan', { by: dee, now: { approvers: [dee.user] } }, { kind: 'joined-later' }],
    ['a moment before the end', { at: 99 }, { complete: true, voters: ['Bo'] }],
    ['not at the end', { at: 100 }, { kind: 'expired', expiredAt: 100 }],
  ])('%s', (_, given, outcome) => {
    expect(click(given)).toEqual(outcome);
  });
});

describe('two people of one group', () => {
  const needs = [{ ...approvers, count: 2 }];
  const bosYes: Vote = { by: bo, at: 0, group: 'approvers', groups: ['approvers'] };

  it('one yes is not enough', () => expect(click({ needs })).toEqual({ complete: false, voters: ['Bo'] }));
  it('nobody counts twice', () => expect(click({ needs, votes: [bosYes] })).toEqual({ kind: 'already-voted' }));
  it('the second one completes it', () =>
    expect(click({ needs, votes: [bosYes], by: cy })).toEqual({ complete: true, voters: ['Bo', 'Cy'] }));
});

describe('one person of each of two groups', () => {
  const house: Need = { group: 'house', count: 1, members: [bo.user, cy.user] };
  const risk: Need = { group: 'risk', count: 1, members: [bo.user, dee.user] };
  const needs = [house, risk];
  const bosYes: Vote = { by: bo, at: 0, group: 'house', groups: ['house', 'risk'] };

  it('somebody in both counts for one of them only', () => {
    expect(click({ needs })).toEqual({ complete: false, voters: ['Bo'] });
  });

  it('their yes moves to the other group when that lets somebody else count', () => {
    expect(click({ needs, votes: [bosYes], by: cy })).toEqual({ complete: true, voters: ['Bo', 'Cy'] });
    const cysYes: Vote = { by: cy, at: 1, group: 'house', groups: ['house'] };
    expect(countVotes([bosYes, cysYes], needs).map(({ by, group }) => `${by.name}: ${group}`)).toEqual([
      'Bo: risk',
      'Cy: house',
    ]);
  });

  it('a yes for a group that has enough is refused, naming the group that has not', () => {
    const cysYes: Vote = { by: cy, at: 0, group: 'house', groups: ['house'] };
    const eve = { user: 'U0EVE', name: 'Eve' };
    const withEve = [{ ...house, members: [...house.members, eve.user] }, risk];
    expect(click({ needs: withEve, votes: [cysYes], by: eve })).toEqual({ kind: 'not-an-approver', groups: ['risk'] });
  });
});
