import { type EpochMs, instant, plus, wallNow } from '../../kernel/time.ts';

/** Something the world does at a domain instant: evaluate alarms, end a bake, send traffic. */
type Job = {
  readonly at: EpochMs;
  readonly name: string;
  readonly order: number;
  readonly run: () => void | Promise<void>;
};

/** How domain time maps to wall time; `speed` 0 means by hand. The bot extrapolates from these three numbers. */
export type ClockReading = { readonly base: EpochMs; readonly wallBase: EpochMs; readonly speed: number };

/** The world's own time. Jobs run in order of their instants, one after the other, whatever drives the clock. */
export type DomainClock = {
  readonly now: () => EpochMs;
  readonly reading: () => ClockReading;
  /** Runs `run` once when domain time reaches `at`. Returns a function that calls it off. */
  readonly at: (at: EpochMs, name: string, run: Job['run']) => () => void;
  /** Runs `run` every `everyMs` of domain time, first at the next whole multiple. */
  readonly every: (everyMs: number, name: string, run: (slot: EpochMs) => void | Promise<void>) => () => void;
  /** By hand: moves on by `ms`, running every job that falls due at its own instant. */
  readonly advance: (ms: number) => Promise<void>;
  /** Lets time run: `speed` domain seconds for each wall second. 0 stops it. */
  readonly setSpeed: (speed: number) => void;
  /** Tells of every change of reading (speed or jump). Returns a function that stops telling. */
  readonly onChange: (tell: (reading: ClockReading) => void) => () => void;
  readonly close: () => void;
};

const driveEveryMs = 20;

export function openDomainClock(start: EpochMs, speed = 0): DomainClock {
  let reading: ClockReading = { base: start, wallBase: wallNow(), speed };
  let jobs: Job[] = [];
  let order = 0;
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  const listeners = new Set<(reading: ClockReading) => void>();

  const now = (): EpochMs => plus(reading.base, (wallNow() - reading.wallBase) * reading.speed);

  function reread(base: EpochMs, nextSpeed: number): void {
    reading = { base, wallBase: wallNow(), speed: nextSpeed };
    for (const tell of listeners) tell(reading);
  }

  function at(when: EpochMs, name: string, run: Job['run']): () => void {
    const job: Job = { at: when, name, order: order++, run };
    jobs.push(job);
    return () => {
      jobs = jobs.filter((other) => other !== job);
    };
  }

  function every(everyMs: number, name: string, run: (slot: EpochMs) => void | Promise<void>): () => void {
    let cancel = (): void => {};
    let stopped = false;
    const plan = (after: EpochMs): void => {
      const slot = instant((Math.floor(after / everyMs) + 1) * everyMs);
      cancel = at(slot, name, async () => {
        try {
          await run(slot);
        } finally {
          if (!stopped) plan(slot);
        }
      });
    };
    plan(now());
    return () => {
      stopped = true;
      cancel();
    };
  }

  function takeDue(until: EpochMs): Job | undefined {
    const due = jobs.filter((job) => job.at <= until).sort((a, b) => a.at - b.at || a.order - b.order)[0];
    if (due) jobs = jobs.filter((job) => job !== due);
    return due;
  }

  async function runDue(until: EpochMs, onJob: (job: Job) => void): Promise<void> {
    for (let job = takeDue(until); job; job = takeDue(until)) {
      onJob(job);
      await job.run();
    }
  }

  /** Whatever drives the clock, one run of jobs ends before the next begins. */
  function inTurn(run: () => Promise<void>): Promise<void> {
    running = running.catch(() => {}).then(run);
    return running;
  }

  /** By hand: the clock stands at each job's instant while the job runs. */
  function advance(ms: number): Promise<void> {
    return inTurn(async () => {
      const target = plus(now(), ms);
      await runDue(target, (job) => {
        if (job.at > now()) reread(job.at, reading.speed);
      });
      if (target > now()) reread(target, reading.speed);
    });
  }

  const drive = setInterval(() => {
    if (reading.speed === 0 || busy) return;
    busy = true;
    inTurn(() => runDue(now(), () => {}))
      .catch((error: unknown) => process.emitWarning(`world job failed: ${String(error)}`))
      .finally(() => {
        busy = false;
      });
  }, driveEveryMs);
  drive.unref();

  return {
    now,
    reading: () => reading,
    at,
    every,
    advance,
    setSpeed: (next) => reread(now(), next),
    onChange: (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    close: () => clearInterval(drive),
  };
}
