import { openLocalRun, playDay } from './local-run.ts';

/** `understudy demo`, which `npm start` runs: the local world and the bot; plays the day, then stays up until Ctrl-C. */
export async function run(): Promise<number> {
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const day = await openLocalRun(1, print);
  const told = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  try {
    const ended = await Promise.race([
      playDay(day, print).then(() => 'played' as const),
      told.then(() => 'told' as const),
    ]);
    if (ended === 'played') {
      day.world.clock.setSpeed(1);
      print('\nThe day is over. The world and the bot stay up, at the speed of the watch; Ctrl-C ends them.');
      await told;
    }
  } finally {
    await day.close();
  }
  return 0;
}
