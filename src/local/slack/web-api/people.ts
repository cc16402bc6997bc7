import { groupJson, type Json, userJson } from '../workspace/as-json.ts';
import type { Group } from '../workspace/workspace.ts';
import { ApiError } from './api-error.ts';
import type { Args } from './args.ts';
import type { Ground, Methods } from './method.ts';
import { pageOf } from './pages.ts';

export const people: Methods = {
  'api.test': { tier: 4, isOpen: true, run: (args) => echo(args) },
  'auth.test': { tier: 'free', run: whoAmI },
  'team.info': {
    tier: 3,
    run: (_args, { workspace }) => ({ team: { ...workspace.team, email_domain: '', icon: {} } }),
  },
  'users.info': { tier: 4, run: userInfo },
  'users.list': { tier: 2, run: listUsers },
  'users.lookupByEmail': { tier: 3, run: lookUpByEmail },
  'usergroups.list': { tier: 2, run: listGroups },
  'usergroups.users.list': { tier: 2, run: listGroupUsers },
};

function echo(args: Args): Json {
  const error = args.find('error');
  if (error !== undefined) throw new ApiError(error);
  return { args: {} };
}

function whoAmI(_args: Args, { workspace }: Ground): Json {
  const { team, app, users } = workspace;
  return {
    url: `https://${team.domain}.slack.com/`,
    team: team.name,
    team_id: team.id,
    user: users.get(app.botUserId)?.name,
    user_id: app.botUserId,
    bot_id: app.botId,
    is_enterprise_install: false,
  };
}

function userInfo(args: Args, { workspace }: Ground): Json {
  const user = workspace.users.get(args.need('user'));
  if (!user) throw new ApiError('user_not_found');
  return { user: userJson(user) };
}

function listUsers(args: Args, { workspace }: Ground): Json {
  const { page, metadata } = pageOf(args, [...workspace.users.values()], 1_000);
  return { members: page.map(userJson), cache_ts: Math.floor(workspace.wall() / 1_000), response_metadata: metadata };
}

function lookUpByEmail(args: Args, { workspace }: Ground): Json {
  const email = args.need('email').toLowerCase();
  const user = [...workspace.users.values()].find((one) => one.email?.toLowerCase() === email && !one.deleted);
  if (!user) throw new ApiError('users_not_found');
  return { user: userJson(user) };
}

function listGroups(args: Args, { workspace }: Ground): Json {
  const withUsers = (group: Group): Json => (args.flag('include_users') ? { users: group.users } : {});
  const groups = [...workspace.groups.values()];
  return { usergroups: groups.map((group) => ({ ...groupJson(group, workspace.team.id), ...withUsers(group) })) };
}

function listGroupUsers(args: Args, { workspace }: Ground): Json {
  const group = workspace.groups.get(args.need('usergroup'));
  if (!group) throw new ApiError('no_such_subteam');
  const isDeleted = (id: string): boolean => workspace.users.get(id)?.deleted ?? true;
  return { users: group.users.filter((id) => !isDeleted(id)) };
}
