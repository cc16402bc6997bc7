import type { Json } from '../workspace/as-json.ts';
import type { User, Workspace } from '../workspace/workspace.ts';

/** Slack still sends its old verification token; apps trust the signature instead. */
export const verificationToken = 'local-verification-token';

export function personJson(user: User): Json {
  return { id: user.id, username: user.name, name: user.name, team_id: user.team_id };
}

/** The members that every interaction has. `team` is where the app is installed, `user.team_id` where the person is at home. */
export function interaction(workspace: Workspace, user: User, triggerId?: string): Json {
  const { team, app } = workspace;
  return {
    token: verificationToken,
    api_app_id: app.id,
    team: { id: team.id, domain: team.domain },
    user: personJson(user),
    enterprise: null,
    is_enterprise_install: false,
    ...(triggerId !== undefined && { trigger_id: triggerId }),
  };
}

export function getUser(workspace: Workspace, id: string): User {
  const user = workspace.users.get(id);
  if (!user) throw new Error(`nobody here is called ${id}`);
  return user;
}
