import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { instant } from '../../src/kernel/time.ts';
import type { SeedUser } from '../../src/local/slack/seed.ts';
import { type Accounts, makeAccounts } from '../../src/slack/accounts.ts';
import { makeChannels } from '../../src/slack/channels.ts';
import { makeSlackClient } from '../../src/slack/clients.ts';
import { openTown, type Town } from '../contracts/local-slack-kit.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

/** A wall clock that a test moves. */
const clock = { ms: 0 };
const wall = () => instant(clock.ms);
const minuteMs = 60_000;
const client = () => makeSlackClient({ token: town.slack.botToken, apiUrl: town.slack.apiUrl });

let accounts: Accounts;
beforeEach(() => {
  accounts = makeAccounts({ client: client(), wall });
});

const away = (method: string) => town.slack.faults.add({ method, kind: 'error-500', times: 1 });

describe('whoever acts is asked about at Slack', () => {
  const vic = { id: 'U0VIC' } as const;
  const plain: Partial<SeedUser> = {
    is_bot: false,
    deleted: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_stranger: false,
  };

  it.each([
    { what: 'somebody of the house', change: {}, standing: 'member' },
    { what: 'who has left', change: { deleted: true }, standing: 'deactivated' },
    { what: 'a bot', change: { is_bot: true }, standing: 'bot' },
    { what: 'a guest of many channels', change: { is_restricted: true }, standing: 'guest' },
    { what: 'a guest of one channel', change: { is_ultra_restricted: true }, standing: 'guest' },
    { what: 'somebody of another workspace', change: { is_stranger: true }, standing: 'stranger' },
    { what: 'a guest who has left', change: { deleted: true, is_restricted: true }, standing: 'deactivated' },
    { what: 'a stranger who is a guest', change: { is_stranger: true, is_restricted: true }, standing: 'stranger' },
  ] as const)('$what is a $standing', async ({ change, standing }) => {
    town.slack.changeUser(vic.id, { ...plain, ...change });
    expect(await accounts.account(vic.id)).toMatchObject({ user: vic.id, standing, team: 'T0ACME' });
    town.slack.changeUser(vic.id, plain);
  });

  it('and known by name, team and address', async () => {
    expect(await accounts.account('U0BO')).toEqual({
      user: 'U0BO',
      name: 'Bo',
      team: 'T0ACME',
      standing: 'member',
      email: 'bo@acme.example',
    });
  });
});

describe('memory is short', () => {
  it('a standing is remembered for a minute and no longer', async () => {
    expect((await accounts.account('U0MIRA')).standing).toBe('member');
    town.slack.changeUser('U0MIRA', { is_restricted: true });
    clock.ms += minuteMs - 1;
    expect((await accounts.account('U0MIRA')).standing).toBe('member');
    clock.ms += 1;
    expect((await accounts.account('U0MIRA')).standing).toBe('guest');
    town.slack.changeUser('U0MIRA', { is_restricted: false });
  });

  it('a group is remembered for a minute; what an approval rests on is asked afresh each time', async () => {
    expect(await accounts.members('S0APPROVERS')).toEqual(['U0ANA', 'U0BO']);
    town.slack.setGroupUsers('S0APPROVERS', ['U0ANA']);
    expect(await accounts.members('S0APPROVERS')).toEqual(['U0ANA', 'U0BO']);
    expect(await accounts.membersNow('S0APPROVERS')).toEqual(['U0ANA']);
    expect(await accounts.members('S0APPROVERS')).toEqual(['U0ANA']);
    town.slack.setGroupUsers('S0APPROVERS', ['U0ANA', 'U0BO']);
    expect(await accounts.membersNow('S0APPROVERS')).toEqual(['U0ANA', 'U0BO']);
  });
});

describe('where Slack does not answer, nobody is let in on an old memory', () => {
  it('an account that is due for a new look is a fault, not a memory', async () => {
    await accounts.account('U0ANA');
    clock.ms += minuteMs;
    away('users.info');
    await expect(accounts.account('U0ANA')).rejects.toMatchObject({ code: 'slack-no-answer', retryable: true });
    expect((await accounts.account('U0ANA')).standing).toBe('member');
  });

  it('a group as it is now is a fault, though it is remembered', async () => {
    await accounts.members('S0LEADS');
    away('usergroups.users.list');
    await expect(accounts.membersNow('S0LEADS')).rejects.toMatchObject({ code: 'slack-no-answer' });
    away('usergroups.users.list');
    await expect(accounts.members('S0LEADS')).rejects.toMatchObject({ code: 'slack-no-answer' });
  });

  it('somebody whom Slack does not know is a fault', async () => {
    await expect(accounts.account('U0NOBODY')).rejects.toMatchObject({ code: 'slack-user-not-found' });
  });
});

describe('a channel with strangers in it', () => {
  it('is told from our own, for a minute', async () => {
    const isShared = makeChannels(client(), wall);
    expect(await isShared('C0PROMO')).toBe(false);
    town.slack.invite('C0PROMO', 'U0STRANGER');
    expect(await isShared('C0PROMO')).toBe(false);
    clock.ms += minuteMs;
    expect(await isShared('C0PROMO')).toBe(true);
  });

  it('counts as shared where we cannot look, and is a fault where Slack does not answer', async () => {
    const isShared = makeChannels(client(), wall);
    expect(await isShared('C0NOWHERE')).toBe(true);
    away('conversations.info');
    await expect(isShared('C0AUDIT')).rejects.toMatchObject({ code: 'slack-no-answer' });
    expect(await isShared('C0AUDIT')).toBe(false);
  });
});
