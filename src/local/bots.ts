import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localEnvironment } from './clean-environment.ts';
import type { World } from './open-world.ts';

/** A replica of the bot in a process of its own, as it would run anywhere. */
export type BotProcess = {
  readonly url: string;
  readonly pid: number;
  /** SIGKILL: no goodbye, nothing flushed. */
  readonly kill: () => Promise<void>;
  /** SIGTERM: finishes what is under way. */
  readonly stop: () => Promise<void>;
};

const readyWithinMs = 30_000;

/**
 * Starts `understudy start` on the world's configuration and waits until it listens. Its environment is made here: of the
 * machine's own only PATH is handed on, so no AWS profile, proxy or token of the machine can reach it.
 */
export async function startBotProcess(
  world: Pick<World, 'configText' | 'secrets' | 'attach' | 'detach'>,
  cli: string,
  onLine: (line: string) => void,
): Promise<BotProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-'));
  const file = join(folder, 'understudy.yml');
  writeFileSync(file, world.configText(), { mode: 0o600 });
  const child = spawn(process.execPath, [cli, 'start', file], {
    env: {
      ...world.secrets,
      ...localEnvironment,
      PATH: process.env.PATH ?? '',
      NODE_NO_WARNINGS: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  endWithParent(child);
  const url = await listening(child, onLine);
  await world.attach(url);
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    world.detach(url);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  };
  return { url, pid: child.pid ?? 0, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

/** Ends the process with that id once the pipe from its parent ends, however the parent went: asks first, then insists. */
const untilInputEnds = 'cat >/dev/null; kill "$0" && sleep 3 && kill -9 "$0"';

/** A replica does not outlive its world. The watch is in a process group of its own, so a Ctrl-C does not take it away. */
function endWithParent(child: ChildProcess): void {
  if (child.pid === undefined) return;
  const watch = spawn('/bin/sh', ['-c', untilInputEnds, String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watch.on('error', () => {});
  watch.unref();
  child.once('exit', () => watch.kill('SIGKILL'));
}

function listening(child: ChildProcess, onLine: (line: string) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const tooLate = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The bot did not listen within ${readyWithinMs / 1_000} s`));
    }, readyWithinMs);
    const hear = (chunk: Buffer): void => {
      for (const line of chunk
        .toString('utf8')
        .split('\n')
        .filter((each) => each.trim() !== '')) {
        const url = /^Understudy listens on (\S+)$/.exec(line)?.[1];
        if (url === undefined) onLine(line);
        else {
          clearTimeout(tooLate);
          resolve(url);
        }
      }
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => {
      clearTimeout(tooLate);
      reject(new Error(`The bot ended with exit code ${code} before it listened`));
    });
  });
}
