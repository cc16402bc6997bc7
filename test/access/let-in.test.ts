import { describe, expect, it } from 'vitest';
import { type LetInDeps, makeLetIn } from '../../src/access/acts/let-in.ts';
import { isFresh } from '../../src/access/delivery.ts';
import type { Role } from '../../src/access/person.ts';
import { Fault } from '../../src/kernel/fault.ts';
import { instant, plus } from '../../src/kernel/time.ts';

const slackIsSilent = new Fault('slack-no-answer', 'Slack gave no answer to users.info', { retryable: true });
const silent = () => Promise.reject(slackIsSilent);

/** Ana is a deployer and an approver; the channel is ours. Each test changes one thing. */
function door(change: Partial<LetInDeps> = {}) {
  const asked: string[] = [];
  const letIn = makeLetIn({
    book: { team: 'T0ACME', named: { approver: ['S0APPROVERS'], deployer: ['S0MLENG', 'U0PER'] }, owners: {} },
    account: (user) => Promise.resolve({ user, name: 'Ana', team: 'T0ACME', standing: 'member' }),
    members: (group) => {
      asked.push(group);
      return Promise.resolve(['U0ANA']);
    },
    membersNow: (group) => {
      asked.push(`${group} now`);
      return Promise.resolve(['U0ANA']);
    },
    channelIsShared: (channel) => {
      asked.push(channel);
      return Promise.resolve(false);
    },
    ...change,
  });
  const knock = (needs: Role) => letIn({ user: 'U0ANA', channel: 'C0PROMO', needs, model: 'promo' });
  return { letIn, knock, asked };
}

describe('who knocks is asked of Slack', () => {
  it('the account, the groups that some role names, the channel', async () => {
    const { knock, asked } = door();
    expect(await knock('deployer')).toEqual({ ok: true, value: { user: 'U0ANA', name: 'Ana' } });
    expect(asked.sort()).toEqual(['C0PROMO', 'S0APPROVERS', 'S0MLENG']);
  });

  it('a form has no channel to ask about', async () => {
    const { letIn, asked } = door();
    expect((await letIn({ user: 'U0ANA', channel: undefined, needs: 'deployer', model: 'promo' })).ok).toBe(true);
    expect(asked.sort()).toEqual(['S0APPROVERS', 'S0MLENG']);
  });

  it('an approver must be one at this moment, whatever was remembered', async () => {
    const left = door({ membersNow: () => Promise.resolve([]) });
    expect(await left.knock('approver')).toMatchObject({ ok: false, refusal: { kind: 'no-role', needs: 'approver' } });
    const joined = door({ members: () => Promise.resolve([]) });
    expect((await joined.knock('approver')).ok).toBe(true);
    expect(joined.asked).toContain('S0APPROVERS now');
  });
});

describe('when Slack cannot say, the door stays shut', () => {
  it.each([
    ['who it is', { account: silent }],
    ['who is in a group', { members: silent }],
    ['who is in a group now', { membersNow: silent }],
    ['whose channel it is', { channelIsShared: silent }],
  ])('%s', async (_what, change) => {
    expect(await door(change).knock('approver')).toEqual({
      ok: false,
      refusal: { kind: 'identity-unknown', because: slackIsSilent.message },
    });
  });

  it('even for reading', async () => {
    expect((await door({ account: silent }).knock('viewer')).ok).toBe(false);
  });

  it('and a mistake of ours is no refusal: it is thrown, and nobody is let in', async () => {
    const broken = door({ account: () => Promise.reject(new TypeError('undefined is not a function')) });
    await expect(broken.knock('viewer')).rejects.toThrow('undefined is not a function');
  });
});

describe('a signed request counts for five minutes, before and after', () => {
  const now = instant(1_795_424_400_000);

  it.each([
    [0, true],
    [-300_000, true],
    [300_000, true],
    [-300_001, false],
    [300_001, false],
    [Number.NaN, false],
    [Number.POSITIVE_INFINITY, false],
  ])('%d ms from now: %s', (ms, fresh) => {
    expect(isFresh(Number.isFinite(ms) ? plus(now, ms) : ms, now)).toBe(fresh);
  });
});
