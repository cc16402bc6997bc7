import type { EpochMs } from '../../../kernel/time.ts';
import type { AwsRequest } from '../service.ts';

/** One call as it arrived, for tests that prove "one effect". */
export type LoggedCall = {
  readonly operation: string;
  readonly caller: string;
  /** Domain time. */
  readonly at: EpochMs;
  readonly wallAt: EpochMs;
  /** HTTP status of the answer; 0 when the call was swallowed without one. */
  readonly status: number;
  /** False when the effect happened and the answer was lost, or nothing was answered at all. */
  readonly answered: boolean;
  /** The JSON or form input as sent; for other bodies the path and the size. */
  readonly input: unknown;
};

export type CallLog = {
  readonly write: (call: LoggedCall) => void;
  /** The last calls, oldest first. */
  readonly calls: () => readonly LoggedCall[];
};

/** A world that runs for days must not keep every call of its traffic. */
const keptCount = 20_000;
const keptInputBytes = 64 * 1024;

export function openCallLog(): CallLog {
  let calls: LoggedCall[] = [];
  return {
    write: (call) => {
      calls.push(call);
      if (calls.length > 2 * keptCount) calls = calls.slice(-keptCount);
    },
    calls: () => calls.slice(-keptCount),
  };
}

/** What the log keeps of a request's input. */
export function inputSummary(request: AwsRequest): unknown {
  const plain = { method: request.method, path: request.path, bytes: request.body.length };
  if (request.body.length > keptInputBytes) return plain;
  if (request.headers['x-amz-target']) return jsonOr(request.body.toString('utf8'), plain);
  if ((request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(request.body.toString('utf8')));
  }
  return plain;
}

function jsonOr(text: string, otherwise: unknown): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return otherwise;
  }
}
