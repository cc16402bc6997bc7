/** A person or a bot as Slack's `users.info` would show it; flags that are left out are false. */
export type SeedUser = {
  readonly id: string;
  readonly name: string;
  readonly real_name: string;
  readonly tz?: string;
  readonly team_id?: string;
  readonly email?: string;
  readonly is_bot?: boolean;
  readonly deleted?: boolean;
  readonly is_restricted?: boolean;
  readonly is_ultra_restricted?: boolean;
  readonly is_stranger?: boolean;
};

export type SeedChannel = {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
  readonly is_private?: boolean;
  readonly is_archived?: boolean;
  readonly is_ext_shared?: boolean;
};

export type SeedGroup = { readonly id: string; readonly handle: string; readonly users: readonly string[] };

/** What a workspace holds when its server starts. */
export type Seed = {
  readonly team: { readonly id: string; readonly name: string; readonly domain: string };
  readonly app: { readonly id: string; readonly botId: string; readonly botUserId: string };
  readonly users: readonly SeedUser[];
  readonly channels: readonly SeedChannel[];
  readonly groups: readonly SeedGroup[];
};

const home = { tz: 'Europe/Berlin', team_id: 'T0ACME' };
const everybody = ['U0ANA', 'U0BO', 'U0MIRA', 'U0VIC', 'U0GUS', 'U0BOT'];

/** The company of the demo: who asks, who approves, who is called at night, and two who may only watch. */
export const acme: Seed = {
  team: { id: 'T0ACME', name: 'acme', domain: 'acme' },
  app: { id: 'A0UNDERSTUDY', botId: 'B0UNDERSTUDY', botUserId: 'U0BOT' },
  users: [
    { ...home, id: 'U0ANA', name: 'ana', real_name: 'Ana', email: 'ana@acme.example' },
    { ...home, id: 'U0BO', name: 'bo', real_name: 'Bo', email: 'bo@acme.example' },
    { ...home, id: 'U0MIRA', name: 'mira', real_name: 'Mira', email: 'mira@acme.example', tz: 'Asia/Kolkata' },
    { ...home, id: 'U0VIC', name: 'vic', real_name: 'Vic', email: 'vic@acme.example' },
    { ...home, id: 'U0GUS', name: 'gus', real_name: 'Gus', email: 'gus@agency.example', is_restricted: true },
    {
      id: 'U0STRANGER',
      name: 'sam',
      real_name: 'Sam',
      team_id: 'T0OTHER',
      email: 'sam@other.example',
      is_stranger: true,
    },
    { ...home, id: 'U0BOT', name: 'understudy', real_name: 'understudy', is_bot: true },
  ],
  channels: [
    { id: 'C0PROMO', name: 'ml-promotion', members: everybody },
    { id: 'C0AUDIT', name: 'ml-audit', members: ['U0ANA', 'U0BO', 'U0BOT'] },
  ],
  groups: [
    { id: 'S0MLENG', handle: 'ml-eng', users: ['U0ANA', 'U0BO'] },
    { id: 'S0APPROVERS', handle: 'approvers', users: ['U0ANA', 'U0BO'] },
    { id: 'S0ONCALL', handle: 'promo-oncall', users: ['U0MIRA'] },
    { id: 'S0LEADS', handle: 'ml-leads', users: ['U0BO'] },
  ],
};
