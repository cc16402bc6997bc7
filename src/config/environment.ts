/** The environment variables of this process, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The only reader of `process.env`. A copy, so that what was checked is what is used. */
export function readEnvironment(): Environment {
  return Object.freeze({ ...process.env });
}
