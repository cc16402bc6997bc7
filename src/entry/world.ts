import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { instant, wallNow } from '../kernel/time.ts';
import { leaveMachineEnvironment } from '../local/clean-environment.ts';
import { dataFolder } from '../local/data/data-folder.ts';
import { trainVersions } from '../local/data/ml/train-versions.ts';
import { openWorld } from '../local/open-world.ts';

/** `understudy world [FILE]`: the local world alone. Writes the configuration for a bot and prints the environment it needs. */
export async function run(args: readonly string[]): Promise<number> {
  leaveMachineEnvironment();
  const world = await openWorld({
    startAt: instant(wallNow()),
    speed: 1,
    versions: trainVersions(join(dataFolder(), 'Employees Promotion.csv')),
  });
  const file = args[0] ?? 'understudy.local.yml';
  writeFileSync(file, world.configText(3000));
  process.stdout.write(`The local world is open. Start a bot in it from another terminal:\n`);
  for (const [name, value] of Object.entries(world.secrets)) process.stdout.write(`export ${name}='${value}'\n`);
  process.stdout.write(`npm run -s understudy -- start ${file}\n`);
  await world.attach('http://127.0.0.1:3000');
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await world.close();
  return 0;
}
