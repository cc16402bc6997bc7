import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { CreateEndpointCommand } from '@aws-sdk/client-sagemaker';
import { InvokeEndpointCommand, ModelError } from '@aws-sdk/client-sagemaker-runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, openBench, refusal, variant } from './local-aws-bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

async function serve(more: Parameters<Bench['makeConfig']>[1]): Promise<void> {
  await bench.ship('v1');
  await bench.ship('v2');
  await bench.makeConfig('c1', more);
  await bench.sagemaker.send(new CreateEndpointCommand({ EndpointName: 'promo', EndpointConfigName: 'c1' }));
  await bench.advanceSeconds(180);
}

const withShadow = (weight: number) => ({
  ProductionVariants: [variant('AllTraffic', 'v1')],
  ShadowProductionVariants: [variant('Shadow-01', 'v2', { InitialVariantWeight: weight })],
});

/** The values of one metric of one variant, all fleets together. */
function values(metric: string, variantName = 'AllTraffic'): number[] {
  return bench.measured
    .filter((one) => one.metric === metric && one.dimensions.VariantName === variantName)
    .filter((one) => !('EndpointConfigName' in one.dimensions))
    .map(({ value }) => value);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, value) => total + value, 0);

describe('an invocation', () => {
  it('is answered by the model of its variant and measured once', async () => {
    await bench.openEndpoint('v1');
    expect(await bench.ask('1,2,3')).toEqual({ text: 'v1:1,2,3', variant: 'AllTraffic' });
    const seen = bench.measured.filter((one) => 'EndpointConfigName' in one.dimensions);
    expect(Object.fromEntries(seen.map(({ metric, value }) => [metric, value]))).toEqual({
      Invocations: 1,
      InvocationsPerInstance: 0.5,
      Invocation4XXErrors: 0,
      Invocation5XXErrors: 0,
      InvocationModelErrors: 0,
      ModelLatency: expect.any(Number),
      OverheadLatency: expect.any(Number),
    });
    expect(seen[0]).toMatchObject({
      namespace: 'AWS/SageMaker',
      dimensions: { EndpointName: 'promo', VariantName: 'AllTraffic', EndpointConfigName: 'v1' },
      at: bench.at(180),
    });
    expect(bench.measured).toHaveLength(14);
  });

  it('that the model cannot read is a ModelError and counts as one', async () => {
    await bench.openEndpoint('v1');
    const error: unknown = await bench.ask('bad').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ModelError);
    expect(error).toMatchObject({ OriginalStatusCode: 400, OriginalMessage: 'row 1 has 2 columns, 13 expected' });
    expect([values('Invocations'), values('Invocation4XXErrors'), values('InvocationModelErrors')]).toEqual([
      [1],
      [1],
      [1],
    ]);
  });

  it('goes to the variant that the caller names, if there is one', async () => {
    await serve({ ProductionVariants: [variant('A', 'v1'), variant('B', 'v2', { InitialVariantWeight: 0 })] });
    expect((await bench.ask('x', { TargetVariant: 'B' })).text).toBe('v2:x');
    expect((await bench.ask()).text).toBe('v1:x');
    expect(await refusal(bench.ask('x', { TargetVariant: 'C' }))).toMatch(/^ValidationError: Variant C not found/);
  });

  it('finds no endpoint that does not serve', async () => {
    const nobody = bench.runtime.send(new InvokeEndpointCommand({ EndpointName: 'nobody', Body: 'x' }));
    expect(await refusal(nobody)).toMatch(/^ValidationError: Endpoint nobody of account 111122223333 not found/);
    await bench.ship('v1');
    await bench.makeConfig('v1');
    await bench.sagemaker.send(new CreateEndpointCommand({ EndpointName: 'promo', EndpointConfigName: 'v1' }));
    expect(await refusal(bench.ask())).toMatch(/^ValidationError/);
  });
});

