import type { EpochMs, Now } from '../../../kernel/time.ts';
import type { AppAnswer, AppLine, Envelope, Failure } from './app-line.ts';

/** A command, press or form that did not reach the app in time, as the person saw it. */
export type FailedDelivery = {
  readonly at: EpochMs;
  readonly label: string;
  readonly failure: Failure;
  readonly status: number;
  readonly ms: number;
};

/** What is on its way to the app. Nothing here waits for anything else: two people can press at the same instant. */
export type Deliveries = {
  readonly connect: (line: AppLine) => () => void;
  readonly send: (envelope: Envelope) => Promise<AppAnswer>;
  /** Delivers in the background and tries again as Slack does with events. */
  readonly sendEvent: (envelope: Envelope) => void;
  readonly pending: () => readonly string[];
  /** Notes an answer that arrived but that Slack could not use. */
  readonly noteFailure: (envelope: Envelope, answer: AppAnswer & { readonly failure: Failure }) => void;
  readonly failed: () => readonly FailedDelivery[];
  readonly close: () => void;
};

/** After a failed event Slack tries at once, after a minute and after five. */
export const eventRetriesMs: readonly number[] = [0, 60_000, 300_000];

const retryReasons: Readonly<Record<Failure, string>> = {
  operation_timeout: 'http_timeout',
  dispatch_failed: 'connection_failed',
  http_error: 'http_error',
  invalid_answer: 'http_error',
  no_app: 'connection_failed',
};

const nobody: AppAnswer = { status: 0, body: '', headers: {}, ms: 0, failure: 'no_app' };

export function openDeliveries(wall: Now, retriesMs: readonly number[]): Deliveries {
  const underWay = openUnderWay();
  const failures: FailedDelivery[] = [];
  let line: AppLine | undefined;

  function noteFailure({ label }: Envelope, { failure, status, ms }: AppAnswer & { failure: Failure }): void {
    failures.push({ at: wall(), label, failure, status, ms });
  }

  async function send(envelope: Envelope): Promise<AppAnswer> {
    const done = underWay.start(envelope.label);
    try {
      const answer = line ? await line.send(envelope) : nobody;
      if (answer.failure) noteFailure(envelope, { ...answer, failure: answer.failure });
      return answer;
    } finally {
      done();
    }
  }

  async function sendUntilTaken(envelope: Envelope): Promise<void> {
    let answer = await send(envelope);
    for (const [place, waitMs] of retriesMs.entries()) {
      if (!answer.failure || answer.headers['x-slack-no-retry'] === '1') return;
      const retry = { number: place + 1, reason: retryReasons[answer.failure] };
      await underWay.wait(waitMs, `${envelope.label}, retry ${retry.number} after ${waitMs} ms`);
      answer = await send({ ...envelope, retry });
    }
  }

  return {
    connect: (next) => {
      line = next;
      return () => {
        if (line === next) line = undefined;
      };
    },
    send,
    sendEvent: (envelope) => {
      sendUntilTaken(envelope).catch((error: unknown) =>
        process.emitWarning(`event was not delivered: ${String(error)}`),
      );
    },
    noteFailure,
    pending: underWay.list,
    failed: () => [...failures],
    close: underWay.close,
  };
}

/** The list of what has begun and not ended, waits included. */
function openUnderWay() {
  const labels = new Map<symbol, string>();
  const timers = new Set<NodeJS.Timeout>();

  function start(label: string): () => void {
    const key = Symbol(label);
    labels.set(key, label);
    return () => labels.delete(key);
  }

  /** A wait that `close` cuts short never ends, and what stands behind it is never done. */
  function wait(ms: number, label: string): Promise<void> {
    const done = start(label);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        done();
        resolve();
      }, ms);
      timers.add(timer);
    });
  }

  return {
    start,
    wait,
    list: () => [...labels.values()],
    close: () => {
      for (const timer of timers) clearTimeout(timer);
      labels.clear();
    },
  };
}
