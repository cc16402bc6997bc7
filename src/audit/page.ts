import type { Entry } from './entry.ts';

/** One page of a chain for a reader, newest first. `line` is the seal's number; unsealed lines have none yet. */
export type AuditPage = {
  readonly chain: string;
  readonly lines: readonly { readonly entry: Entry; readonly line: number | undefined }[];
  /** Lines in the chain, sealed or not. */
  readonly total: number;
  /** Give this as `before` to read on; undefined at the oldest line. */
  readonly older: string | undefined;
};

/** What verification found. `firstBad` names the first line that is not as it was sealed. */
export type TrailCheck = {
  readonly chain: string;
  readonly lines: number;
  readonly checkpoint: { readonly line: number; readonly at: number; readonly hash: string } | undefined;
  readonly since: number;
  readonly unsealed: readonly { readonly id: string; readonly ageMs: number }[];
  readonly lastHash: string | undefined;
  readonly firstAt: number | undefined;
  readonly lastAt: number | undefined;
  readonly firstBad: { readonly line: number; readonly why: string } | undefined;
};
