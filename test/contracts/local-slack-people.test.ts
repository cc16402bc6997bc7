import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { card, errorOf, openTown, type Town } from './local-slack-kit.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

describe('the people of the workspace', () => {
  it('are told apart: guests, strangers, bots', async () => {
    const flags = async (user: string) => {
      const found = (await town.client.users.info({ user })).user;
      return [found?.is_restricted, found?.is_stranger, found?.is_bot, found?.team_id];
    };
    expect(await flags('U0ANA')).toEqual([false, false, false, 'T0ACME']);
    expect(await flags('U0GUS')).toEqual([true, false, false, 'T0ACME']);
    expect(await flags('U0STRANGER')).toEqual([false, true, false, 'T0OTHER']);
    expect(await flags('U0BOT')).toEqual([false, false, true, 'T0ACME']);
    expect(await errorOf(town.client.users.info({ user: 'U0NOBODY' }))).toBe('user_not_found');
  });

  it('are listed by page, and found by e-mail while they are active', async () => {
    const first = await town.client.users.list({ limit: 5 });
    const rest = await town.client.users.list({ cursor: first.response_metadata?.next_cursor ?? '' });
    expect([first.members?.length, rest.members?.length]).toEqual([5, 2]);
    expect((await town.client.users.lookupByEmail({ email: 'Bo@acme.example' })).user?.id).toBe('U0BO');
    town.slack.changeUser('U0BO', { deleted: true });
    expect(await errorOf(town.client.users.lookupByEmail({ email: 'bo@acme.example' }))).toBe('users_not_found');
  });
});

describe('a user group', () => {
  const members = async (usergroup: string) => (await town.client.usergroups.users.list({ usergroup })).users;

  it('changes while the app runs', async () => {
    expect(await members('S0APPROVERS')).toEqual(['U0ANA', 'U0BO']);
    town.slack.setGroupUsers('S0APPROVERS', ['U0MIRA']);
    expect(await members('S0APPROVERS')).toEqual(['U0MIRA']);
    const { usergroups } = await town.client.usergroups.list({ include_users: true });
    expect(usergroups?.find((group) => group.id === 'S0APPROVERS')).toMatchObject({
      handle: 'approvers',
      users: ['U0MIRA'],
    });
  });

  it('leaves out who was deactivated, and is known by id only', async () => {
    town.slack.changeUser('U0BO', { deleted: true });
    expect(await members('S0APPROVERS')).toEqual(['U0ANA']);
    expect(await errorOf(town.client.usergroups.users.list({ usergroup: 'S0NOBODY' }))).toBe('no_such_subteam');
  });
});

describe('a channel', () => {
  it('is shared with another company once a stranger is in it', async () => {
    const shared = async () => (await town.client.conversations.info({ channel: 'C0PROMO' })).channel?.is_ext_shared;
    expect(await shared()).toBe(false);
    town.slack.invite('C0PROMO', 'U0STRANGER');
    expect(await shared()).toBe(true);
    expect((await town.client.conversations.members({ channel: 'C0PROMO' })).members).toContain('U0STRANGER');
  });

  it('is listed by kind, hidden ones only to their members', async () => {
    town.slack.addChannel({ id: 'C0HIDDEN', name: 'hidden', members: ['U0ANA'], is_private: true });
    town.slack.archive('C0AUDIT');
    const names = async (options: object) =>
      (await town.client.conversations.list(options)).channels?.map(({ name }) => name);
    expect(await names({ types: 'public_channel,private_channel' })).toEqual(['ml-promotion', 'ml-audit']);
    expect(await names({ exclude_archived: true })).toEqual(['ml-promotion']);
    expect(await errorOf(town.client.conversations.info({ channel: 'C0HIDDEN' }))).toBe('channel_not_found');
    expect(await errorOf(town.client.conversations.list({ types: 'club' }))).toBe('invalid_types');
  });
});

describe('reactions, pins and bookmarks', () => {
  it('stand once each', async () => {
    const { ts = '' } = await town.client.chat.postMessage({ channel: 'C0PROMO', text: 'x' });
    const on = { channel: 'C0PROMO', timestamp: ts };
    await town.client.reactions.add({ ...on, name: 'eyes' });
    expect(await errorOf(town.client.reactions.add({ ...on, name: 'eyes' }))).toBe('already_reacted');
    town.slack.as('U0ANA').react({ channel: 'C0PROMO', ts }, 'eyes');
    expect(town.slack.messages('C0PROMO')[0]?.reactions).toEqual({ eyes: ['U0BOT', 'U0ANA'] });
    expect((await town.client.reactions.get(on)).message?.reactions?.[0]).toMatchObject({ name: 'eyes', count: 2 });
    await town.client.reactions.remove({ ...on, name: 'eyes' });
    expect(await errorOf(town.client.reactions.remove({ ...on, name: 'eyes' }))).toBe('no_reaction');
    await town.client.pins.add(on);
    expect(await errorOf(town.client.pins.add(on))).toBe('already_pinned');
    const bookmark = { channel_id: 'C0PROMO', title: 'Dashboard', type: 'link', link: 'https://example.com' } as const;
    expect((await town.client.bookmarks.add(bookmark)).bookmark).toMatchObject({ title: 'Dashboard' });
  });
});

describe('the public check of blocks', () => {
  it('answers without a token, with the place and the limit of each fault', async () => {
    const good = await town.client.blocks.validate({ blocks: card('Fine') });
    expect(good.ok).toBe(true);
    const bad = await town.client.blocks.validate({ blocks: card('x'.repeat(151)) }).catch((error: unknown) => error);
    expect(bad).toMatchObject({
      data: {
        errors: [{ pointer: '/blocks/0/text/text', constraint: { type: 'too-long', expected: ['150'], got: '151' } }],
      },
    });
  });
});
