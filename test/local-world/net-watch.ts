import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { serve } from '../contracts/local-slack-kit.ts';

/**
 * Loaded before a program: notes every connection, name look-up and datagram of it and of the Node programs that it starts,
 * and every port that they listen on.
 */
const hook = `
import childProcess from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const { NET_WATCH_FILE, NODE_OPTIONS } = process.env;
const tell = (kind, what) => appendFileSync(NET_WATCH_FILE, JSON.stringify({ pid: process.pid, kind, what }) + '\\n');

function addressOf([first, second]) {
  const wish = Array.isArray(first) ? first[0] : first;
  if (typeof wish !== 'object') return (typeof second === 'string' ? second : 'localhost') + ':' + wish;
  return wish.path ?? (wish.host ?? 'localhost') + ':' + wish.port;
}

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...wish) {
  tell('connect', addressOf(wish));
  return connect.apply(this, wish);
};
const { listen } = net.Server.prototype;
net.Server.prototype.listen = function (...wish) {
  this.once('listening', () => tell('listen', this.address().address + ':' + this.address().port));
  return listen.apply(this, wish);
};
for (const names of [dns, dns.promises])
  for (const [name, ask] of Object.entries(names))
    if (/^(lookup|resolve|reverse)/.test(name) && typeof ask === 'function')
      names[name] = function (asked, ...more) {
        if (net.isIP(asked) === 0) tell('name', asked);
        return ask.call(this, asked, ...more);
      };
for (const name of ['send', 'connect']) {
  const act = dgram.Socket.prototype[name];
  dgram.Socket.prototype[name] = function (...wish) {
    tell('datagram', wish.slice(1).join(' '));
    return act.apply(this, wish);
  };
}
const { spawn } = childProcess;
childProcess.spawn = (file, args, options) =>
  spawn(file, args, file === process.execPath ? { ...options, env: { ...options.env, NODE_OPTIONS, NET_WATCH_FILE } } : options);
syncBuiltinESMExports();
`;

export type Noted = {
  readonly pid: number;
  readonly kind: 'connect' | 'listen' | 'name' | 'datagram';
  readonly what: string;
};

/** A watched program: what it has said, and how it ends. */
export type Program = {
  readonly child: ChildProcess;
  readonly said: () => string;
  /** Resolves once it has said so. Fails when it ends before. */
  readonly says: (words: string) => Promise<void>;
  readonly ended: Promise<{ readonly code: number | null; readonly said: string }>;
};

export function run(args: readonly string[], environment: Readonly<Record<string, string>>, cwd = tmpdir()): Program {
  const child = spawn(process.execPath, [...args], { cwd, env: { ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const waiting = new Set<() => void>();
  const hear = (piece: Buffer): void => {
    said += piece.toString();
    for (const look of waiting) look();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<{ code: number | null; said: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, said })),
  );
  return {
    child,
    said: () => said,
    ended,
    says: (words) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!said.includes(words)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        const tooLate = ({ code }: { readonly code: number | null }): void =>
          reject(new Error(`ended with ${code} before it said ${words}:\n${said}`));
        ended.then(tooLate).catch(reject);
      }),
  };
}

/** A place where a hostile machine waits for whoever believes its environment: servers that only count who comes. */
export async function openTraps() {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-'));
  const noted = join(folder, 'noted.jsonl');
  const file = join(folder, 'hook.mjs');
  const stolen = join(folder, 'credentials-were-asked-for');
  const config = join(folder, 'config');
  writeFileSync(noted, '');
  writeFileSync(file, hook);
  let visits = 0;
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(403).end();
  });
  server.on('connection', () => {
    visits += 1;
  });
  const trap = await serve(server);
  writeFileSync(
    config,
    `[profile production]\nregion = eu-west-1\nendpoint_url = ${trap.url}\ncredential_process = touch ${stolen}\n`,
  );
  const keys = {
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY',
    AWS_SESSION_TOKEN: 'a-real-looking-token',
  };
  const addresses = {
    AWS_ENDPOINT_URL: trap.url,
    AWS_ENDPOINT_URL_SAGEMAKER: trap.url,
    AWS_ENDPOINT_URL_DYNAMODB: trap.url,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `${trap.url}/credentials`,
    SLACK_API_URL: `${trap.url}/api/`,
    HTTP_PROXY: trap.url,
    HTTPS_PROXY: trap.url,
    ALL_PROXY: trap.url,
    NODE_USE_ENV_PROXY: '1',
  };
  const others = {
    AWS_PROFILE: 'production',
    AWS_CONFIG_FILE: config,
    AWS_REGION: 'eu-west-1',
    AWS_USE_FIPS_ENDPOINT: 'true',
    SLACK_BOT_TOKEN: 'xoxb-real-looking',
    UNDERSTUDY_CONFIG: '/etc/understudy.yml',
    PATH: process.env.PATH ?? '',
    NODE_OPTIONS: `--import ${pathToFileURL(file).href}`,
    NET_WATCH_FILE: noted,
  };
  return {
    trapPort: Number(new URL(trap.url).port),
    visits: () => visits,
    wasAskedForCredentials: () => existsSync(stolen),
    /** Everything that a developer's machine may hold, and the watch. */
    environment: { ...keys, ...addresses, ...others } as Readonly<Record<string, string>>,
    noted: (): readonly Noted[] =>
      readFileSync(noted, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
    close: async () => {
      await trap.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export type Traps = Awaited<ReturnType<typeof openTraps>>;
