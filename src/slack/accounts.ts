import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Account } from '../access/person.ts';
import type { Now } from '../kernel/time.ts';
import { slackFault } from './slack-fault.ts';

const SlackUser = z.object({
  id: z.string(),
  team_id: z.string().default(''),
  name: z.string().default(''),
  deleted: z.boolean().default(false),
  is_bot: z.boolean().default(false),
  is_restricted: z.boolean().default(false),
  is_ultra_restricted: z.boolean().default(false),
  is_stranger: z.boolean().default(false),
  is_invited_user: z.boolean().default(false),
  profile: z
    .object({ display_name: z.string().default(''), real_name: z.string().default(''), email: z.string().optional() })
    .optional(),
  real_name: z.string().default(''),
});

/** Who is who in Slack, with short memories: a minute for names and groups, none for what an approval rests on. */
export type Accounts = {
  readonly account: (user: string) => Promise<Account>;
  readonly members: (group: string) => Promise<readonly string[]>;
  /** Asked afresh each time: used when a press on Approve counts. */
  readonly membersNow: (group: string) => Promise<readonly string[]>;
};

const rememberMs = 60_000;

export function makeAccounts({ client, wall }: { readonly client: WebClient; readonly wall: Now }): Accounts {
  const people = remember(wall, (user) => readAccount(client, user));
  const groups = remember(wall, (group) => readMembers(client, group));
  return {
    account: people.read,
    members: groups.read,
    membersNow: async (group) => {
      groups.forget();
      return groups.read(group);
    },
  };
}

/** A read remembered for a minute. A failed read is not remembered, and nothing old is used in its place: fail closed. */
function remember<T>(
  wall: Now,
  read: (key: string) => Promise<T>,
): { read: (key: string) => Promise<T>; forget: () => void } {
  const known = new Map<string, { readonly at: number; readonly value: T }>();
  return {
    read: async (key) => {
      const old = known.get(key);
      if (old && wall() - old.at < rememberMs) return old.value;
      const value = await read(key);
      known.set(key, { at: wall(), value });
      return value;
    },
    forget: () => known.clear(),
  };
}

async function readAccount(client: WebClient, user: string): Promise<Account> {
  try {
    const answer = await client.users.info({ user });
    const found = SlackUser.parse(answer.user);
    const name = found.profile?.display_name || found.profile?.real_name || found.real_name || found.name || found.id;
    return { user: found.id, name, team: found.team_id, standing: standingOf(found), email: found.profile?.email };
  } catch (error) {
    throw slackFault('users.info', error);
  }
}

function standingOf(user: z.infer<typeof SlackUser>): Account['standing'] {
  if (user.deleted) return 'deactivated';
  if (user.is_bot) return 'bot';
  if (user.is_stranger) return 'stranger';
  if (user.is_restricted || user.is_ultra_restricted || user.is_invited_user) return 'guest';
  return 'member';
}

async function readMembers(client: WebClient, group: string): Promise<readonly string[]> {
  try {
    const answer = await client.usergroups.users.list({ usergroup: group });
    return answer.users ?? [];
  } catch (error) {
    throw slackFault('usergroups.users.list', error);
  }
}
