import { join } from 'node:path';
import type { Entry } from '../../src/audit/entry.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { type EpochMs, parseDurationMs, parseInstant, wallNow } from '../../src/kernel/time.ts';
import { dataFolder } from '../../src/local/data/data-folder.ts';
import { type TrainedVersion, trainVersions } from '../../src/local/data/ml/train-versions.ts';
import { openWorld, type World, type WorldOptions } from '../../src/local/open-world.ts';
import type { SeenMessage } from '../../src/local/slack/people/look.ts';
import { connectStore } from '../../src/wiring/connect-store.ts';
import { openLog } from '../../src/wiring/log.ts';
import { type RunningBot, startBot } from '../../src/wiring/start-bot.ts';

/** One day in the house: a world by hand, bots in it, and people who act. Waits are for facts, never for time. */
export type Journey = {
  readonly world: World;
  readonly bots: readonly RunningBot[];
  /** Types a command and resolves with the private answer. */
  readonly say: (line: string, who: string, channel?: string) => Promise<SeenMessage>;
  /** Presses a button and waits until all that follows from it is done. */
  readonly click: (card: SeenMessage & { readonly version?: number }, button: string, who: string) => Promise<void>;
  /** The newest card of the channel that reads so. */
  readonly card: (reading: RegExp, channel?: string) => SeenMessage;
  readonly cards: (reading: RegExp, channel?: string) => readonly SeenMessage[];
  /** The same card as it stands now. */
  readonly now: (card: SeenMessage) => SeenMessage;
  readonly reads: (card: SeenMessage) => string;
  readonly buttons: (card: SeenMessage) => readonly string[];
  /** The last thing that only this person was told. */
  readonly whisperTo: (who: string) => string;
  /** Lets domain time pass, in steps, with everything that falls due in it. */
  readonly pass: (span: string) => Promise<void>;
  /** Resolves when nothing is on its way any more; fails with what is stuck. */
  readonly settle: () => Promise<void>;
  /** The acts of a chain, oldest first. */
  readonly audit: (chain?: string) => Promise<readonly string[]>;
  readonly entries: (chain?: string) => Promise<readonly Entry[]>;
  readonly close: () => Promise<void>;
};

const people: Readonly<Record<string, string>> = {
  ana: 'U0ANA',
  bo: 'U0BO',
  mira: 'U0MIRA',
  vic: 'U0VIC',
  gus: 'U0GUS',
};
const home = 'C0PROMO';
const stepMs = 30_000;
const settleWithinMs = 20_000;

let trained: readonly TrainedVersion[] | undefined;

/** Fitted once in a test process: the same file gives the same models. */
export function twoVersions(): readonly TrainedVersion[] {
  trained ??= trainVersions(join(dataFolder(), 'Employees Promotion.csv'));
  return trained;
}

export async function openJourney(
  options: { readonly replicas?: number } & Partial<WorldOptions> = {},
): Promise<Journey> {
  const { replicas = 1, ...worldOptions } = options;
  const world = await openWorld({
    startAt: parseInstant('2026-11-23T08:58:30Z') as EpochMs,
    speed: 0,
    versions: twoVersions(),
    postIntervalMs: 0,
    perMinute: 12,
    policySecondMs: 5,
    ...worldOptions,
  });
  const config = loadConfig(world.configText(), world.secrets);
  if (!config.ok) throw new Error(JSON.stringify(config.refusal));
  const clocks = { wall: wallNow, domain: world.clock.now };
  const bots: RunningBot[] = [];
  for (let each = 0; each < replicas; each += 1) {
    const bot = await startBot(config.value, { clocks, log: openLog('fatal'), searchAfterMs: [50, 150] });
    bots.push(bot);
    await world.attach(bot.url);
  }
  const store = connectStore(config.value, wallNow);
  const { slack } = world;
  const settle = (): Promise<void> => settled(world, bots);
  const find = (reading: RegExp, channel = home): readonly SeenMessage[] =>
    slack.messages(channel).filter((message) => reading.test(slack.plainText(message)));
  const entries = (chain = 'employee-promotion'): Promise<readonly Entry[]> =>
    store.audit.entries(chain, { limit: 200, newestFirst: false });
  await settle();
  return {
    world,
    bots,
    say: async (line, who, channel = home) => {
      const user = people[who] ?? who;
      const before = slack.ephemerals(user).length;
      await slack.as(user).command(channel, line);
      await settle();
      const answer = slack.ephemerals(user)[before];
      if (!answer) throw new Error(`${who} typed ${line} and was told nothing`);
      return answer;
    },
    click: async (card, button, who) => {
      await slack.as(people[who] ?? who).click(card, button);
      await settle();
    },
    card: (reading, channel) => {
      const found = find(reading, channel).at(-1);
      if (!found)
        throw new Error(
          `no card reads ${reading}; there are:\n${slack
            .messages(channel ?? home)
            .map((message) => slack.plainText(message))
            .join('\n--\n')}`,
        );
      return found;
    },
    cards: find,
    now: (card) => {
      const found = slack.messages(card.channel).find((message) => message.ts === card.ts);
      if (!found) throw new Error('the card is gone');
      return found;
    },
    reads: (card) => slack.plainText(card),
    buttons: (card) => slack.buttonsOf(card),
    whisperTo: (who) => {
      const last = slack.ephemerals(people[who] ?? who).at(-1);
      return last ? slack.plainText(last) : '';
    },
    pass: async (span) => {
      const total = parseDurationMs(span) ?? 0;
      for (let passed = 0; passed < total; passed += stepMs) {
        await world.clock.advance(Math.min(stepMs, total - passed));
        await settle();
      }
    },
    settle,
    entries,
    audit: async (chain) =>
      (await entries(chain)).map((entry) => (entry.outcome === 'refused' ? `${entry.act} (refused)` : entry.act)),
    close: async () => {
      await Promise.all(bots.map((bot) => bot.stop()));
      await world.close();
    },
  };
}

/** Beats every bot until the world has nothing on its way, nothing is due, and a whole round wrote nothing. */
async function settled(world: World, bots: readonly RunningBot[]): Promise<void> {
  const started = performance.now();
  let before = -1;
  for (;;) {
    await Promise.all(bots.map((bot) => bot.beat()));
    const states = await Promise.all(bots.map((bot) => bot.readiness()));
    const pending = [...world.pending(), ...states.flatMap((state) => state.pending)];
    const commits = states.reduce((sum, state) => sum + state.commits, 0);
    if (pending.length === 0 && commits === before) return;
    before = commits;
    if (performance.now() - started > settleWithinMs) throw new Error(`Stuck:\n${pending.join('\n')}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
