import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entry } from '../../src/audit/entry.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { newSigningKey } from '../../src/kernel/signing.ts';
import { plus } from '../../src/kernel/time.ts';
import { worldConfig } from '../../src/local/world-config.ts';
import { makeAuditSide } from '../../src/wiring/audit-side.ts';
import { openLog } from '../../src/wiring/log.ts';
import { act, entryAt } from '../kit/acts.ts';
import { openTestStore } from '../kit/dynamodb.ts';
import { type Typed, type } from './kit.ts';

/** An entry takes two writes, and DynamoDB takes 100 at once. */
const entriesAtOnce = 40;

const elsewhere = 'http://127.0.0.1:9';

/** A configuration file in a folder of its own that names a store of this test, and the trail in it as the bot writes it. */
export async function openAuditedWorld() {
  const world = await openTestStore();
  const folder = mkdtempSync(join(tmpdir(), 'understudy-'));
  const env = {
    UNDERSTUDY_CONFIG: join(folder, 'understudy.yml'),
    UNDERSTUDY_AUDIT_KEY: newSigningKey(),
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_SIGNING_SECRET: 'test',
  };
  const text = configText(world.url);
  writeFileSync(env.UNDERSTUDY_CONFIG, text);
  const config = loadConfig(text, env);
  if (!config.ok) throw new Error(JSON.stringify(config.refusal));
  const now = () => world.clock.at;
  const bot = makeAuditSide({
    config: config.value,
    clocks: { wall: now, domain: now },
    store: world.store,
    commit: world.store.commit,
    newId: () => 'not asked for',
    holder: 'a',
    log: openLog('silent'),
  });
  return {
    ...world,
    env,
    folder,
    seal: bot.seal,
    /** Writes entries a second apart and lets them settle, so that the next sealing takes them. */
    write: async (count: number, parts: Partial<Entry> = {}): Promise<readonly Entry[]> => {
      const entries: Entry[] = [];
      for (let each = 0; each < count; each += 1) {
        world.clock.at = plus(world.clock.at, 1_000);
        entries.push(entryAt(world.clock.at, { chain: 'employee-promotion', ...parts }));
      }
      for (let from = 0; from < count; from += entriesAtOnce) {
        await world.store.commit(act({ entries: entries.slice(from, from + entriesAtOnce) }));
      }
      world.clock.at = plus(world.clock.at, 5_000);
      return entries;
    },
    type: (line: string, more: Record<string, string> = {}): Promise<Typed> =>
      type(line, { env: { ...env, ...more }, wall: now }),
    close: async () => {
      rmSync(folder, { recursive: true });
      await world.close();
    },
  };
}

export type AuditedWorld = Awaited<ReturnType<typeof openAuditedWorld>>;

export function configText(store: string): string {
  const addresses = {
    aws: elsewhere,
    slack: elsewhere,
    clock: elsewhere,
    store,
    topic: 'arn:aws:sns:us-east-1:111122223333:ml-guardrails',
    account: '111122223333',
    region: 'us-east-1',
  };
  return worldConfig(addresses, { postEvery: '1s' }, 3000);
}
