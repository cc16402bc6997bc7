import type { EpochMs } from '../kernel/time.ts';

/** Which reader understood a message. */
export type AlertSource = 'cloudwatch-alarm' | 'cloudwatch-composite';

/** What the source says about itself; `no-data` is its own state, neither good nor bad. */
export type AlertState = 'firing' | 'ok' | 'no-data';

/** Latencies are milliseconds and rates are shares from 0 to 1, whatever the source counts in. */
export type AlertUnit = 'ms' | 'share' | 'count' | 'none';

/** One message from outside, understood. Names and reason are foreign text: shown, never followed. */
export type Alert = {
  readonly source: AlertSource;
  /** The same for every message about one problem: alarm ARN, and contributor where there is one. */
  readonly key: string;
  /** Where the fact can be read again. */
  readonly alarmArn: string | undefined;
  readonly alarmName: string;
  readonly account: string;
  readonly region: string;
  readonly endpoint: string | undefined;
  readonly variant: string | undefined;
  /** A model that the source names itself (our own guardrail metrics do). */
  readonly model: string | undefined;
  readonly state: AlertState;
  /** The source's own time of this state. */
  readonly stateAt: EpochMs;
  readonly value: number | undefined;
  readonly limit: number | undefined;
  readonly unit: AlertUnit;
  /** `3 of 3 min`; empty when the source says nothing about it. */
  readonly datapoints: string;
  /** Our words for what is measured: "p95 latency", "error rate". */
  readonly what: string;
  readonly reason: string;
};

/** What the source answers when it is asked itself. */
export type SourceAnswer = { readonly state: AlertState; readonly since: EpochMs } | 'no-answer';
