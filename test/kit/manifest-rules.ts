/** What Slack's manifest schema (version 2) says of one member. Lengths count characters of a text or items of a list. */
type Rule = {
  readonly is: 'section' | 'list' | 'text' | 'flag' | 'whole';
  readonly required?: true;
  readonly from?: number;
  readonly to?: number;
  readonly like?: RegExp;
};

const section: Rule = { is: 'section' };
const flag: Rule = { is: 'flag' };
const text = (from: number, to: number): Rule => ({ is: 'text', from, to });
const list = (from: number, to: number): Rule => ({ is: 'list', from, to });
const url: Rule = { is: 'text', from: 1, to: 3000, like: /^https?:\/\// };
const required = (rule: Rule): Rule => ({ ...rule, required: true });

/** By path; `[]` is each item of a list. What is not here is not a member, or none that this app may come to need. */
const rules: Readonly<Record<string, Rule>> = {
  _metadata: section,
  '_metadata.major_version': { is: 'whole', from: 1, to: 2 },
  '_metadata.minor_version': { is: 'whole', from: 0, to: 99 },
  display_information: required(section),
  'display_information.name': required(text(1, 35)),
  'display_information.description': text(1, 140),
  'display_information.long_description': text(175, 4000),
  'display_information.background_color': { is: 'text', from: 4, to: 7, like: /^#([0-9a-f]{3}|[0-9a-f]{6})$/i },
  features: section,
  'features.app_home': section,
  'features.app_home.home_tab_enabled': flag,
  'features.app_home.messages_tab_enabled': flag,
  'features.app_home.messages_tab_read_only_enabled': flag,
  'features.bot_user': section,
  'features.bot_user.display_name': required({ is: 'text', from: 1, to: 80, like: /^[a-z0-9._-]+$/ }),
  'features.bot_user.always_online': flag,
  'features.slash_commands': list(1, 50),
  'features.slash_commands[]': section,
  'features.slash_commands[].command': required({ is: 'text', from: 2, to: 32, like: /^\/\S+$/ }),
  'features.slash_commands[].description': required(text(1, 2000)),
  'features.slash_commands[].usage_hint': text(1, 1000),
  'features.slash_commands[].should_escape': flag,
  'features.slash_commands[].url': url,
  'features.shortcuts': list(1, 10),
  'features.shortcuts[]': section,
  'features.shortcuts[].name': required(text(1, 24)),
  'features.shortcuts[].type': required({ is: 'text', like: /^(message|global)$/ }),
  'features.shortcuts[].callback_id': required(text(1, 255)),
  'features.shortcuts[].description': required(text(1, 150)),
  oauth_config: section,
  'oauth_config.redirect_urls': list(0, 1000),
  'oauth_config.redirect_urls[]': url,
  'oauth_config.token_management_enabled': flag,
  'oauth_config.scopes': section,
  'oauth_config.scopes.bot': list(0, 255),
  'oauth_config.scopes.bot[]': { is: 'text', like: /^[a-z._]+(:[a-z._]+)*$/ },
  settings: section,
  'settings.event_subscriptions': section,
  'settings.event_subscriptions.request_url': url,
  'settings.event_subscriptions.bot_events': list(0, 100),
  'settings.event_subscriptions.bot_events[]': { is: 'text', like: /^[a-z_.]+$/ },
  'settings.interactivity': section,
  'settings.interactivity.is_enabled': required(flag),
  'settings.interactivity.request_url': url,
  'settings.interactivity.message_menu_options_url': url,
  'settings.socket_mode_enabled': flag,
  'settings.org_deploy_enabled': flag,
  'settings.token_rotation_enabled': flag,
};

/** Everything that Slack would not take, each with its path; empty for a valid manifest. */
export function manifestFaults(manifest: unknown): readonly string[] {
  return [...missingIn(manifest, ''), ...membersOf(manifest, '').flatMap(([path, value]) => faultsAt(path, value))];
}

function faultsAt(path: string, value: unknown): readonly string[] {
  const rule = rules[path];
  if (!rule) return [`${path}: not a member`];
  if (!isOf(rule, value)) return [`${path}: not a ${rule.is}`];
  const size = typeof value === 'number' ? value : typeof value === 'string' || Array.isArray(value) ? value.length : 0;
  const wrong = [
    ...(rule.from !== undefined && size < rule.from ? [`${path}: ${size} is less than ${rule.from}`] : []),
    ...(rule.to !== undefined && size > rule.to ? [`${path}: ${size} is more than ${rule.to}`] : []),
    ...(typeof value === 'string' && rule.like && !rule.like.test(value) ? [`${path}: not like ${rule.like}`] : []),
  ];
  const below = membersOf(value, path).flatMap(([inner, member]) => faultsAt(inner, member));
  return [...wrong, ...missingIn(value, path), ...below];
}

function missingIn(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value)) return [];
  const has = new Set(membersOf(value, path).map(([member]) => member));
  const direct = (each: string): boolean => parentOf(each) === path;
  return Object.entries(rules)
    .filter(([each, rule]) => rule.required && direct(each) && !has.has(each))
    .map(([each]) => `${each}: missing`);
}

function parentOf(path: string): string {
  return path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : '';
}

function membersOf(value: unknown, path: string): readonly (readonly [string, unknown])[] {
  if (Array.isArray(value)) return value.map((item) => [`${path}[]`, item] as const);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([key, member]) => [path === '' ? key : `${path}.${key}`, member] as const);
}

function isOf({ is }: Rule, value: unknown): boolean {
  if (is === 'list') return Array.isArray(value);
  if (is === 'section') return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (is === 'whole') return Number.isInteger(value);
  return typeof value === (is === 'text' ? 'string' : 'boolean');
}
