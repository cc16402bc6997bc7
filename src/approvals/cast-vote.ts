import type { Person } from '../access/person.ts';
import { accept, type Result, refuse } from '../kernel/result.ts';
import { countVotes, openNeeds } from './count-votes.ts';
import type { Need, Vote } from './vote.ts';

/** What a yes is given to. */
export type Ballot = {
  readonly requestedBy: Person;
  readonly needs: readonly Need[];
  readonly votes: readonly Vote[];
  readonly expiresAt: number;
};

/** A click, with who is in each group at this moment. */
export type Yes = {
  readonly by: Person;
  readonly at: number;
  readonly membersNow: Readonly<Record<string, readonly string[]>>;
};

export type VoteRefusal =
  | { readonly kind: 'expired'; readonly expiredAt: number }
  | { readonly kind: 'own-request' }
  | { readonly kind: 'already-voted' }
  | { readonly kind: 'joined-later' }
  | { readonly kind: 'not-an-approver'; readonly groups: readonly string[] };

export type Tally = { readonly votes: readonly Vote[]; readonly complete: boolean };

/** A yes counts from somebody else, once, in time, who was in the group both when the plan was made and at the click. */
export function castVote(ballot: Ballot, yes: Yes): Result<Tally, VoteRefusal> {
  if (yes.at >= ballot.expiresAt) return refuse({ kind: 'expired', expiredAt: ballot.expiresAt });
  if (yes.by.user === ballot.requestedBy.user) return refuse({ kind: 'own-request' });
  if (ballot.votes.some((vote) => vote.by.user === yes.by.user)) return refuse({ kind: 'already-voted' });

  const nowIn = ballot.needs.filter((need) => yes.membersNow[need.group]?.includes(yes.by.user));
  const groups = nowIn.filter((need) => need.members.includes(yes.by.user)).map((need) => need.group);
  const [group] = groups;
  if (group === undefined) {
    return refuse(nowIn.length > 0 ? { kind: 'joined-later' } : notAnApprover(ballot));
  }

  const votes = countVotes([...ballot.votes, { by: yes.by, at: yes.at, group, groups }], ballot.needs);
  // A yes for a group that has enough of them would count for nothing; better said than swallowed.
  if (votes.length === ballot.votes.length) return refuse(notAnApprover(ballot));
  return accept({ votes, complete: openNeeds(votes, ballot.needs).length === 0 });
}

function notAnApprover(ballot: Ballot): VoteRefusal {
  return { kind: 'not-an-approver', groups: openNeeds(ballot.votes, ballot.needs).map((need) => need.group) };
}
