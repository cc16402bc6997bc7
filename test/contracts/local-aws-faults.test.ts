import { gzipSync } from 'node:zlib';
import { ListModelsCommand, UpdateEndpointCommand } from '@aws-sdk/client-sagemaker';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wallNow } from '../../src/kernel/time.ts';
import { type Bench, openBench, refusal } from './local-aws-bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const list = () => bench.sagemaker.send(new ListModelsCommand({}));

describe('faults on request', () => {
  it('throttle as often as asked, then let through', async () => {
    bench.aws.faults.add({ operation: 'sagemaker:ListModels', kind: 'throttle', times: 2 });
    expect(await refusal(list())).toBe('ThrottlingException: Rate exceeded');
    expect(await refusal(list())).toBe('ThrottlingException: Rate exceeded');
    expect(await refusal(list())).toBe('not refused');
    expect(bench.aws.faults.seen()).toHaveLength(2);
  });

  it('deny and break in the words of the service', async () => {
    bench.aws.faults.add({ operation: 'sagemaker:*', kind: 'access-denied' });
    bench.aws.faults.add({ operation: 's3:*', kind: 'error-500' });
    expect(await refusal(list())).toMatch(
      /^AccessDeniedException: User: AKIDLOCAL is not authorized to perform: sagemaker:ListModels/,
    );
    const response = await fetch(`${bench.aws.url}/bucket/key`);
    expect([response.status, await response.text()]).toEqual([
      500,
      expect.stringContaining('<Code>InternalError</Code>'),
    ]);
  });

  it('a lost answer leaves its effect', async () => {
    await bench.openEndpoint('v1');
    await bench.ship('v2');
    await bench.makeConfig('v2');
    bench.aws.faults.add({ operation: 'sagemaker:UpdateEndpoint', kind: 'answer-lost' });
    const update = bench.sagemaker.send(new UpdateEndpointCommand({ EndpointName: 'promo', EndpointConfigName: 'v2' }));
    expect(await refusal(update)).toMatch(/socket hang up|ECONNRESET/);
    expect((await bench.endpoint()).EndpointStatus).toBe('Updating');
    const logged = bench.aws.calls().filter(({ operation }) => operation === 'sagemaker:UpdateEndpoint');
    expect(logged).toMatchObject([
      { status: 200, answered: false, at: bench.at(180), input: { EndpointName: 'promo', EndpointConfigName: 'v2' } },
    ]);
  });

  it('a hanging call has no effect and no answer', async () => {
    await bench.openEndpoint('v1');
    await bench.ship('v2');
    await bench.makeConfig('v2');
    bench.aws.faults.add({ operation: 'sagemaker:UpdateEndpoint', kind: 'hang' });
    const update = bench.sagemaker.send(
      new UpdateEndpointCommand({ EndpointName: 'promo', EndpointConfigName: 'v2' }),
      {
        abortSignal: AbortSignal.timeout(50),
      },
    );
    expect(await refusal(update)).toMatch(/^AbortError/);
    expect((await bench.endpoint()).EndpointStatus).toBe('InService');
    expect(bench.aws.calls().at(-2)).toMatchObject({
      operation: 'sagemaker:UpdateEndpoint',
      status: 0,
      answered: false,
    });
  });

  it('a slow call is answered after its time', async () => {
    bench.aws.faults.add({ operation: 'sagemaker:ListModels', kind: 'slow', ms: 60 });
    const before = wallNow();
    await list();
    expect(wallNow() - before).toBeGreaterThanOrEqual(55);
  });
});

describe('the front door', () => {
  const raw = (target: string, body: Uint8Array | string, headers: Record<string, string> = {}) =>
    fetch(bench.aws.url, {
      method: 'POST',
      headers: { 'x-amz-target': target, authorization: 'AWS4-HMAC-SHA256 Credential=AKIDRAW/20261123/x', ...headers },
      body,
    });

  it('reads zipped requests and names the caller', async () => {
    const answer = await raw('SageMaker.ListModels', gzipSync('{}'), { 'content-encoding': 'gzip' });
    expect([answer.status, await answer.json()]).toEqual([200, { Models: [] }]);
    expect(bench.aws.calls().at(-1)).toMatchObject({ operation: 'sagemaker:ListModels', caller: 'AKIDRAW' });
  });

  it.each([
    ['an unknown operation', 'SageMaker.MakeCoffee', '{}', 'UnknownOperationException'],
    ['an unknown service', 'Kitchen.MakeCoffee', '{}', 'UnknownOperationException'],
    ['a misspelt member, which AWS would drop', 'SageMaker.ListModels', '{"MaxResult":1}', 'ValidationException'],
    ['what is no JSON', 'SageMaker.ListModels', '{', 'SerializationException'],
    ['a text for a number', 'SageMaker.ListModels', '{"MaxResults":"1"}', 'SerializationException'],
  ])('refuses %s', async (...[, target, body, __type]) => {
    expect(await (await raw(target, body)).json()).toMatchObject({ __type });
  });

  it('refuses what is not signed', async () => {
    const answer = await raw('SageMaker.ListModels', '{}', { authorization: '' });
    expect(await answer.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });
});
