import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { Fault } from '../kernel/fault.ts';

type Verdict = { readonly code: string; readonly retryable: boolean; readonly ambiguous: boolean };

const busy: Verdict = { code: 'store-busy', retryable: true, ambiguous: false };
const throttled: Verdict = { code: 'store-throttled', retryable: true, ambiguous: false };
const denied: Verdict = { code: 'store-denied', retryable: false, ambiguous: false };
const unreachable: Verdict = { code: 'store-unreachable', retryable: true, ambiguous: false };
const answerLost: Verdict = { code: 'store-unreachable', retryable: true, ambiguous: true };
const failed: Verdict = { code: 'store-failed', retryable: true, ambiguous: true };
const unmet: Verdict = { code: 'store-condition-unmet', retryable: false, ambiguous: false };
const rejected: Verdict = { code: 'store-rejected', retryable: false, ambiguous: false };
const unexplained: Verdict = { code: 'store-error', retryable: false, ambiguous: true };

const byName: Readonly<Record<string, Verdict>> = {
  ConditionalCheckFailedException: unmet,
  TransactionConflictException: busy,
  TransactionInProgressException: busy,
  ReplicatedWriteConflictException: busy,
  ThrottlingException: throttled,
  Throttling: throttled,
  ProvisionedThroughputExceededException: throttled,
  RequestLimitExceeded: throttled,
  LimitExceededException: throttled,
  ResourceInUseException: { code: 'store-table-exists', retryable: true, ambiguous: false },
  ResourceNotFoundException: { code: 'store-missing-table', retryable: false, ambiguous: false },
  IdempotentParameterMismatchException: { code: 'store-token-reused', retryable: false, ambiguous: false },
  ValidationException: rejected,
  ItemCollectionSizeLimitExceededException: rejected,
  UnknownOperationException: { code: 'store-unknown-operation', retryable: false, ambiguous: false },
  AccessDeniedException: denied,
  UnrecognizedClientException: denied,
  InvalidSignatureException: denied,
  ExpiredTokenException: denied,
  MissingAuthenticationTokenException: denied,
  CredentialsProviderError: denied,
  InternalServerError: failed,
  ServiceUnavailable: failed,
  TimeoutError: answerLost,
};

/** The connection never stood, so nothing was sent; every other network error may have lost only the answer. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const lostOnTheWay = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED', 'UND_ERR_SOCKET']);

/** The one place where an error of the DynamoDB SDK becomes a Fault in our words. */
export function storeFault(error: unknown, doing: string): Fault {
  if (error instanceof Fault) return error;
  const { code, retryable, ambiguous } = verdictOn(error);
  return new Fault(code, `The store could not ${doing}: ${reasonText(error)}`, { retryable, ambiguous, cause: error });
}

function verdictOn(error: unknown): Verdict {
  if (error instanceof TransactionCanceledException) return cancelVerdict(error);
  const { name, code, status } = traits(error);
  const known = byName[name];
  if (known) return known;
  if (neverSent.has(code)) return unreachable;
  if (lostOnTheWay.has(code)) return answerLost;
  return status >= 500 ? failed : unexplained;
}

/** A failed condition is final; a conflict or throttling alone means that the same transaction may pass in a moment. */
function cancelVerdict(error: TransactionCanceledException): Verdict {
  const codes = new Set(cancelCodes(error));
  if (codes.has('ConditionalCheckFailed')) return unmet;
  if (codes.has('ValidationError') || codes.has('ItemCollectionSizeLimitExceeded')) return rejected;
  return codes.has('TransactionConflict') ? busy : throttled;
}

/** The code of a Fault; undefined for anything else. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Fault ? error.code : undefined;
}

/** Which item of a cancelled transaction, in the order of the request, did not meet its condition; undefined for other faults. */
export function unmetPlace(error: unknown): number | undefined {
  const cause = error instanceof Fault ? error.cause : undefined;
  if (codeOf(error) !== 'store-condition-unmet' || !(cause instanceof TransactionCanceledException)) return undefined;
  return cancelCodes(cause).indexOf('ConditionalCheckFailed');
}

/** The reason of each item; `None` where the item was fine. */
function cancelCodes(error: TransactionCanceledException): readonly string[] {
  return (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
}

function traits(error: unknown): { name: string; code: string; status: number } {
  if (!(error instanceof Error)) return { name: '', code: '', status: 0 };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return { name: error.name, code, status: metadataOf(error).httpStatusCode ?? 0 };
}

function metadataOf(error: Error): { httpStatusCode?: number; requestId?: string } {
  if (!('$metadata' in error) || typeof error.$metadata !== 'object' || error.$metadata === null) return {};
  return error.$metadata;
}

function reasonText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { requestId } = metadataOf(error);
  return `${error.name}: ${error.message}${requestId ? ` (request ${requestId})` : ''}`;
}
