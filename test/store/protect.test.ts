import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { putOnlyPolicy, saysPutOnly } from '../../src/store/put-only-policy.ts';
import { storeFault } from '../../src/store/store-fault.ts';
import { openTestStore, type TestStore } from '../kit/dynamodb.ts';
import { type FaultyWire, openFaultyWire } from '../kit/faulty-wire.ts';

let world: TestStore;
let wire: FaultyWire;
beforeAll(async () => {
  world = await openTestStore();
});
beforeEach(async () => {
  wire = await openFaultyWire(world.url);
});
afterAll(() => world.close());

const error = (name: string) => ({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'as AWS says it' });
const backups = (status: string) => ({
  ContinuousBackupsDescription: {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: status },
  },
});

/** The wire answers as AWS does what the embedded engine does not know; `policy` is what the audit table has. */
async function ensuredOnAws(recovery: string, policy: string | undefined): Promise<readonly string[]> {
  wire.next('DescribeContinuousBackups', { kind: 'answer', body: backups(recovery) }, 2);
  wire.next('UpdateContinuousBackups', { kind: 'answer', body: backups('ENABLED') }, 2);
  wire.next(
    'GetResourcePolicy',
    policy === undefined
      ? { kind: 'refuse', error: error('PolicyNotFoundException') }
      : { kind: 'answer', body: { Policy: policy } },
  );
  wire.next('PutResourcePolicy', { kind: 'answer', body: { RevisionId: '1' } });
  const lacking = await world.replica(wire.url).ensureTables();
  await wire.close();
  return lacking;
}

const called = (operation: string) => wire.calls.filter((call) => call.operation === operation);

describe('tables on AWS', () => {
  it('get point-in-time recovery and a policy that lets nobody change the trail', async () => {
    expect(await ensuredOnAws('DISABLED', undefined)).toEqual([]);
    expect(called('UpdateContinuousBackups')).toHaveLength(2);
    const [put] = called('PutResourcePolicy');
    const { ResourceArn: arn, Policy: policy } = JSON.parse(put?.body ?? '{}');
    expect(arn).toMatch(/table\/understudy-audit$/);
    expect(JSON.parse(policy).Statement[0]).toMatchObject({
      Effect: 'Deny',
      Principal: '*',
      Action: expect.arrayContaining(['dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem']),
    });
  });

  it('that have all of it are left alone', async () => {
    expect(await ensuredOnAws('ENABLED', putOnlyPolicy('arn:x'))).toEqual([]);
    expect([...called('UpdateContinuousBackups'), ...called('PutResourcePolicy')]).toEqual([]);
    expect([...called('CreateTable'), ...called('UpdateTimeToLive'), ...called('UpdateTable')]).toEqual([]);
  });

  it('with a policy of somebody else keep it, and it is said when it permits changes', async () => {
    const foreign = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'dynamodb:*' }] });
    const [sentence] = await ensuredOnAws('ENABLED', foreign);
    expect(sentence).toMatch(/understudy-audit has no put-only policy: .*does not deny updates and deletes/);
    expect(called('PutResourcePolicy')).toEqual([]);
  });

  it('rights that are missing are said, one sentence for each table', async () => {
    wire.next('DescribeContinuousBackups', { kind: 'refuse', error: error('AccessDeniedException') }, 2);
    const lacking = await world.replica(wire.url).ensureTables();
    expect(lacking.filter((sentence) => sentence.includes('AccessDenied'))).toHaveLength(2);
    await wire.close();
  });
});

describe('a put-only policy', () => {
  it.each([
    ['ours', putOnlyPolicy('arn:x'), true],
    ['everything denied', JSON.stringify({ Statement: [{ Effect: 'Deny', Action: 'dynamodb:*' }] }), true],
    ['only deletes denied', JSON.stringify({ Statement: [{ Effect: 'Deny', Action: 'dynamodb:DeleteItem' }] }), false],
    ['updates allowed', JSON.stringify({ Statement: [{ Effect: 'Allow', Action: ['dynamodb:UpdateItem'] }] }), false],
    ['nothing said', '{}', false],
  ])('is recognised: %s', (_, policy, expected) => {
    expect(saysPutOnly(policy)).toBe(expected);
  });
});

describe('an error of the SDK becomes a fault', () => {
  const named = (name: string, more: object = {}) => Object.assign(new Error('as the SDK says it'), { name, ...more });

  it.each([
    [named('ThrottlingException', {}), { code: 'store-throttled', retryable: true, ambiguous: false }],
    [named('InternalServerError', {}), { code: 'store-failed', retryable: true, ambiguous: true }],
    [
      named('SomethingNew', { $metadata: { httpStatusCode: 503 } }),
      { code: 'store-failed', retryable: true, ambiguous: true },
    ],
    [
      named('SomethingNew', { $metadata: { httpStatusCode: 400 } }),
      { code: 'store-error', retryable: false, ambiguous: true },
    ],
    [named('ResourceNotFoundException', {}), { code: 'store-missing-table', retryable: false, ambiguous: false }],
    [named('ValidationException', {}), { code: 'store-rejected', retryable: false, ambiguous: false }],
    [named('CredentialsProviderError', {}), { code: 'store-denied', retryable: false, ambiguous: false }],
    [named('Error', { code: 'ENOTFOUND' }), { code: 'store-unreachable', retryable: true, ambiguous: false }],
    [named('Error', { code: 'ECONNRESET' }), { code: 'store-unreachable', retryable: true, ambiguous: true }],
    [named('TimeoutError', {}), { code: 'store-unreachable', retryable: true, ambiguous: true }],
  ])('%o', (cause, expected) => {
    expect(storeFault(cause, 'do it')).toMatchObject({ ...expected, cause });
  });

  it('that says what did not happen, why, and under which request', () => {
    const fault = storeFault(named('ValidationException', { $metadata: { requestId: 'r-7' } }), 'write the act A1');
    expect(fault.message).toBe(
      'The store could not write the act A1: ValidationException: as the SDK says it (request r-7)',
    );
  });
});