describe('a shadow variant', () => {
  it('sees its share of the traffic, and the caller never sees it', async () => {
    await serve(withShadow(0.5));
    for (let asked = 0; asked < 200; asked += 1) expect((await bench.ask()).variant).toBe('AllTraffic');
    const mirrored = values('Invocations', 'Shadow-01').length;
    expect(mirrored).toBeGreaterThan(75);
    expect(mirrored).toBeLessThan(125);
    expect(values('Invocations')).toHaveLength(200);
  });

  it('fails alone: its errors are in its own metrics and nowhere else', async () => {
    await serve(withShadow(1));
    bench.aws.setWeather({ endpoint: 'promo', variant: 'Shadow-01', errorShare: 1 });
    for (let asked = 0; asked < 5; asked += 1) expect((await bench.ask()).text).toBe('v1:x');
    expect(sum(values('Invocation5XXErrors', 'Shadow-01'))).toBe(5);
    expect(sum(values('InvocationModelErrors'))).toBe(0);
  });
});

describe('the weather', () => {
  it('shapes latency around its median, by configuration when asked', async () => {
    await bench.openEndpoint('v1');
    bench.aws.setWeather({ endpoint: 'promo', latencyMs: { median: 900, spread: 0.5 } });
    bench.aws.setWeather({ endpoint: 'promo', configName: 'v1', latencyMs: { median: 100, spread: 0.1 } });
    for (let asked = 0; asked < 101; asked += 1) await bench.ask();
    const sorted = values('ModelLatency').sort((a, b) => a - b);
    expect(sorted[50]).toBeGreaterThan(95_000);
    expect(sorted[50]).toBeLessThan(105_000);
    expect(bench.measured.every(({ metric, unit }) => !metric.endsWith('Latency') || unit === 'Microseconds')).toBe(
      true,
    );
  });

  it('makes a share of the requests fail in the container', async () => {
    await bench.openEndpoint('v1');
    bench.aws.setWeather({ endpoint: 'promo', errorShare: 0.3 });
    for (let asked = 0; asked < 200; asked += 1) await bench.ask().catch(() => {});
    expect(sum(values('Invocation5XXErrors'))).toBeGreaterThan(40);
    expect(sum(values('Invocation5XXErrors'))).toBeLessThan(80);
  });
});

describe('data capture', () => {
  it('writes what each variant was asked and answered, under its own prefix, joined by the inference id', async () => {
    bench.aws.objects.createBucket('captures');
    const CaptureOptions = [{ CaptureMode: 'InputAndOutput' as const }];
    await serve({
      ...withShadow(1),
      DataCaptureConfig: {
        EnableCapture: true,
        InitialSamplingPercentage: 100,
        DestinationS3Uri: 's3://captures/promo',
        CaptureOptions,
        CaptureContentTypeHeader: { CsvContentTypes: ['text/csv'] },
      },
    });
    await bench.ask('1,2', { InferenceId: 'req-1' });
    await bench.advanceSeconds(60);
    const { Contents = [] } = await bench.s3.send(new ListObjectsV2Command({ Bucket: 'captures', Prefix: 'promo/' }));
    const keys = Contents.map(({ Key }) => Key ?? '');
    expect(keys.map((key) => key.replace(/[^/]+$/, ''))).toEqual([
      'promo/promo/AllTraffic/2026/11/23/09/',
      'promo/promo/Shadow-01/2026/11/23/09/',
    ]);
    const records = keys.map((key) => JSON.parse(String(bench.aws.objects.find('captures', key)?.body)) as object);
    expect(records).toMatchObject([
      {
        captureData: {
          endpointInput: { data: '1,2', encoding: 'CSV', mode: 'INPUT', observedContentType: 'text/csv' },
          endpointOutput: { data: 'v1:1,2', encoding: 'CSV', mode: 'OUTPUT' },
        },
        eventMetadata: { inferenceId: 'req-1', inferenceTime: '2026-11-23T09:03:00Z' },
        eventVersion: '0',
      },
      { eventMetadata: { inferenceId: 'req-1', invocationSource: 'ShadowExperiment' } },
    ]);
    expect(records[0]).not.toHaveProperty('eventMetadata.invocationSource');
  });
});
