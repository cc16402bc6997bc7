import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { instant, wallNow } from '../kernel/time.ts';
import { type BotProcess, startBotProcess } from '../local/bots.ts';
import { leaveMachineEnvironment } from '../local/clean-environment.ts';
import { dataFolder } from '../local/data/data-folder.ts';
import { trainVersions } from '../local/data/ml/train-versions.ts';
import { openWorld, type World } from '../local/open-world.ts';
import { playStory } from '../local/story/play-story.ts';
import { type Print, printTranscript } from '../local/story/transcript.ts';

/** Domain seconds for each second of the watch while the story plays. */
const storySpeed = 60;

export type LocalRun = {
  readonly world: World;
  readonly bots: readonly BotProcess[];
  readonly close: () => Promise<void>;
};

/** The command line's own compiled file: what a replica is started with. */
const cli = fileURLToPath(new URL('./cli.js', import.meta.url));

/** Opens the world, fits and registers the two versions, and puts replicas of the bot into it. */
export async function openLocalRun(replicas: number, print: Print): Promise<LocalRun> {
  leaveMachineEnvironment();
  const csv = join(dataFolder(), 'Employees Promotion.csv');
  print(`Reading data/Employees Promotion.csv and fitting two logistic regressions …`);
  const versions = trainVersions(csv);
  for (const [index, { report }] of versions.entries()) print(`  version ${index + 1}: ${reportWords(report)}`);
  const world = await openWorld({ startAt: instant(wallNow()), speed: storySpeed, versions });
  printAddresses(world, print);
  const bots: BotProcess[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(bots.map((bot) => bot.stop()));
    await world.close();
  };
  try {
    for (let each = 0; each < replicas; each += 1)
      bots.push(await startBotProcess(world, cli, (line) => print(`  bot: ${line}`)));
  } catch (error) {
    await close();
    throw error;
  }
  for (const bot of bots) print(`  bot        ${bot.url}`);
  return { world, bots, close };
}

/** Plays the day and prints everything that people see. */
export async function playDay({ world }: LocalRun, print: Print): Promise<void> {
  const stop = printTranscript(world.slack, world.clock, print);
  try {
    await playStory(world, print);
  } finally {
    stop();
  }
}

type Report = ReturnType<typeof trainVersions>[number]['report'];

function reportWords({ rows, binary_classification_metrics: metrics }: Report): string {
  const shown = (value: number | null): string => (value === null ? 'not measured' : value.toFixed(3));
  const worst = shown(metrics.log_loss_best_constant_classifier.value);
  return `AUC ${shown(metrics.auc.value)}, log loss ${shown(metrics.log_loss.value)} (best constant ${worst}), on ${rows.toLocaleString('en-US')} held-out rows`;
}

function printAddresses({ addresses }: World, print: Print): void {
  print(`The local world runs on this machine alone; one minute of its time takes ${60 / storySpeed} s.`);
  print(`  AWS        ${addresses.aws}`);
  print(`  Slack      ${addresses.slack}`);
  print(`  DynamoDB   ${addresses.store}`);
  print(`  clock      ${addresses.clock}`);
}
