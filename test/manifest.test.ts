import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { commands } from '../handlers/index.ts';
import { type } from './cli/kit.ts';
import { manifestFaults } from './kit/manifest-rules.ts';

const root = join(import.meta.dirname, '..');
const yaml = readFileSync(join(root, 'manifest.yml'), 'utf8');
const manifest = z
  .object({
    features: z.object({ slash_commands: z.array(z.object({ command: z.string(), usage_hint: z.string() })) }),
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
    settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }).optional() }),
  })
  .loose()
  .parse(parse(yaml));
const scopes = manifest.oauth_config.scopes.bot;
const declared = manifest.features.slash_commands.map(({ command }) => command);

describe('Slack takes the manifest', () => {
  it('as it is written', () => {
    expect(manifestFaults(parse(yaml))).toEqual([]);
  });

  it.each(['manifest --url https://bot.acme.example', 'manifest --socket'])(
    'as `understudy %s` prints it',
    async (line) => {
      expect(manifestFaults(JSON.parse((await type(line)).out))).toEqual([]);
    },
  );
});

describe('the constraints find', () => {
  const put = (path: readonly string[], value: unknown, tree: unknown = parse(yaml)): unknown => {
    const [key = '', ...rest] = path;
    const inner = z.record(z.string(), z.unknown()).parse(tree);
    return { ...inner, [key]: rest.length === 0 ? value : put(rest, value, inner[key] ?? {}) };
  };
  const command = { command: '/model', description: 'x' };

  it.each([
    ['display_information.name: 36 is more than 35', ['display_information', 'name'], 'x'.repeat(36)],
    ['display_information.name: missing', ['display_information'], { description: 'x' }],
    [
      'display_information.long_description: 174 is less than 175',
      ['display_information', 'long_description'],
      'x'.repeat(174),
    ],
    ['display_information.background_color: not like', ['display_information', 'background_color'], '23324a'],
    ['display_information.colour: not a member', ['display_information', 'colour'], '#23324a'],
    ['features.bot_user.display_name: not like', ['features', 'bot_user', 'display_name'], 'Under Study'],
    ['features.slash_commands: 0 is less than 1', ['features', 'slash_commands'], []],
    ['features.slash_commands[].command: not like', ['features', 'slash_commands'], [{ ...command, command: 'model' }]],
    ['features.slash_commands[].description: missing', ['features', 'slash_commands'], [{ command: '/model' }]],
    ['features.slash_commands[].url: not like', ['features', 'slash_commands'], [{ ...command, url: 'a.example' }]],
    ['features.shortcuts: 0 is less than 1', ['features', 'shortcuts'], []],
    ['settings.interactivity.is_enabled: missing', ['settings', 'interactivity'], {}],
    ['settings.socket_mode_enabled: not a flag', ['settings', 'socket_mode_enabled'], 'yes'],
    ['functions: not a member', ['functions'], {}],
  ])('%s', (fault, path, value) => {
    expect(manifestFaults(put(path, value))).toEqual([expect.stringMatching(`^${fault.replace(/[[\]]/g, '\\$&')}`)]);
  });
});

describe('the commands of the manifest', () => {
  const bolt = readFileSync(join(root, 'handlers/bolt.ts'), 'utf8');
  const hung = (what: string): readonly unknown[] =>
    [...bolt.matchAll(new RegExp(`\\bapp\\.${what}\\(\\s*'([^']+)'`, 'g'))].map(([, name]) => name);

  it('are those that Bolt is given, and so are its events', () => {
    expect(hung('command')).toEqual(declared);
    expect(hung('event')).toEqual(manifest.settings.event_subscriptions?.bot_events ?? []);
  });

  it('are those that the door table says to type', () => {
    const typed = Object.entries(commands).map(([verb, { usage }]) => ({ verb, words: usage.split(' ').slice(0, 2) }));
    expect(typed.filter(({ verb, words }) => !declared.includes(words[0] ?? '') || words[1] !== verb)).toEqual([]);
    expect(typed.length).toBeGreaterThan(5);
  });

  it('hint at verbs that exist', () => {
    const hints = manifest.features.slash_commands.flatMap(({ usage_hint: hint }) => hint.split(' | '));
    expect(hints.filter((hint) => !Object.hasOwn(commands, hint.split(' ')[0] ?? ''))).toEqual([]);
  });
});

/** The scopes that let a bot call each method, on public and on private channels. */
const scopesOf: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'chat.delete': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.replies': ['channels:history', 'groups:history'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.update': [],
};

describe('the scopes of the manifest', () => {
  const sources = ['src/slack', 'src/wiring', 'handlers'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(root, folder, file), 'utf8')),
  );
  const called = new Set(sources.flatMap(methodsIn));
  const needed = new Set([...called].flatMap((method) => scopesOf[method] ?? []));

  it('are looked for in code that really calls Slack', () => {
    expect([...called]).toEqual(expect.arrayContaining(['chat.postMessage', 'users.info', 'views.open', 'auth.test']));
    expect(methodsIn('await client\n  .usergroups.users.list({ usergroup })')).toEqual(['usergroups.users.list']);
  });

  it('are known for every method that is called, and no method is called by its name in a text', () => {
    expect([...called].filter((method) => scopesOf[method] === undefined)).toEqual([]);
    expect(sources.filter((text) => /\.apiCall\(/.test(text))).toEqual([]);
  });

  it('let every call through', () => {
    expect([...needed].filter((scope) => !scopes.includes(scope))).toEqual([]);
  });

  it('are all used: `commands` by the slash command, the others by a call', () => {
    expect(scopes.filter((scope) => scope !== 'commands' && !needed.has(scope))).toEqual([]);
    expect(scopes).toContain('commands');
  });

  it('stand once each, with the reason beside them', () => {
    expect(new Set(scopes).size).toBe(scopes.length);
    const reasons = scopes.map((scope) => [scope, new RegExp(`^ +- ${scope} # \\S+ \\S+ \\S+`, 'm').test(yaml)]);
    expect(reasons.filter(([, isExplained]) => !isExplained)).toEqual([]);
  });
});

function methodsIn(text: string): readonly string[] {
  const calls = text.matchAll(/\bclient\s*\.\s*([a-z]+(?:\s*\.\s*[a-zA-Z]+)+)\s*\(/g);
  return [...calls].map(([, method = '']) => method.replace(/\s/g, ''));
}
