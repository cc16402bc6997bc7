import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLoopback } from '../config/forms/addresses.ts';
import { readYaml } from '../config/read-yaml.ts';
import { Fault } from '../kernel/fault.ts';
import { readArgs } from './read-args.ts';
import { exitCodes, type Verb } from './verb.ts';

/** `understudy manifest`: the Slack app, as the JSON that Slack's `apps.manifest` methods take. */
export const manifest: Verb = {
  usage: 'understudy manifest [--url https://HOST | --socket] [--json]',
  says: 'prints the Slack app as JSON, for your host or for Socket Mode; --json puts it on one line',
  run: async (args, { home, print, warn }) => {
    const { texts, switches } = readArgs(args, { texts: ['url'], switches: ['socket', 'json'] });
    if (texts.url !== undefined && switches.has('socket')) {
      throw new Fault('usage', 'Socket Mode has no URLs: write --url or --socket, not both.');
    }
    const written = readManifest(join(home, 'manifest.yml'));
    if (texts.url === undefined && !switches.has('socket')) {
      warn('The host is the example of manifest.yml. Give yours with --url, or --socket for none.');
    }
    print(JSON.stringify(formOf(written, texts.url, switches.has('socket')), null, switches.has('json') ? 0 : 2));
    return exitCodes.clean;
  },
};

function formOf(written: unknown, url: string | undefined, isSocket: boolean): unknown {
  if (isSocket) return inSocketMode(withUrls(written, () => undefined));
  return url === undefined ? written : withUrls(written, atOrigin(originIn(url)));
}

function readManifest(path: string): unknown {
  const { tree, faults } = readYaml(readFileSync(path, 'utf8'));
  const [first] = faults;
  if (first) throw new Fault('config', `${path}, ${first.path}: ${first.sentence}`);
  return tree;
}

/** Slack calls https alone; a stand-in on this machine may be called without. */
function originIn(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const fits = url && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(text)));
  if (fits && url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password) return url.origin;
  throw new Fault('usage', '--url takes https and a host without a path, such as https://understudy.example.com.');
}

function atOrigin(origin: string): (address: string) => string {
  return (address) => `${origin}${new URL(address).pathname}`;
}

/** The members of a manifest at which Slack calls the app. */
const urlMembers = new Set(['url', 'request_url', 'message_menu_options_url']);

/** Every URL as `move` says; undefined takes it away. */
function withUrls(value: unknown, move: (address: string) => string | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => withUrls(item, move));
  if (!isTree(value)) return value;
  const members = Object.entries(value).map(([key, member]) => {
    const isUrl = urlMembers.has(key) && typeof member === 'string';
    return [key, isUrl ? move(member) : withUrls(member, move)] as const;
  });
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}

function inSocketMode(tree: unknown): unknown {
  if (!isTree(tree)) return tree;
  return { ...tree, settings: { ...(isTree(tree.settings) ? tree.settings : {}), socket_mode_enabled: true } };
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
