import { accept, type Result, refuse } from '../kernel/result.ts';
import type { Account, Person, Role } from './person.ts';
import type { AccessRefusal } from './refusal.ts';

/** Who is named for which role: Slack user groups and users. `owners` of a model are operators and deployers of it. */
export type RoleBook = {
  readonly team: string;
  readonly named: Readonly<Partial<Record<Role, readonly string[]>>>;
  readonly owners: Readonly<Record<string, readonly string[]>>;
};

/** Everything the decision rests on, read at the moment of the click. `groups` are the user groups the person is in now. */
export type Knock = {
  readonly account: Account;
  readonly groups: ReadonlySet<string>;
  readonly model: string | undefined;
  readonly channelIsShared: boolean;
};

/** May this person open a door of that role? Anything that is not named as allowed is refused. */
export function permit(book: RoleBook, needs: Role, knock: Knock): Result<Person, AccessRefusal> {
  const { account, model } = knock;
  if (account.standing !== 'member') return refuse({ kind: 'not-a-member', standing: account.standing });
  if (account.team !== book.team) return refuse({ kind: 'other-team', team: account.team });
  if (knock.channelIsShared && needs !== 'viewer') return refuse({ kind: 'shared-channel' });
  const has = rolesOf(book, knock);
  if (!has.includes(needs)) return refuse({ kind: 'no-role', needs, has, model, ask: namesFor(book, needs, model) });
  return accept({ user: account.user, name: account.name });
}

/** The roles a member has, on this model. Every member of the home workspace is a viewer. */
export function rolesOf(book: RoleBook, knock: Pick<Knock, 'account' | 'groups' | 'model'>): readonly Role[] {
  const isNamed = (names: readonly string[] | undefined): boolean =>
    names?.some((name) => name === knock.account.user || knock.groups.has(name)) ?? false;
  const owns = isNamed(ownersOf(book, knock.model));
  const roles: Role[] = ['viewer'];
  if (owns || isNamed(book.named.operator)) roles.push('operator');
  if (owns || isNamed(book.named.deployer)) roles.push('deployer');
  if (isNamed(book.named.approver)) roles.push('approver');
  if (isNamed(book.named.admin)) roles.push('admin');
  return roles;
}

/** Somebody may type any name for a model; `constructor` has no owners either. */
function ownersOf({ owners }: RoleBook, model: string | undefined): readonly string[] {
  return model !== undefined && Object.hasOwn(owners, model) ? (owners[model] ?? []) : [];
}

/** Every group that some role or model names: the memberships worth asking Slack for. */
export function groupsInBook(book: RoleBook): readonly string[] {
  const names = [...Object.values(book.named).flat(), ...Object.values(book.owners).flat()];
  return [...new Set(names.filter((name) => name.startsWith('S')))];
}

function namesFor(book: RoleBook, needs: Role, model: string | undefined): readonly string[] {
  const owners = needs === 'operator' || needs === 'deployer' ? ownersOf(book, model) : [];
  return [...new Set([...(book.named[needs] ?? []), ...owners])];
}
