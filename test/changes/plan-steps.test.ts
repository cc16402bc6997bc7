import { describe, expect, it } from 'vitest';
import { changeNames } from '../../src/changes/names.ts';
import {
  facts,
  minuteMs,
  order,
  plan,
  policy,
  rollout,
  serving,
  shadowServing,
  shadowTest,
  version,
} from './facts-kit.ts';

const names = changeNames({ model: 'promo', endpoint: 'promo', ...order });
const operations = (steps: readonly { operation: string }[]) =>
  steps.map(({ operation }) => operation.replace(/^.*:/, ''));
const input = (made: ReturnType<typeof plan>, operation: string) =>
  made.steps.find((step) => step.operation.endsWith(`:${operation}`))?.input;

describe('the names that a change makes in AWS', () => {
  it('are those of the change, however often it is planned', () => {
    const again = changeNames({ model: 'promo', endpoint: 'promo', ...order });
    expect(again).toEqual(names);
    expect(names.config).toMatch(/^promo-[0-9a-v]{12}$/);
  });

  it('differ between two changes, and between two stores that both count from C1', () => {
    const other = (id: string, plannedAt: number) =>
      changeNames({ model: 'promo', endpoint: 'promo', id, plannedAt }).mark;
    expect(new Set([names.mark, other('C213', order.plannedAt), other('C212', order.plannedAt + 1)]).size).toBe(3);
  });

  it('keep to SageMaker’s pattern and length whatever the model is called', () => {
    const long = changeNames({ model: `_Beförderung.${'x'.repeat(80)}`, endpoint: 'promo', ...order });
    expect(long.config).toMatch(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/);
  });
});

describe('the first deploy onto nothing', () => {
  const first = plan({ serving: undefined, servingReport: undefined });

  it('approves the package, makes model and config, and the endpoint', () => {
    expect(operations(first.steps)).toEqual([
      'UpdateModelPackage',
      'CreateModel',
      'CreateEndpointConfig',
      'CreateEndpoint',
    ]);
    expect(first.steps.at(-1)?.awaits).toEqual({ endpoint: 'promo', configName: names.config });
  });

  it('takes instances, role and capture from the policy', () => {
    expect(input(first, 'CreateModel')).toMatchObject({ ExecutionRoleArn: policy().serving.executionRole });
    expect(input(first, 'CreateEndpointConfig')).toMatchObject({
      ProductionVariants: [{ VariantName: 'AllTraffic', InitialInstanceCount: 2, InstanceType: 'ml.m5.large' }],
      DataCaptureConfig: { InitialSamplingPercentage: 100, DestinationS3Uri: 's3://captures/promo' },
    });
  });
});

