import type { LimitFault } from '../../../../blocks/limits.ts';

/** A refusal in Slack's own words; `error` is what the SDK shows as `err.data.error`. */
export class ApiError extends Error {
  readonly error: string;
  /** Slack's `response_metadata.messages`. */
  readonly messages: readonly string[];

  constructor(error: string, messages: readonly string[] = []) {
    super([error, ...messages].join('; '));
    this.name = 'ApiError';
    this.error = error;
    this.messages = messages;
  }
}

/** Faults of blocks as Slack writes them; `root` is the argument that they were found in. */
export function faultMessages(faults: readonly LimitFault[], root = ''): readonly string[] {
  return faults.map((fault) => `[ERROR] ${fault.sentence} [json-pointer:${root}${fault.pointer}]`);
}
