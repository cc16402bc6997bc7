import { type ErrorTongue, errorTongue } from './kit/error-reply.ts';
import { AwsError, type AwsRequest } from './service.ts';

/**
 * What can go wrong on request. `hang`: no effect and no answer. `answer-lost`: the effect happens, then the
 * connection breaks. `slow`: effect at once, the answer after `ms` of wall time.
 */
export type FaultKind = 'throttle' | 'error-500' | 'hang' | 'answer-lost' | 'access-denied' | 'slow';

/** `operation` is exact, `sagemaker:UpdateEndpoint`, or ends in `*`. `times` defaults to 1; `Infinity` lasts until `clear()`. */
export type FaultOrder = {
  readonly operation: string;
  readonly kind: FaultKind;
  readonly times?: number;
  readonly ms?: number;
};

export type Faults = {
  readonly add: (order: FaultOrder) => void;
  readonly clear: () => void;
  /** Every fault that struck, in order. */
  readonly seen: () => readonly { readonly operation: string; readonly kind: FaultKind }[];
  /** Asked by the front door once for each request. */
  readonly strike: (operation: string) => FaultOrder | undefined;
};

/** The book of faults that tests and scenarios put in AWS's way. */
export function openFaults(): Faults {
  let orders: { readonly order: FaultOrder; left: number }[] = [];
  const seen: { operation: string; kind: FaultKind }[] = [];
  return {
    add: (order) => {
      orders.push({ order, left: order.times ?? 1 });
    },
    clear: () => {
      orders = [];
    },
    seen: () => [...seen],
    strike: (operation) => {
      const found = orders.find(({ order, left }) => left > 0 && matches(order.operation, operation));
      if (!found) return undefined;
      found.left -= 1;
      seen.push({ operation, kind: found.order.kind });
      return found.order;
    },
  };
}

function matches(wanted: string, operation: string): boolean {
  return wanted.endsWith('*') ? operation.startsWith(wanted.slice(0, -1)) : wanted === operation;
}

const throttled: Readonly<Record<ErrorTongue, readonly [string, number]>> = {
  json: ['ThrottlingException', 400],
  query: ['Throttling', 400],
  s3: ['SlowDown', 503],
};
const broken: Readonly<Record<ErrorTongue, string>> = {
  json: 'InternalFailure',
  query: 'InternalFailure',
  s3: 'InternalError',
};
const denied: Readonly<Record<ErrorTongue, readonly [string, number]>> = {
  json: ['AccessDeniedException', 400],
  query: ['AuthorizationError', 403],
  s3: ['AccessDenied', 403],
};

/** The error that stands for a fault in the request's own protocol; undefined for faults that are no errors. */
export function faultError(fault: FaultOrder, request: AwsRequest, operation: string): AwsError | undefined {
  const tongue = errorTongue(request);
  if (fault.kind === 'throttle') return new AwsError(throttled[tongue][0], 'Rate exceeded', throttled[tongue][1]);
  if (fault.kind === 'error-500')
    return new AwsError(broken[tongue], 'We encountered an internal error. Please try again.', 500);
  if (fault.kind !== 'access-denied') return undefined;
  const [code, status] = denied[tongue];
  const who = request.caller === '' ? 'anonymous' : request.caller;
  return new AwsError(
    code,
    `User: ${who} is not authorized to perform: ${operation} because no identity-based policy allows the ${operation} action`,
    status,
  );
}
