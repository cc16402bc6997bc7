/** Work that somebody at a door waits for. */
export type InFlight = {
  readonly track: <T>(work: Promise<T>) => Promise<T>;
  readonly count: () => number;
  /** Resolves when nothing is under way any more. */
  readonly drained: () => Promise<void>;
};

export function makeInFlight(): InFlight {
  const under = new Set<Promise<unknown>>();
  return {
    track: async (work) => {
      under.add(work);
      try {
        return await work;
      } finally {
        under.delete(work);
      }
    },
    count: () => under.size,
    drained: async () => {
      while (under.size > 0) await Promise.allSettled(under);
    },
  };
}
