import type { PutMetricAlarmInput } from '@aws-sdk/client-cloudwatch';
import type { EpochMs } from '../../../kernel/time.ts';
import { AwsError, type AwsGround, type PublishToTopic, type ReadAlarm } from '../service.ts';
import type { Alarm } from './alarm.ts';
import { type AlarmHistory, openAlarmHistory } from './alarm-history.ts';
import { stateReason, stateReasonData } from './alarm-reason.ts';
import { readAlarmRule } from './alarm-rule.ts';
import { enterState, type StateChange, type TransitionDeps } from './alarm-transition.ts';
import { type Datapoint, datapoints } from './datapoints.ts';
import { alarmWindow, evaluateAlarm } from './evaluate-alarm.ts';
import { answerQueries } from './queries.ts';
import type { SeriesStore } from './series.ts';

export type AlarmBook = {
  readonly put: (input: PutMetricAlarmInput) => void;
  /** By name. */
  readonly all: () => readonly Alarm[];
  readonly remove: (names: readonly string[]) => void;
  /** A person or a program sets a state; the next evaluation looks again. */
  readonly setState: (name: string, change: Omit<StateChange, 'at'>) => void;
  readonly enableActions: (names: readonly string[]) => void;
  readonly disableActions: (names: readonly string[]) => void;
  readonly read: ReadAlarm;
  readonly history: AlarmHistory;
  /** Looks at every alarm as of `at`, which may lie a little behind the clock when the world runs fast. */
  readonly evaluateAll: (at: EpochMs) => void;
};

/** What the last evaluation saw; as long as it stays the same there is nothing to evaluate. */
type Seen = { readonly end: EpochMs; readonly lateCount: number };

type Book = TransitionDeps & {
  readonly store: SeriesStore;
  readonly alarms: Map<string, Alarm>;
  readonly seen: Map<string, Seen>;
};

/** Every alarm of the account, with its state, its history and its actions. */
export function openAlarmBook(ground: AwsGround, store: SeriesStore, publish: PublishToTopic): AlarmBook {
  const history = openAlarmHistory();
  const book: Book = { ground, store, publish, history, alarms: new Map(), seen: new Map() };
  return {
    history,
    put: (input) => put(book, input),
    remove: (names) => remove(book, names),
    setState: (name, change) => setState(book, name, change),
    evaluateAll: (at) => {
      for (const alarm of [...book.alarms.values()]) if (hasNews(book, alarm, at)) evaluate(book, alarm, at);
    },
    all: () => [...book.alarms.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    enableActions: (names) => switchActions(book, names, { actionsEnabled: true }),
    disableActions: (names) => switchActions(book, names, { actionsEnabled: false }),
    read: (name) => {
      const alarm = book.alarms.get(name);
      return alarm && { state: alarm.state, since: alarm.since };
    },
  };
}

/** A new alarm starts without data; an update replaces the whole configuration and keeps the state. */
function put(book: Book, input: PutMetricAlarmInput): void {
  const rule = readAlarmRule(input);
  const name = input.AlarmName ?? '';
  const now = book.ground.clock.now();
  const known = book.alarms.get(name);
  const state = known ?? {
    name,
    arn: `arn:aws:cloudwatch:${book.ground.region}:${book.ground.account}:alarm:${name}`,
    state: 'INSUFFICIENT_DATA' as const,
    reason: 'Unchecked: Initial alarm creation',
    updatedAt: now,
    since: now,
  };
  book.alarms.set(name, { ...state, input, rule, actionsEnabled: input.ActionsEnabled ?? true, configuredAt: now });
  book.seen.delete(name);
  noteConfiguration(book, name, known ? 'updated' : 'created');
}

function remove(book: Book, names: readonly string[]): void {
  for (const name of names) {
    if (!book.alarms.delete(name)) continue;
    book.seen.delete(name);
    noteConfiguration(book, name, 'deleted');
  }
}

function noteConfiguration(book: Book, name: string, what: 'created' | 'updated' | 'deleted'): void {
  book.history.write({
    alarmName: name,
    at: book.ground.clock.now(),
    type: 'ConfigurationUpdate',
    summary: `Alarm "${name}" ${what}`,
    details: { version: '1.0', type: what },
  });
}

function setState(book: Book, name: string, change: Omit<StateChange, 'at'>): void {
  const alarm = book.alarms.get(name);
  if (!alarm) throw new AwsError('ResourceNotFound', `Alarm ${name} does not exist`, 404);
  book.seen.delete(name);
  book.alarms.set(name, enterState(book, alarm, { ...change, at: book.ground.clock.now() }));
}

function hasNews(book: Book, alarm: Alarm, at: EpochMs): boolean {
  if (at < alarm.updatedAt) return false;
  const { end } = alarmWindow(alarm.rule, at);
  const lateCount = book.store.lateCount();
  const before = book.seen.get(alarm.name);
  if (before && before.end === end && before.lateCount === lateCount) return false;
  book.seen.set(alarm.name, { end, lateCount });
  return true;
}

function evaluate(book: Book, alarm: Alarm, at: EpochMs): void {
  const evaluation = evaluateAlarm(alarm.rule, pointsOf(book.store, alarm, at), at);
  if (evaluation.state === 'keep' || evaluation.state === alarm.state) return;
  const reason = stateReason(alarm.rule, evaluation);
  const reasonData = stateReasonData(alarm, evaluation, at);
  book.alarms.set(alarm.name, enterState(book, alarm, { at, state: evaluation.state, reason, reasonData }));
}

function switchActions(book: Book, names: readonly string[], change: Pick<Alarm, 'actionsEnabled'>): void {
  for (const name of names) {
    const alarm = book.alarms.get(name);
    if (alarm) book.alarms.set(name, { ...alarm, ...change });
  }
}

function pointsOf(store: SeriesStore, { rule }: Alarm, now: EpochMs): readonly Datapoint[] {
  const { from, end } = alarmWindow(rule, now);
  const { watch, periodMs } = rule;
  if (watch.kind === 'math') {
    return answerQueries(store, watch.queries, { from, to: end }).get(watch.result) ?? [];
  }
  const unit = watch.unit === undefined ? {} : { unit: watch.unit };
  return datapoints(store, { metric: watch.metric, statistic: watch.statistic, periodMs, from, to: end, ...unit });
}
