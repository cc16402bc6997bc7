import { describe, expect, it } from 'vitest';
import { type Knock, permit, type RoleBook, rolesOf } from '../../src/access/permit.ts';
import { type Account, type Role, roles } from '../../src/access/person.ts';

const book: RoleBook = {
  team: 'T0ACME',
  named: { approver: ['S0APPROVERS'], deployer: ['S0MLENG'], operator: ['S0ONCALL', 'U0PER'], admin: ['U0ADA'] },
  owners: { promo: ['S0PROMO'], churn: ['S0CHURN'] },
};

const account = (user: string, change: Partial<Account> = {}): Account => ({
  user,
  name: user,
  team: 'T0ACME',
  standing: 'member',
  ...change,
});

const knock = (user: string, groups: readonly string[], change: Partial<Account> = {}): Knock => ({
  account: account(user, change),
  groups: new Set(groups),
  model: 'promo',
  channelIsShared: false,
});

const everyGroup = ['S0APPROVERS', 'S0MLENG', 'S0ONCALL', 'S0PROMO', 'S0CHURN'];

/** Who knocks on a door of the model `promo`, and which doors open. */
const people: readonly (readonly [string, Knock, readonly Role[]])[] = [
  ['a member in no group', knock('U0VIC', []), ['viewer']],
  ['somebody on call', knock('U0MIRA', ['S0ONCALL']), ['viewer', 'operator']],
  ['somebody named by user id', knock('U0PER', []), ['viewer', 'operator']],
  ['a deployer', knock('U0ANA', ['S0MLENG']), ['viewer', 'deployer']],
  ['an approver', knock('U0BO', ['S0APPROVERS']), ['viewer', 'approver']],
  ['an admin', knock('U0ADA', []), ['viewer', 'admin']],
  ['an owner of this model', knock('U0OLA', ['S0PROMO']), ['viewer', 'operator', 'deployer']],
  ['an owner of another model', knock('U0CHE', ['S0CHURN']), ['viewer']],
  ['somebody in a group that no role names', knock('U0TOM', ['S0TEA']), ['viewer']],
  ['a guest in every group', knock('U0GUS', everyGroup, { standing: 'guest' }), []],
  ['a stranger in every group', knock('U0SAM', everyGroup, { standing: 'stranger', team: 'T0OTHER' }), []],
  ['a bot in every group', knock('U0BOT', everyGroup, { standing: 'bot' }), []],
  ['a deactivated admin', knock('U0ADA', everyGroup, { standing: 'deactivated' }), []],
  ['a member of another team', knock('U0OTTO', everyGroup, { team: 'T0OTHER' }), []],
  ['a member without a team', knock('U0NIX', everyGroup, { team: '' }), []],
];

describe('a door opens to who is named for its role, and to nobody else', () => {
  const rows = people.flatMap(([who, from, open]) =>
    roles.map((needs) => ({ who, from, needs, opens: open.includes(needs) })),
  );

  it.each(rows)('$who at a door for a $needs: $opens', ({ from, needs, opens }) => {
    expect(permit(book, needs, from).ok).toBe(opens);
  });

  it('a member is let in by name', () => {
    expect(permit(book, 'operator', knock('U0MIRA', ['S0ONCALL']))).toEqual({
      ok: true,
      value: { user: 'U0MIRA', name: 'U0MIRA' },
    });
  });
});

describe('a channel that is shared with another organisation', () => {
  const shared = { ...knock('U0ANA', everyGroup), channelIsShared: true };

  it.each(roles.filter((role) => role !== 'viewer'))('is no place for a %s to act', (needs) => {
    expect(permit(book, needs, shared)).toEqual({ ok: false, refusal: { kind: 'shared-channel' } });
  });

  it('is a place to read', () => {
    expect(permit(book, 'viewer', shared).ok).toBe(true);
  });
});

describe('a refusal says enough to act on', () => {
  const why = (needs: Role, from: Knock) => {
    const admitted = permit(book, needs, from);
    return admitted.ok ? undefined : admitted.refusal;
  };

  it('which role is missing, which ones there are, and whom to ask: the owners too, where owning is enough', () => {
    expect(why('deployer', knock('U0MIRA', ['S0ONCALL']))).toEqual({
      kind: 'no-role',
      needs: 'deployer',
      has: ['viewer', 'operator'],
      model: 'promo',
      ask: ['S0MLENG', 'S0PROMO'],
    });
  });

  it('owning a model is no reason to approve on it', () => {
    expect(why('approver', knock('U0OLA', ['S0PROMO']))).toMatchObject({ ask: ['S0APPROVERS'] });
  });

  it('what kind of account it is', () => {
    expect(why('viewer', knock('U0GUS', [], { standing: 'guest' }))).toEqual({
      kind: 'not-a-member',
      standing: 'guest',
    });
    expect(why('viewer', knock('U0OTTO', [], { team: 'T0OTHER' }))).toEqual({ kind: 'other-team', team: 'T0OTHER' });
  });
});

describe('a model that no configuration has', () => {
  it.each([undefined, 'nowhere', 'constructor', '__proto__', 'toString'])('%s has no owners', (model) => {
    const from = { ...knock('U0OLA', ['S0PROMO']), model };
    expect(rolesOf(book, from)).toEqual(['viewer']);
    expect(permit(book, 'deployer', from)).toMatchObject({ ok: false, refusal: { ask: ['S0MLENG'] } });
  });

  it('is still watched over by those who are operators of everything', () => {
    expect(permit(book, 'operator', { ...knock('U0MIRA', ['S0ONCALL']), model: undefined }).ok).toBe(true);
  });
});

describe('a configuration that names nobody', () => {
  const bare: RoleBook = { team: 'T0ACME', named: {}, owners: {} };

  it.each(roles)('lets a member in as a viewer only: %s', (needs) => {
    expect(permit(bare, needs, knock('U0ANA', everyGroup)).ok).toBe(needs === 'viewer');
  });
});
