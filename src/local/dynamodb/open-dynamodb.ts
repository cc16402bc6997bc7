import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../../kernel/fault.ts';
import { wallNow } from '../../kernel/time.ts';
import { type DynamoDbSource, findDynamoDb } from './find-dynamodb.ts';
import { readSurroundings } from './surroundings.ts';

export type LocalDynamoDb = { readonly url: string; readonly close: () => Promise<void> };

export type DynamoDbOptions = {
  /** Where tables outlive the process; absent: memory. */
  readonly dir?: string;
  readonly source?: DynamoDbSource;
};

const startLimitMs = 10_000;
const knockEveryMs = 10;
/** A free port can be taken by somebody else between finding it and using it. */
const portAttempts = 3;

/** A DynamoDB for the local world: the one at `UNDERSTUDY_DYNAMODB_URL`, else a child process on a free port. */
export async function openDynamoDb(options: DynamoDbOptions = {}): Promise<LocalDynamoDb> {
  const source = options.source ?? findDynamoDb(readSurroundings());
  if (source.kind === 'url') return { url: source.url, close: async () => {} };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOn(await freePort(), source.path, options.dir);
    } catch (error) {
      if (attempt === portAttempts || !(error instanceof Fault) || !error.retryable) throw error;
    }
  }
}

/**
 * Runs the program until its standard input ends. The pipe ends with the parent, however that goes, `kill -9` included;
 * and in a process group of its own the database outlives the Ctrl-C that its parent is still answering.
 */
const untilInputEnds =
  'exec 3<&0; "$0" "$@" 3<&- & program=$!; { cat <&3; kill $program; } >/dev/null 2>&1 & watch=$!; wait $program; ended=$?; kill $watch 2>/dev/null; exit $ended';

async function startOn(port: number, program: string, dir: string | undefined): Promise<LocalDynamoDb> {
  if (dir !== undefined) mkdirSync(dir, { recursive: true });
  const database = dir === undefined ? [] : ['--db-path', join(dir, 'dynamodb.sqlite')];
  const serve = ['serve', '--host', '127.0.0.1', '--port', String(port), ...database];
  const child = spawn('/bin/sh', ['-c', untilInputEnds, program, ...serve], {
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
  });
  const gone = ending(child);
  const failed = gone.then((why) => Promise.reject(new Fault('dynamodb-start', why, { retryable: true })));
  // Once it answers, its end is no failure to start.
  failed.catch(() => {});
  try {
    await Promise.race([answering(port), failed]);
  } catch (error) {
    child.stdin?.end();
    throw error;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      child.stdin?.end();
      await gone;
    },
  };
}

/** Resolves with the child's last words when it is gone, however it went. */
function ending(child: ChildProcess): Promise<string> {
  let words = '';
  child.stderr?.on('data', (part: Buffer) => {
    words = `${words}${part}`.slice(-2_000);
  });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`DynamoDB could not be started: ${error.message}`));
    child.once('exit', (code, signal) => resolve(`DynamoDB ended (${signal ?? code}): ${words.trim()}`));
  });
}

async function answering(port: number): Promise<void> {
  const until = wallNow() + startLimitMs;
  while (!(await knock(port))) {
    if (wallNow() > until)
      throw new Fault('dynamodb-start', `DynamoDB did not answer on port ${port} within ${startLimitMs} ms`);
    await pause(knockEveryMs);
  }
}

function knock(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const said = (open: boolean) => () => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', said(true));
    socket.once('error', said(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
