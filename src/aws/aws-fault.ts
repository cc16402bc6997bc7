import { Fault } from '../kernel/fault.ts';

type Verdict = { readonly code: string; readonly retryable: boolean; readonly lostAnswer: boolean };

const final = (code: string): Verdict => ({ code, retryable: false, lostAnswer: false });
const later = (code: string): Verdict => ({ code, retryable: true, lostAnswer: false });
const unknown = (code: string): Verdict => ({ code, retryable: true, lostAnswer: true });

const byName: Readonly<Record<string, Verdict>> = {
  ThrottlingException: later('aws-throttled'),
  Throttling: later('aws-throttled'),
  TooManyRequestsException: later('aws-throttled'),
  RequestLimitExceeded: later('aws-throttled'),
  SlowDown: later('aws-throttled'),
  LimitExceededFault: final('aws-limit'),
  ResourceLimitExceeded: final('aws-limit'),
  ResourceInUse: later('aws-busy'),
  ConflictException: later('aws-busy'),
  ResourceNotFound: final('aws-not-found'),
  ResourceNotFoundException: final('aws-not-found'),
  NoSuchKey: final('aws-not-found'),
  NoSuchBucket: final('aws-not-found'),
  NotFound: final('aws-not-found'),
  AccessDeniedException: final('aws-denied'),
  AccessDenied: final('aws-denied'),
  AuthorizationError: final('aws-denied'),
  Forbidden: final('aws-denied'),
  UnrecognizedClientException: final('aws-denied'),
  ExpiredTokenException: final('aws-denied'),
  CredentialsProviderError: final('aws-denied'),
  TimeoutError: unknown('aws-timed-out'),
};

/** SageMaker has one error for everything it does not like; only its sentence says which. */
const byValidationText: readonly (readonly [RegExp, Verdict])[] = [
  [/could not find|does not exist/i, final('aws-not-found')],
  [/already existing|already exists/i, final('aws-exists')],
  [/in-progress/i, later('aws-busy')],
];

/** The connection never stood, so nothing was sent. Any other network error may have lost the answer alone. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const lostOnTheWay = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED']);

/**
 * The one place where an error of the AWS SDK becomes a Fault in our words. A call that changes nothing is never
 * ambiguous: asking again is the same question.
 */
export function awsFault(operation: string, error: unknown, effect: 'reads' | 'writes' = 'reads'): Fault {
  if (error instanceof Fault) return error;
  const { code, retryable, lostAnswer } = verdictOn(error);
  const ambiguous = lostAnswer && effect === 'writes';
  return new Fault(code, `${operation}: ${reasonText(error)}`, { retryable, ambiguous, cause: error });
}

/** Runs one call; whatever the SDK throws leaves as a Fault. */
export async function asking<T>(operation: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw awsFault(operation, error);
  }
}

/** As `asking`, for one thing by name: undefined when AWS says that there is none. */
export async function findingOne<T>(operation: string, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    const fault = awsFault(operation, error);
    if (fault.code === 'aws-not-found') return undefined;
    throw fault;
  }
}

/** AWS's own id of the request that failed, for a support case. */
export function awsRequestId(error: unknown): string | undefined {
  if (error instanceof Fault) return awsRequestId(error.cause);
  return error instanceof Error ? metadataOf(error).requestId : undefined;
}

function verdictOn(error: unknown): Verdict {
  if (!(error instanceof Error)) return unknown('aws-error');
  const known = byName[error.name] ?? validationVerdict(error);
  if (known) return known;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (neverSent.has(code)) return later('aws-unreachable');
  if (lostOnTheWay.has(code)) return unknown('aws-unreachable');
  const status = metadataOf(error).httpStatusCode;
  if (status === undefined) return unknown('aws-error');
  return status >= 500 ? unknown('aws-failed') : final('aws-rejected');
}

function validationVerdict(error: Error): Verdict | undefined {
  if (error.name !== 'ValidationException' && error.name !== 'ValidationError') return undefined;
  return byValidationText.find(([text]) => text.test(error.message))?.[1] ?? final('aws-invalid');
}

function metadataOf(error: Error): { httpStatusCode?: number; requestId?: string } {
  if (!('$metadata' in error) || typeof error.$metadata !== 'object' || error.$metadata === null) return {};
  return error.$metadata;
}

function reasonText(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
