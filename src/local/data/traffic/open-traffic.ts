import { InvokeEndpointCommand, type SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import { type EpochMs, instant } from '../../../kernel/time.ts';
import type { DomainClock } from '../../clock/domain-clock.ts';
import { type Employee, featureLine } from '../employees/employee.ts';
import { endlessEmployees } from './endless-employees.ts';

/** Callers of one endpoint, as an endless stream of employees nobody has trained on. */
export type Traffic = {
  /** Sends from the next whole domain minute on. Starting twice is starting once. */
  readonly start: () => void;
  /** Plans no further request; one that is under way is still answered. */
  readonly stop: () => void;
  /** Requests sent so far, answered or not. */
  readonly sent: () => number;
  /** Requests that came back as an error: endpoint not in service, model error, no connection. */
  readonly failed: () => number;
  /** Requests under way. */
  readonly pending: () => number;
  /** What the latest failed request was told, for a person who wonders. */
  readonly lastFailure: () => string | undefined;
  /** The true label of a request: 1 if the employee is promoted, 0 if not; undefined for an id never sent. */
  readonly labelOf: (inferenceId: string) => 0 | 1 | undefined;
};

export type TrafficPlan = {
  readonly clock: DomainClock;
  readonly runtime: SageMakerRuntimeClient;
  readonly endpoint: string;
  /** Requests in each domain minute, evenly spread; a whole number above 0. */
  readonly perMinute: number;
  /** Decides who comes; ids are `emp-<seed>-<n>` with n from 1. */
  readonly seed: string;
  /** Changes employees on their way, for drift and missing values; they keep their label. */
  readonly alter?: (employee: Employee, at: EpochMs) => Employee;
};

const minuteMs = 60_000;

/**
 * Opens a stream of real `InvokeEndpoint` calls driven by the domain clock. Each call is awaited before the next, so
 * with a hand clock the same seed gives the same requests at the same instants. A failing call is counted, never thrown.
 */
export function openTraffic({ clock, runtime, endpoint, perMinute, seed, alter }: TrafficPlan): Traffic {
  if (!(Number.isInteger(perMinute) && perMinute > 0)) throw new RangeError(`traffic: ${perMinute} a minute`);
  const next = endlessEmployees(seed);
  const idPrefix = `emp-${seed}-`;
  const labels: (0 | 1)[] = [];
  let failed = 0;
  let pending = 0;
  let lastFailure: string | undefined;
  let callOff = (): void => {};
  /** Counts starts and stops, odd while running, so that a call still under way at a stop plans nothing after it. */
  let turn = 0;

  async function send(): Promise<void> {
    const employee = next();
    labels.push(employee.promoted ? 1 : 0);
    const body = featureLine(alter ? alter(employee, clock.now()) : employee);
    pending += 1;
    try {
      const InferenceId = `${idPrefix}${labels.length}`;
      const request = { EndpointName: endpoint, ContentType: 'text/csv', Accept: 'text/csv', Body: body, InferenceId };
      await runtime.send(new InvokeEndpointCommand(request));
    } catch (error) {
      failed += 1;
      lastFailure = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    } finally {
      pending -= 1;
    }
  }

  /** Only one request is planned at a time, so that the clock's list of jobs stays short. */
  function plan(minute: EpochMs, place: number): void {
    const ours = turn;
    const at = instant(minute + (place * minuteMs) / perMinute);
    callOff = clock.at(at, `traffic to ${endpoint}`, async () => {
      await send();
      if (turn !== ours) return;
      if (place + 1 < perMinute) plan(minute, place + 1);
      else plan(instant(minute + minuteMs), 0);
    });
  }

  return {
    start: () => {
      if (turn % 2 === 1) return;
      turn += 1;
      plan(instant(Math.ceil(clock.now() / minuteMs) * minuteMs), 0);
    },
    stop: () => {
      if (turn % 2 === 1) turn += 1;
      callOff();
    },
    sent: () => labels.length,
    failed: () => failed,
    pending: () => pending,
    lastFailure: () => lastFailure,
    labelOf: (inferenceId) => {
      if (!inferenceId.startsWith(idPrefix)) return undefined;
      return labels[Number(inferenceId.slice(idPrefix.length)) - 1];
    },
  };
}