describe('a deploy on a live endpoint', () => {
  const made = plan();

  it('puts its alarms before anything moves, and moves last', () => {
    expect(operations(made.steps)).toEqual([
      'UpdateModelPackage',
      'CreateModel',
      'PutMetricAlarm',
      'PutMetricAlarm',
      'PutMetricAlarm',
      'CreateEndpointConfig',
      'UpdateEndpoint',
    ]);
  });

  it('copies the config that serves, but for the model: same variant name, same key, tags kept', () => {
    expect(input(made, 'CreateEndpointConfig')).toMatchObject({
      EndpointConfigName: names.config,
      KmsKeyId: 'key-1',
      DataCaptureConfig: { EnableCapture: true },
      ProductionVariants: [{ VariantName: 'AllTraffic', ModelName: names.model, InitialInstanceCount: 2 }],
    });
    expect(input(made, 'CreateEndpointConfig')?.Tags).toContainEqual({ Key: 'team', Value: 'hr' });
  });

  it('moves traffic as the policy says and keeps live counts and weights', () => {
    expect(input(made, 'UpdateEndpoint')).toEqual({
      EndpointName: 'promo',
      EndpointConfigName: names.config,
      RetainAllVariantProperties: true,
      DeploymentConfig: {
        BlueGreenUpdatePolicy: {
          TrafficRoutingConfiguration: {
            Type: 'CANARY',
            WaitIntervalInSeconds: 600,
            CanarySize: { Type: 'CAPACITY_PERCENT', Value: 50 },
          },
          TerminationWaitInSeconds: 600,
          MaximumExecutionTimeoutInSeconds: 3600,
        },
        AutoRollbackConfiguration: {
          Alarms: [names.errorsAlarm, names.p99Alarm, names.abortAlarm].map((AlarmName) => ({ AlarmName })),
        },
      },
    });
  });

  it('watches the new fleet alone: latency in microseconds, errors as a share', () => {
    const [errors, p99, abort] = made.steps
      .filter(({ operation }) => operation.endsWith('PutMetricAlarm'))
      .map((step) => step.input);
    const fleet = [
      { Name: 'EndpointName', Value: 'promo' },
      { Name: 'VariantName', Value: 'AllTraffic' },
      { Name: 'EndpointConfigName', Value: names.config },
    ];
    expect(errors).toMatchObject({
      Statistic: 'Average',
      Threshold: 0.01,
      Dimensions: fleet,
      TreatMissingData: 'notBreaching',
    });
    expect(p99).toMatchObject({ ExtendedStatistic: 'p99', Threshold: 250_000, Dimensions: fleet });
    expect(abort).toMatchObject({ Namespace: 'Understudy/Changes', MetricName: 'AbortDeployment', Threshold: 1 });
  });

  it.each([
    ['ten minutes', 10 * minuteMs, { DatapointsToAlarm: 2, EvaluationPeriods: 3 }],
    ['one minute', minuteMs, { DatapointsToAlarm: 1, EvaluationPeriods: 1 }],
    ['two minutes', 2 * minuteMs, { DatapointsToAlarm: 2, EvaluationPeriods: 2 }],
  ])('asks no more of an alarm than the shorter bake of %s can give', (_, bakeMs, wanted) => {
    const made = plan({ policy: rollout({ bakeMs, keepOldForMs: 10 * minuteMs }) });
    expect(input(made, 'PutMetricAlarm')).toMatchObject(wanted);
  });

  it('sends linear and rolling rollouts as SageMaker writes them', () => {
    const config = (strategy: 'linear' | 'rolling') =>
      input(plan({ policy: rollout({ strategy, timeoutMs: 90 * minuteMs }) }), 'UpdateEndpoint')?.DeploymentConfig;
    const half = { Type: 'CAPACITY_PERCENT', Value: 50 };
    expect(config('linear')).toMatchObject({
      BlueGreenUpdatePolicy: { TrafficRoutingConfiguration: { Type: 'LINEAR', LinearStepSize: half } },
    });
    expect(config('rolling')).toMatchObject({
      RollingUpdatePolicy: { MaximumBatchSize: half, WaitIntervalInSeconds: 600 },
    });
  });

  it('takes a running shadow down first, and copies nothing of it', () => {
    const promotion = plan({
      kind: 'promotion',
      serving: shadowServing(),
      test: shadowTest({ shadowConfig: 'shadowed' }),
    });
    expect(promotion.steps[0]).toMatchObject({
      operation: 'sagemaker:UpdateEndpoint',
      input: { EndpointConfigName: 'old' },
      awaits: { configName: 'old' },
    });
    expect(promotion.stopsShadowTest).toBe('S31');
    expect(input(promotion, 'CreateEndpointConfig')).not.toHaveProperty('ShadowProductionVariants');
  });
});

describe('a shadow test', () => {
  const start = plan({ kind: 'shadow-start', approvals: [] });

  it('runs beside a copy of what serves, with the sampling as its weight against a production weight of 1', () => {
    expect(input(start, 'CreateEndpointConfig')).toMatchObject({
      ProductionVariants: [{ ModelName: 'model-6', InitialVariantWeight: 1 }],
      ShadowProductionVariants: [{ VariantName: 'Shadow-7', ModelName: names.model, InitialVariantWeight: 0.5 }],
    });
  });

  it('marks the candidate approved only where it is not, and says why', () => {
    expect(operations(start.steps)[0]).toBe('UpdateModelPackage');
    expect(start.findings.map(({ sentence }) => sentence).join(' ')).toContain('It is no approval to promote');
    const approved = plan({ kind: 'shadow-start', approvals: [], candidate: version(7, { approval: 'approved' }) });
    expect(operations(approved.steps)[0]).toBe('CreateModel');
  });

  it('stops by going back to the plain config, all at once', () => {
    const stop = plan({ kind: 'shadow-stop', approvals: [], serving: shadowServing(), test: shadowTest() });
    expect(operations(stop.steps)).toEqual(['UpdateEndpoint']);
    expect(stop.target).toMatchObject({ version: 6, configName: 'old' });
    expect(stop.steps[0]?.input).not.toHaveProperty('DeploymentConfig');
  });
});

it('a rollback stops a running shadow first and then goes back at once, without alarms and without anybody’s yes', () => {
  const to = {
    configName: 'older',
    modelName: 'model-5',
    version: 5,
    packageArn: 'arn:5',
    images: [],
    change: 'C1',
    since: 0,
  };
  const wayBack = { to, now: { config: true, model: true, images: [] } };
  const back = plan({
    ...facts(),
    kind: 'rollback',
    approvals: [],
    serving: shadowServing(),
    test: shadowTest(),
    wayBack,
  });
  expect(back.steps.map((step) => step.input.EndpointConfigName)).toEqual(['old', 'older']);
  expect(back.rollout).toMatchObject({ strategy: 'all-at-once', alarms: [] });
  expect(plan({ kind: 'rollback', approvals: [], wayBack, serving: serving() }).steps).toHaveLength(1);
});
