import type { Config } from '../config/config.ts';
import { configPath, openConfigFile } from '../config/config-file.ts';
import { describeUnused } from '../config/describe-unused.ts';
import { readEnvironment } from '../config/environment.ts';
import { Fault } from '../kernel/fault.ts';
import { type Clocks, wallNow } from '../kernel/time.ts';
import { followClock } from '../wiring/domain-clock-client.ts';
import { openLog } from '../wiring/log.ts';
import { startBot } from '../wiring/start-bot.ts';

/** `understudy start`: the bot, in the world that its configuration names. It never falls back to a local one. */
export async function run(args: readonly string[]): Promise<number> {
  const env = readEnvironment();
  const read = openConfigFile(args[0], env);
  if (!read.ok) throw configFault(configPath(args[0], env), read.refusal);
  const config = read.value;
  for (const line of [...config.announcements, ...notYetLines(config)]) process.stdout.write(`${line}\n`);
  const time = await timeOf(config);
  try {
    const bot = await startBot(config, { clocks: time.clocks, log: openLog(config.logs.level) });
    // Who reads that it listens may tell it to stop at once.
    const toldToStop = untilToldToStop();
    process.stdout.write(`Understudy listens on ${bot.url}\n`);
    await toldToStop;
    await bot.stop();
  } finally {
    time.close();
  }
  return 0;
}

function configFault(path: string, faults: readonly { readonly path: string; readonly sentence: string }[]): Fault {
  const lines = faults.map((fault) => `  ${fault.path}: ${fault.sentence}`);
  return new Fault(
    'config',
    `${path} has ${faults.length === 1 ? '1 fault' : `${faults.length} faults`}. Nothing was started.\n${lines.join('\n')}`,
  );
}

/** A key that is accepted and does nothing would be believed; so each start names it. */
function notYetLines(config: Config): readonly string[] {
  return describeUnused(config).map(({ path, sentence }) => `not yet: ${path}: ${sentence}`);
}

type Time = { readonly clocks: Clocks; readonly close: () => void };

/** A real world has one time. A local world owns the operators' time and serves it. */
async function timeOf(config: Config): Promise<Time> {
  if (config.override.clock === undefined) return { clocks: { wall: wallNow, domain: wallNow }, close: () => {} };
  const followed = await followClock(config.override.clock);
  return { clocks: { wall: wallNow, domain: followed.now }, close: followed.close };
}

function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
}
