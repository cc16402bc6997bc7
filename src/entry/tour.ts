import { openLocalRun, playDay } from './local-run.ts';

/** `understudy tour`: the scripted story in the terminal, with two replicas of the bot; exits 0 when it ended well. */
export async function run(): Promise<number> {
  const started = performance.now();
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const day = await openLocalRun(2, print);
  try {
    await playDay(day, print);
  } finally {
    await day.close();
  }
  print(
    `\nThe day is over after ${Math.round((performance.now() - started) / 1_000)} s. Everything went through real Bolt, the real AWS SDKs and HTTP on this machine.`,
  );
  return 0;
}
