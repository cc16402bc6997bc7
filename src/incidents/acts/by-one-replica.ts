import { type EpochMs, type Now, plus } from '../../kernel/time.ts';

type Held = { readonly renew: () => Promise<boolean> };

/** How one replica among all comes to do something. */
export type Turn = {
  /** Takes the lease; undefined while another replica holds it. */
  readonly take: () => Promise<Held | undefined>;
  readonly ttlMs: number;
  readonly wall: Now;
};

/**
 * Lets one replica do a work that comes round all the time. It keeps the lease between the rounds, so that what it remembers
 * holds for all replicas; when it falls, another one takes over after `ttlMs`. The lease is looked at twice in its life.
 */
export function makeByOneReplica({ take, ttlMs, wall }: Turn) {
  let held: Held | undefined;
  let lookAgainAt: EpochMs | undefined;
  async function isOurTurn(): Promise<boolean> {
    if (lookAgainAt !== undefined && wall() < lookAgainAt) return held !== undefined;
    const at = wall();
    held = (await held?.renew()) ? held : await take();
    lookAgainAt = plus(at, ttlMs / 2);
    return held !== undefined;
  }
  return function byOneReplica(work: () => Promise<void>): () => Promise<void> {
    return async () => {
      if (await isOurTurn()) await work();
    };
  };
}
