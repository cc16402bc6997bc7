import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeReadOperations } from '../../src/aws/read-operations.ts';
import { plus } from '../../src/kernel/time.ts';
import { measureInvocation } from '../../src/local/aws/runtime/invocation-metrics.ts';
import { nine, openSignalBench, type SignalBench } from '../contracts/local-signals-bench.ts';

let bench: SignalBench;
beforeEach(async () => {
  bench = await openSignalBench();
});
afterEach(() => bench.close());

/** Invocations from nine on, one every 20 seconds, measured as SageMaker measures them. */
function invoke(statuses: readonly number[]): void {
  statuses.forEach((containerStatus, place) => {
    measureInvocation(bench.signals.measure, {
      endpoint: 'promo',
      variant: 'AllTraffic',
      configName: 'promo-1',
      instances: 2,
      at: plus(nine, place * 20_000),
      latencyMs: 40,
      overheadMs: 2,
      containerStatus,
    });
  });
}

async function readTenMinutes() {
  await bench.advanceSeconds(600);
  const window = { endpoint: 'promo', variant: 'AllTraffic', from: nine, to: plus(nine, 600_000) };
  return await makeReadOperations(bench.cloudWatch)(window);
}

describe('the errors of a variant', () => {
  it('count a 5XX once, although SageMaker counts it in two metrics', async () => {
    invoke([200, 500, 200, 503]);
    expect(await readTenMinutes()).toMatchObject({ requests: 4, errors: 2 });
  });

  it('count what the model refused, too', async () => {
    invoke([200, 400, 500]);
    expect(await readTenMinutes()).toMatchObject({ requests: 3, errors: 2 });
  });

  it('are at most all of its requests', async () => {
    invoke([500, 500, 500]);
    const { requests, errors } = await readTenMinutes();
    expect(errors / requests).toBe(1);
  });

  it('count a 5XX that never reached the model', async () => {
    const dimensions = { EndpointName: 'promo', VariantName: 'AllTraffic' };
    for (const metric of ['Invocations', 'Invocation5XXErrors']) {
      bench.signals.measure({ namespace: 'AWS/SageMaker', metric, dimensions, value: 1, unit: 'None', at: nine });
    }
    expect(await readTenMinutes()).toMatchObject({ requests: 1, errors: 1 });
  });
});

describe('the latency of a variant', () => {
  it('is told in milliseconds', async () => {
    invoke([200, 200]);
    expect(await readTenMinutes()).toMatchObject({ p50Ms: 40, p95Ms: 40, p99Ms: 40 });
  });

  it('is nothing where nothing was asked', async () => {
    expect(await readTenMinutes()).toEqual({ requests: 0, errors: 0, p50Ms: null, p95Ms: null, p99Ms: null });
  });
});
