import { Fault } from '../../kernel/fault.ts';
import { type Result, refuse } from '../../kernel/result.ts';
import { groupsInBook, permit, type RoleBook } from '../permit.ts';
import type { Account, Person, Role } from '../person.ts';
import type { AccessRefusal } from '../refusal.ts';

export type LetInDeps = {
  readonly book: RoleBook;
  readonly account: (user: string) => Promise<Account>;
  /** Who is in a group; may be remembered for a minute. */
  readonly members: (group: string) => Promise<readonly string[]>;
  /** Who is in a group at this moment. */
  readonly membersNow: (group: string) => Promise<readonly string[]>;
  readonly channelIsShared: (channel: string) => Promise<boolean>;
};

/** Asks Slack who knocks and decides. When Slack cannot say, nobody gets in, not even to read: fail closed. */
export function makeLetIn(deps: LetInDeps) {
  return async function letIn(knock: {
    readonly user: string;
    readonly channel: string | undefined;
    readonly needs: Role;
    readonly model: string | undefined;
  }): Promise<Result<Person, AccessRefusal>> {
    try {
      const [account, groups, channelIsShared] = await Promise.all([
        deps.account(knock.user),
        groupsOf(deps, knock),
        knock.channel === undefined ? false : deps.channelIsShared(knock.channel),
      ]);
      return permit(deps.book, knock.needs, { account, groups, model: knock.model, channelIsShared });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return refuse({ kind: 'identity-unknown', because: error.message });
    }
  };
}

/** A yes or no to a change is never given on what was remembered: whoever left the approvers a moment ago is none. */
async function groupsOf(
  deps: LetInDeps,
  { user, needs }: { readonly user: string; readonly needs: Role },
): Promise<ReadonlySet<string>> {
  const groups = groupsInBook(deps.book);
  const askedNow = needs === 'approver' ? deps.book.named.approver : undefined;
  const members = await Promise.all(
    groups.map((group) => (askedNow?.includes(group) ? deps.membersNow(group) : deps.members(group))),
  );
  return new Set(groups.filter((_, index) => members[index]?.includes(user)));
}
