/** A piece of the bot that is woken by a signal or by the heartbeat and works until nothing is left. */
export type Worker = {
  readonly name: string;
  /** Runs soon; a wake during a run makes one more run after it. */
  readonly wake: () => void;
  /** Resolves after a whole run that began after this call. */
  readonly run: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Runs `work` one at a time. What it throws is told and ends nothing: the next wake tries again. */
export function makeWorker(
  name: string,
  work: () => Promise<void>,
  onTrouble: (name: string, error: unknown) => void,
): Worker {
  let current: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let stopped = false;

  async function once(): Promise<void> {
    try {
      if (!stopped) await work();
    } catch (error) {
      onTrouble(name, error);
    }
  }

  function run(): Promise<void> {
    if (!current) {
      current = once().finally(() => {
        current = undefined;
      });
      return current;
    }
    next ??= current.then(() => {
      next = undefined;
      return run();
    });
    return next;
  }

  return {
    name,
    run,
    wake: () => {
      if (!stopped) run().catch((error: unknown) => onTrouble(name, error));
    },
    stop: async () => {
      stopped = true;
      await current;
    },
  };
}
