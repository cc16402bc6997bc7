import type { Need, Vote } from './vote.ts';

/**
 * Gives each vote to one group so that as many needs as possible are met. Somebody who stands in two groups counts once;
 * their vote moves to the other group when that lets a later vote count (Kuhn's augmenting paths).
 */
export function countVotes(votes: readonly Vote[], needs: readonly Need[]): readonly Vote[] {
  const seats = needs.flatMap((need) => Array.from({ length: need.count }, () => need.group));
  const holders: (Vote | undefined)[] = seats.map(() => undefined);

  function seat(vote: Vote, tried: Set<number>): boolean {
    for (const [place, group] of seats.entries()) {
      if (!(vote.groups ?? [vote.group]).includes(group) || tried.has(place)) continue;
      tried.add(place);
      const holder = holders[place];
      if (holder && !seat(holder, tried)) continue;
      holders[place] = vote;
      return true;
    }
    return false;
  }

  return votes
    .filter((vote) => seat(vote, new Set()))
    .map((vote) => ({ ...vote, group: seats[holders.indexOf(vote)] ?? vote.group }));
}

/** The needs that are still open, with how many people each still wants. */
export function openNeeds(votes: readonly Vote[], needs: readonly Need[]): readonly Need[] {
  return needs
    .map((need) => ({ ...need, count: need.count - votes.filter((vote) => vote.group === need.group).length }))
    .filter((need) => need.count > 0);
}
