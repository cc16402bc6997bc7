import type { Unattended } from '../../handlers/index.ts';
import { Inbox } from '../alerts/inbox.ts';
import { Notes } from '../outbox/card.ts';
import { Intents } from '../runner/intent.ts';
import { makeBeat } from '../schedule/acts/beat.ts';
import { Slots } from '../schedule/slot.ts';
import { makeSummariseSlot } from '../shadow/acts/summarise-slot.ts';
import type { Poster } from '../slack/poster.ts';
import type { makeAlertSide } from './alert-side.ts';
import type { makeAuditSide } from './audit-side.ts';
import type { makeChangeSide } from './change-side.ts';
import type { Ground } from './ground.ts';
import { makeMatches } from './heartbeat.ts';
import { makeUnderLease } from './leases.ts';
import { summaryMargins } from './policies.ts';
import type { Readiness } from './readiness.ts';
import type { Wakes } from './signals.ts';
import { makeWorker, type Worker } from './worker.ts';

export type Work = {
  /** Every worker looks once; resolves when all have. */
  readonly beat: () => Promise<void>;
  /** The same, and nobody waits: a worker that hangs on AWS holds up neither the next beat nor the others. */
  readonly pulse: () => void;
  readonly wakes: Wakes;
  readonly pending: () => Promise<readonly string[]>;
  readonly readiness: () => Pick<Readiness, 'startedAt' | 'beats' | 'lastBeatAt' | 'lastBeatDomain'>;
  readonly stop: () => Promise<void>;
};

type Sides = {
  readonly alerts: ReturnType<typeof makeAlertSide>;
  readonly audit: ReturnType<typeof makeAuditSide>;
  readonly changes: ReturnType<typeof makeChangeSide>;
  readonly poster: Poster;
  readonly doors: {
    /** Does what a fallen replica left open. */
    readonly doLeftOver: () => Promise<void>;
    /** Tells the others that this replica is still at what it took. */
    readonly keepUnderWay: () => Promise<void>;
  };
};

/** The bot's workers: each is woken by a signal and by every heartbeat, and looks at what is due. */
export function startWork(ground: Ground, { alerts, audit, changes, poster, doors }: Sides): Work {
  const { clocks, log } = ground;
  const onTrouble = (worker: string, error: unknown): void =>
    log.error({ worker, error }, 'work waits for the next beat');
  const worker = (name: string, work: () => Promise<unknown>): Worker =>
    makeWorker(name, async () => void (await work()), onTrouble);
  const workers: Readonly<Record<Unattended, Worker>> = {
    doors: worker('doors', doors.doLeftOver),
    underWay: worker('work under way at the doors', doors.keepUnderWay),
    inbox: worker('inbox', alerts.acts.readInbox),
    sources: worker('sources', alerts.acts.askSources),
    changes: worker('changes', changes.tick),
    timers: worker('timers', makeTimers(ground, changes)),
    seal: worker('seal', audit.seal),
    folds: worker('refusals that were repeated', audit.tellFolds),
  };
  const all = Object.values(workers);
  const startedAt = clocks.wall();
  const heart = { beats: 0, lastBeatAt: startedAt, lastBeatDomain: clocks.domain() };
  const beat = async (): Promise<void> => {
    const domain = clocks.domain();
    heart.lastBeatAt = clocks.wall();
    poster.wake();
    await Promise.all(all.map((each) => each.run()));
    heart.beats += 1;
    // Beats may overlap; an older one must not take back what a newer one has seen.
    if (domain > heart.lastBeatDomain) heart.lastBeatDomain = domain;
  };
  return {
    wakes: { outbox: poster.wake, inbox: workers.inbox.wake, changes: workers.changes.wake },
    beat,
    pulse: () => {
      beat().catch((error: unknown) => onTrouble('heart', error));
    },
    pending: () => whatIsDue(ground, poster),
    readiness: () => ({ startedAt, ...heart }),
    stop: async () => {
      await Promise.all(all.map((each) => each.stop()));
    },
  };
}

/** One summary timer for each model, by its own cron expression. */
function makeTimers(ground: Ground, changes: Sides['changes']): () => Promise<void> {
  const { config, store, clocks, commit } = ground;
  const summarise = makeSummariseSlot({
    listOpen: store.listOpen,
    listGroup: store.listGroup,
    operations: changes.operations,
    margins: (name) => {
      const model = config.models[name];
      if (!model) throw new Error(`no model ${name}`);
      return summaryMargins(model);
    },
  });
  const timers = Object.values(config.models).map((model) => ({
    name: `summary:${model.name}`,
    expression: model.summary.at,
    timezone: model.summary.timezone,
    run: (slot: Parameters<typeof summarise>[1]) => summarise(model.name, slot),
  }));
  return makeBeat({
    timers,
    matches: makeMatches(),
    clocks,
    find: store.find,
    listOpen: store.listOpen,
    commit,
    underLease: makeUnderLease(ground),
  });
}

/** What is due now and not done: the truth of the store, whichever replica will do it. */
async function whatIsDue({ store }: Ground, poster: Poster): Promise<readonly string[]> {
  const [cards, notes, inbox, slots, intents] = await Promise.all([
    store.cards.due(),
    store.listOpen(Notes),
    store.listOpen(Inbox, 'new'),
    store.listOpen(Slots, 'due'),
    store.listOpen(Intents),
  ]);
  return [
    ...cards.map((card) => `card ${card.id} wants drawing`),
    ...notes.map((note) => `note ${note.value.id} of ${note.value.card} waits`),
    ...inbox.map((message) => `message ${message.value.name} waits to be read`),
    ...slots.map((slot) => `slot of ${slot.value.timer} is due`),
    ...intents.map((intent) => `${intent.value.operation} of ${intent.value.id} is ${intent.value.state.kind}`),
    ...(poster.busy() ? ['the poster is at work'] : []),
  ];
}
