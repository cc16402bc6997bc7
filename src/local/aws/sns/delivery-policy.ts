import { AwsError } from '../service.ts';

/** How long SNS waits before each retry, in seconds, and what it says the content is. */
export type DeliveryPolicy = { readonly retryDelaysSeconds: readonly number[]; readonly contentType: string };

type RetryPolicy = {
  readonly minDelayTarget: number;
  readonly maxDelayTarget: number;
  readonly numRetries: number;
  readonly numNoDelayRetries: number;
  readonly numMinDelayRetries: number;
  readonly numMaxDelayRetries: number;
  readonly backoffFunction: string;
};

const usual: RetryPolicy = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  numMaxDelayRetries: 0,
  backoffFunction: 'linear',
};
const maxRetries = 100;
/** SNS refuses policies whose delays add up to more than an hour. */
const maxTotalSeconds = 3_600;
const usualContentType = 'text/plain; charset=UTF-8';

/** How far along from the shortest to the longest delay a retry lies; `share` runs from 0 to 1. */
const backoff: Readonly<Record<string, (share: number) => number>> = {
  linear: (share) => share,
  arithmetic: (share) => (share * (share + 1)) / 2,
  geometric: (share) => share ** 2,
  exponential: (share) => (2 ** (10 * share) - 1) / (2 ** 10 - 1),
};

/** Three retries, 20 seconds apart. */
export const usualDelivery: DeliveryPolicy = { retryDelaysSeconds: delays(usual), contentType: usualContentType };

/** A subscription's `DeliveryPolicy`. @throws {AwsError} `InvalidParameter` when SNS would refuse it */
export function readDeliveryPolicy(text: string): DeliveryPolicy {
  const policy = objectIn(text);
  const retries = member(policy, 'healthyRetryPolicy');
  const contentType = member(policy, 'requestPolicy')?.headerContentType;
  return {
    retryDelaysSeconds: retries ? delays(checked(retries)) : usualDelivery.retryDelaysSeconds,
    contentType: typeof contentType === 'string' ? contentType : usualContentType,
  };
}

/** A topic's `DeliveryPolicy` holds the default of its HTTP subscriptions. */
export function readTopicDeliveryPolicy(text: string): DeliveryPolicy {
  const http = member(objectIn(text), 'http');
  const retries = http && member(http, 'defaultHealthyRetryPolicy');
  return { ...usualDelivery, ...(retries ? { retryDelaysSeconds: delays(checked(retries)) } : {}) };
}

function checked(given: Readonly<Record<string, unknown>>): RetryPolicy {
  const policy: RetryPolicy = { ...usual, ...given };
  const numbers = Object.entries(policy).filter(([name]) => name !== 'backoffFunction');
  const wrong = numbers.find(([name, value]) => !(name in usual) || !Number.isInteger(value) || Number(value) < 0);
  if (wrong) throw invalid(`${wrong[0]} must be a whole number of 0 or more`);
  const phases = policy.numNoDelayRetries + policy.numMinDelayRetries + policy.numMaxDelayRetries;
  if (policy.numRetries > maxRetries) throw invalid(`numRetries must not exceed ${maxRetries}`);
  if (phases > policy.numRetries) throw invalid('numRetries must cover the retries of all phases');
  if (policy.minDelayTarget < 1) throw invalid('minDelayTarget must be 1 or more');
  if (policy.minDelayTarget > policy.maxDelayTarget) throw invalid('minDelayTarget must not exceed maxDelayTarget');
  if (!backoff[policy.backoffFunction]) throw invalid(`backoffFunction ${policy.backoffFunction} is unknown`);
  const total = delays(policy).reduce((sum, seconds) => sum + seconds, 0);
  if (total > maxTotalSeconds) throw invalid(`the delays add up to ${total} s, more than ${maxTotalSeconds} s`);
  return policy;
}

/** The four phases: at once, at the shortest delay, growing, at the longest delay. */
function delays(policy: RetryPolicy): number[] {
  const { numNoDelayRetries, numMinDelayRetries, numMaxDelayRetries, minDelayTarget, maxDelayTarget } = policy;
  const growing = policy.numRetries - numNoDelayRetries - numMinDelayRetries - numMaxDelayRetries;
  const grow = backoff[policy.backoffFunction] ?? ((share: number) => share);
  const steps = Array.from({ length: growing }, (_, index) => {
    const share = growing === 1 ? 0 : index / (growing - 1);
    return minDelayTarget + (maxDelayTarget - minDelayTarget) * grow(share);
  });
  return [
    ...Array<number>(numNoDelayRetries).fill(0),
    ...Array<number>(numMinDelayRetries).fill(minDelayTarget),
    ...steps,
    ...Array<number>(numMaxDelayRetries).fill(maxDelayTarget),
  ];
}

function member(
  object: Readonly<Record<string, unknown>>,
  name: string,
): Readonly<Record<string, unknown>> | undefined {
  const value = object[name];
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>;
  } catch {
    // Falls through: text that is no JSON is refused like any other shape.
  }
  throw invalid('it is not a JSON object');
}

function invalid(why: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: DeliveryPolicy: ${why}`);
}
