import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { DescribeEndpointCommand, UpdateEndpointCommand } from '@aws-sdk/client-sagemaker';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { awsFault, awsRequestId } from '../../src/aws/aws-fault.ts';
import { type AwsClients, makeAwsClients } from '../../src/aws/clients.ts';
import { updateEndpoint } from '../../src/aws/operations/update-endpoint.ts';
import { holds } from '../../src/aws/wire.ts';
import { Fault } from '../../src/kernel/fault.ts';

let arrived: string[];
let answer: { status: number; body: string };
let server: ReturnType<typeof createServer>;
let endpoint: string;
const opened: AwsClients[] = [];

beforeEach(async () => {
  arrived = [];
  answer = { status: 200, body: '{}' };
  server = createServer((request, response) => {
    arrived.push(String(request.headers['x-amz-target'] ?? request.method));
    response.writeHead(answer.status, { 'x-amzn-requestid': 'aws-1', 'content-type': 'application/x-amz-json-1.1' });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  for (const clients of opened.splice(0)) clients.close();
  server.close();
});

function open(readOnly = false): AwsClients {
  const credentials = { accessKeyId: 'k', secretAccessKey: 's' };
  const clients = makeAwsClients({ region: 'us-east-1', endpoint, credentials, readOnly });
  opened.push(clients);
  return clients;
}
const update = new UpdateEndpointCommand({ EndpointName: 'promo', EndpointConfigName: 'new' });
const look = new DescribeEndpointCommand({ EndpointName: 'promo' });

describe('a world that may only look', () => {
  it('stops every changing call before it leaves the process, on whichever client', async () => {
    const { acting, reading } = open(true);
    const stopped = expect.objectContaining({ code: 'aws-read-only', retryable: false });
    await expect(acting.sageMaker.send(update)).rejects.toEqual(stopped);
    await expect(reading.sageMaker.send(update)).rejects.toEqual(stopped);
    await expect(acting.cloudWatch.send(new PutMetricDataCommand({ Namespace: 'n', MetricData: [] }))).rejects.toEqual(
      stopped,
    );
    await expect(reading.s3.send(new PutObjectCommand({ Bucket: 'b', Key: 'k' }))).rejects.toEqual(stopped);
    expect(arrived).toEqual([]);
  });

  it('lets looking through', async () => {
    const { acting, reading } = open(true);
    await acting.sageMaker.send(look);
    await reading.s3.send(new HeadObjectCommand({ Bucket: 'b', Key: 'k' }));
    expect(arrived).toEqual(['SageMaker.DescribeEndpoint', 'HEAD']);
  });
});

describe('how often a call is sent', () => {
  it('a changing one once, whatever comes back', async () => {
    answer = { status: 500, body: '{}' };
    await expect(open().acting.sageMaker.send(update)).rejects.toThrow();
    expect(arrived).toHaveLength(1);
  });

  it('a changing one is given up in the time that its lease leaves, and may have arrived', async () => {
    server.removeAllListeners('request');
    server.on('request', (request) => arrived.push(String(request.headers['x-amz-target'])));
    const clients = makeAwsClients({
      region: 'us-east-1',
      endpoint,
      credentials: { accessKeyId: 'k', secretAccessKey: 's' },
      readOnly: false,
      sendTimeoutMs: 150,
    });
    opened.push(clients);
    const before = performance.now();
    const fault = await clients.acting.sageMaker
      .send(update)
      .catch((error: unknown) => awsFault('sagemaker:UpdateEndpoint', error, 'writes'));
    expect(fault).toMatchObject({ code: 'aws-timed-out', ambiguous: true });
    expect(performance.now() - before).toBeLessThan(2_000);
    expect(arrived).toHaveLength(1);
  });

  it('a looking one up to three times', async () => {
    answer = { status: 500, body: '{}' };
    await expect(open().reading.sageMaker.send(look)).rejects.toThrow();
    expect(arrived).toHaveLength(3);
  });
});

describe('what the SDK throws, in our words', () => {
  const thrown = async (status: number, type: string, message: string): Promise<Fault> => {
    answer = { status, body: JSON.stringify({ __type: type, message }) };
    const fault: unknown = await open()
      .acting.sageMaker.send(update)
      .catch((error: unknown) => awsFault('sagemaker:UpdateEndpoint', error, 'writes'));
    if (!(fault instanceof Fault)) throw new Error('nothing was thrown');
    return fault;
  };

  it.each([
    [400, 'ThrottlingException', 'Rate exceeded', { code: 'aws-throttled', retryable: true, ambiguous: false }],
    [400, 'AccessDeniedException', 'not authorized', { code: 'aws-denied', retryable: false, ambiguous: false }],
    [400, 'ValidationException', 'Could not find endpoint "x".', { code: 'aws-not-found', retryable: false }],
    [400, 'ValidationException', 'Cannot create already existing model', { code: 'aws-exists' }],
    [400, 'ValidationException', 'Cannot update in-progress endpoint', { code: 'aws-busy', retryable: true }],
    [400, 'ValidationException', 'Member must satisfy', { code: 'aws-invalid', retryable: false }],
    [400, 'ResourceLimitExceeded', 'quota', { code: 'aws-limit', retryable: false }],
    [500, 'InternalFailure', 'again', { code: 'aws-failed', retryable: true, ambiguous: true }],
  ] as const)('%i %s: %s', async (...[status, type, message, fault]) => {
    expect(await thrown(status, type, message)).toMatchObject(fault);
  });

  it('keeps AWS’s id of the request, for a support case', async () => {
    expect(awsRequestId(await thrown(400, 'ValidationException', 'no'))).toBe('aws-1');
  });

  it('a lost answer leaves a changing call unknown, and a looking one merely unanswered', () => {
    const reset = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    expect(awsFault('x', reset, 'writes')).toMatchObject({ ambiguous: true, retryable: true });
    expect(awsFault('x', reset, 'reads')).toMatchObject({ ambiguous: false, retryable: true });
  });

  it('a connection that never stood has sent nothing', () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    expect(awsFault('x', refused, 'writes')).toMatchObject({ ambiguous: false, retryable: true });
  });
});

describe('whether an update was taken shows in where the endpoint is', () => {
  const alarms = { AutoRollbackConfiguration: { Alarms: [{ AlarmName: 'promo-c212-abort' }] } };
  const input = { EndpointName: 'promo', EndpointConfigName: 'new', DeploymentConfig: alarms };
  it.each([
    ['it serves the config', { EndpointStatus: 'InService', EndpointConfigName: 'new' }, 'ours'],
    [
      'it is on its way there',
      {
        EndpointStatus: 'Updating',
        EndpointConfigName: 'old',
        PendingDeploymentSummary: { EndpointConfigName: 'new' },
      },
      'ours',
    ],
    [
      'it came back from there',
      { EndpointStatus: 'InService', EndpointConfigName: 'old', LastDeploymentConfig: alarms },
      'ours',
    ],
    ['it has not moved', { EndpointStatus: 'InService', EndpointConfigName: 'old' }, 'absent'],
    [
      'it last moved under another change',
      {
        EndpointStatus: 'InService',
        EndpointConfigName: 'old',
        LastDeploymentConfig: { AutoRollbackConfiguration: { Alarms: [{ AlarmName: 'promo-c211-abort' }] } },
      },
      'absent',
    ],
    [
      'somebody else moves it',
      {
        EndpointStatus: 'Updating',
        EndpointConfigName: 'old',
        PendingDeploymentSummary: { EndpointConfigName: 'theirs' },
      },
      'busy',
    ],
    ['it is under maintenance', { EndpointStatus: 'SystemUpdating', EndpointConfigName: 'old' }, 'busy'],
    ['it failed', { EndpointStatus: 'Failed', EndpointConfigName: 'old' }, 'foreign'],
  ])('%s', async (_, shown, kind) => {
    answer = { status: 200, body: JSON.stringify(shown) };
    expect((await updateEndpoint(open()).look(input)).kind).toBe(kind);
  });
});

describe('what is there is ours when it holds all that was asked for', () => {
  it.each([
    ['with defaults that AWS added', { a: 1, b: 2 }, { a: 1 }, true],
    ['not with another value', { a: 1 }, { a: 2 }, false],
    ['not with one item more in a list', { a: [1, 2] }, { a: [1] }, false],
    ['deep inside', { a: [{ b: { c: 1, d: 2 } }] }, { a: [{ b: { c: 1 } }] }, true],
    ['not when nothing is there', undefined, { a: 1 }, false],
  ] as const)('%s', (...[, shown, asked, ours]) => {
    expect(holds(shown, asked)).toBe(ours);
  });
});
