/** The right to be the only one at something, for a while. */
export type Held = {
  /** Holds it for another while; false when somebody else has it. */
  readonly renew: () => Promise<boolean>;
  readonly release: () => Promise<void>;
};

/** Undefined while somebody holds it. */
export type TakeLease = (name: string, ttlMs: number) => Promise<Held | undefined>;
