/** The world broke: AWS, Slack, the store or the network. Edges turn every SDK error into one of these. */
export class Fault extends Error {
  /** A stable word for logs and for sentences, e.g. `aws-throttled`, `store-unreachable`. */
  readonly code: string;
  /** True when the same call may succeed later. */
  readonly retryable: boolean;
  /** True when it is not known whether the call took effect (time-out, lost answer). */
  readonly ambiguous: boolean;

  constructor(code: string, message: string, more: { retryable?: boolean; ambiguous?: boolean; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'Fault';
    this.code = code;
    this.retryable = more.retryable ?? false;
    this.ambiguous = more.ambiguous ?? false;
  }
}
