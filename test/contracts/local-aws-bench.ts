import { S3Client } from '@aws-sdk/client-s3';
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  type CreateEndpointConfigInput,
  CreateModelCommand,
  DescribeEndpointCommand,
  type ProductionVariant,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { InvokeEndpointCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import { parseInstant, plus, wallNow } from '../../src/kernel/time.ts';
import { type LocalAws, type LocalAwsOptions, openLocalAws, type Signals } from '../../src/local/aws/open-local-aws.ts';
import type { AlarmState, Container, Measurement } from '../../src/local/aws/service.ts';
import { openDomainClock } from '../../src/local/clock/domain-clock.ts';

export const account = '111122223333';
export const region = 'us-east-1';
export const image = `${account}.dkr.ecr.${region}.amazonaws.com/echo:1`;

/** A container that answers `<artefact>:<body>`, refuses the body `bad`, and cannot load the artefact `broken`. */
const echo: Container = {
  runs: (wanted) => wanted === image,
  load: (artefact) => {
    const word = Buffer.from(artefact).toString();
    if (word === 'broken') throw new Error('the artefact is no model');
    return {
      predict: (body, contentType) => {
        if (body === 'bad') throw new Error('row 1 has 2 columns, 13 expected');
        return { body: `${word}:${body}`, contentType };
      },
    };
  },
};

/** The local AWS with a clock moved by hand. Unless real signals are given, alarms are set by hand and measurements kept. */
export async function openBench(extraServices?: LocalAwsOptions['extraServices']) {
  const start = parseInstant('2026-11-23T09:00:00Z') ?? wallNow();
  const clock = openDomainClock(start);
  const alarms = new Map<string, AlarmState>();
  const measured: Measurement[] = [];
  const handSignals = (): Signals => ({
    services: [],
    measure: (measurement) => measured.push(measurement),
    readAlarm: (name) => {
      const state = alarms.get(name);
      return state && { state, since: start };
    },
    publish: () => {},
    pending: () => [],
    close: () => {},
  });
  const aws = await openLocalAws({
    clock,
    wall: wallNow,
    account,
    region,
    containers: [echo],
    extraServices: extraServices ?? handSignals,
  });
  const clients = openClients(aws);
  const { sagemaker, runtime } = clients;

  async function makeModel(name: string, artefact = `s3://models/${name}`): Promise<void> {
    const PrimaryContainer = { Image: image, ModelDataUrl: artefact };
    await sagemaker.send(new CreateModelCommand({ ModelName: name, PrimaryContainer }));
  }

  /** A model whose artefact says its name. */
  async function ship(name: string): Promise<void> {
    aws.objects.createBucket('models');
    aws.objects.put({ bucket: 'models', key: name, body: Buffer.from(name) });
    await makeModel(name);
  }

  async function makeConfig(name: string, more: Partial<CreateEndpointConfigInput> = {}): Promise<void> {
    const ProductionVariants = [variant('AllTraffic', name)];
    await sagemaker.send(new CreateEndpointConfigCommand({ EndpointConfigName: name, ProductionVariants, ...more }));
  }

  return {
    aws,
    clock,
    start,
    measured,
    ...clients,
    makeModel,
    ship,
    makeConfig,
    setAlarm: (name: string, state: AlarmState) => alarms.set(name, state),
    advanceSeconds: (seconds: number) => clock.advance(seconds * 1_000),
    at: (seconds: number) => plus(start, seconds * 1_000),
    /** An endpoint `promo` in service on a fresh model and configuration of this name. */
    openEndpoint: async (config: string) => {
      await ship(config);
      await makeConfig(config);
      await sagemaker.send(new CreateEndpointCommand({ EndpointName: 'promo', EndpointConfigName: config }));
      await clock.advance(180_000);
    },
    endpoint: () => sagemaker.send(new DescribeEndpointCommand({ EndpointName: 'promo' })),
    /** Which artefact answered. */
    ask: async (body = 'x', more: { TargetVariant?: string; InferenceId?: string } = {}) => {
      const input = { EndpointName: 'promo', Body: Buffer.from(body), ContentType: 'text/csv', ...more };
      const answer = await runtime.send(new InvokeEndpointCommand(input));
      return { text: Buffer.from(answer.Body ?? []).toString(), variant: answer.InvokedProductionVariant };
    },
    close: async () => {
      for (const client of Object.values(clients)) client.destroy();
      clock.close();
      await aws.close();
    },
  };
}

export type Bench = Awaited<ReturnType<typeof openBench>>;

export function variant(name: string, model: string, more: Partial<ProductionVariant> = {}): ProductionVariant {
  return {
    VariantName: name,
    ModelName: model,
    InstanceType: 'ml.m5.large',
    InitialInstanceCount: 2,
    InitialVariantWeight: 1,
    ...more,
  };
}

/** How a call was refused: `ValidationException: …`. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'not refused',
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  );
}

export function openClients(aws: Pick<LocalAws, 'url'>) {
  const plain = {
    endpoint: aws.url,
    region,
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'local' },
  };
  return {
    sagemaker: new SageMakerClient(plain),
    runtime: new SageMakerRuntimeClient(plain),
    s3: new S3Client({ ...plain, forcePathStyle: true }),
  };
}
