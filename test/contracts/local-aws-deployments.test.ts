import {
  CreateEndpointCommand,
  DeleteEndpointCommand,
  type DeploymentConfig,
  UpdateEndpointCommand,
} from '@aws-sdk/client-sagemaker';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, openBench, refusal, variant } from './local-aws-bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

/** Half the fleet bakes for ten minutes, then all of it for ten more; `errors` can turn it back. */
const canary: DeploymentConfig = {
  BlueGreenUpdatePolicy: {
    TrafficRoutingConfiguration: {
      Type: 'CANARY',
      WaitIntervalInSeconds: 600,
      CanarySize: { Type: 'CAPACITY_PERCENT', Value: 50 },
    },
    TerminationWaitInSeconds: 600,
    MaximumExecutionTimeoutInSeconds: 3_600,
  },
  AutoRollbackConfiguration: { Alarms: [{ AlarmName: 'errors' }] },
};

function update(
  config: string,
  DeploymentConfig?: DeploymentConfig,
  more: { RetainAllVariantProperties?: boolean } = {},
) {
  return bench.sagemaker.send(
    new UpdateEndpointCommand({
      EndpointName: 'promo',
      EndpointConfigName: config,
      ...(DeploymentConfig ? { DeploymentConfig } : {}),
      ...more,
    }),
  );
}

async function answers(count: number): Promise<Record<string, number>> {
  const seen: Record<string, number> = {};
  for (let asked = 0; asked < count; asked += 1) {
    const { text } = await bench.ask();
    seen[text] = (seen[text] ?? 0) + 1;
  }
  return seen;
}

async function phase(): Promise<string | undefined> {
  return (await bench.endpoint()).PendingDeploymentSummary?.ProductionVariants?.[0]?.VariantStatus?.[0]?.Status;
}

describe('an endpoint comes up', () => {
  it('is Creating for three minutes, then InService with its variants', async () => {
    await bench.ship('v1');
    await bench.makeConfig('v1');
    await bench.sagemaker.send(new CreateEndpointCommand({ EndpointName: 'promo', EndpointConfigName: 'v1' }));
    expect(await bench.endpoint()).toMatchObject({ EndpointStatus: 'Creating' });
    expect(bench.aws.pending()).toEqual(['endpoint promo goes to v1: provisioning until 2026-11-23T09:03:00.000Z']);
    await bench.advanceSeconds(180);
    expect(await bench.endpoint()).toMatchObject({
      EndpointStatus: 'InService',
      EndpointConfigName: 'v1',
      ProductionVariants: [{ VariantName: 'AllTraffic', CurrentInstanceCount: 2, CurrentWeight: 1 }],
      LastModifiedTime: new Date(bench.at(180)),
    });
    expect(bench.aws.pending()).toEqual([]);
  });

  it('fails for good when the artefact is not there', async () => {
    await bench.makeModel('v1', 's3://models/nowhere');
    await bench.makeConfig('v1');
    await bench.sagemaker.send(new CreateEndpointCommand({ EndpointName: 'promo', EndpointConfigName: 'v1' }));
    await bench.advanceSeconds(180);
    const failed = await bench.endpoint();
    expect(failed.EndpointStatus).toBe('Failed');
    expect(failed.FailureReason).toContain('Failed to download model data');
    await bench.ship('v2');
    await bench.makeConfig('v2');
    expect(await refusal(update('v2'))).toMatch(/^ValidationException: Cannot update endpoint .* in status Failed/);
  });
});

describe('a canary', () => {
  beforeEach(async () => {
    await bench.openEndpoint('v1');
    await bench.ship('v2');
    await bench.makeConfig('v2');
    bench.setAlarm('errors', 'OK');
  });

  it('splits the traffic while it bakes and ends on the new configuration', async () => {
    await update('v2', canary);
    expect(await phase()).toBe('Creating');
    expect(await answers(10)).toEqual({ 'v1:x': 10 });
    await bench.advanceSeconds(180);
    expect(await phase()).toBe('ActivatingTraffic');
    await bench.advanceSeconds(20);
    const baking = await bench.endpoint();
    expect(baking).toMatchObject({
      EndpointStatus: 'Updating',
      EndpointConfigName: 'v1',
      PendingDeploymentSummary: {
        EndpointConfigName: 'v2',
        ProductionVariants: [
          { CurrentInstanceCount: 1, DesiredInstanceCount: 2, VariantStatus: [{ Status: 'Baking' }] },
        ],
      },
    });
    const split = await answers(200);
    expect(split['v1:x']).toBeGreaterThan(70);
    expect(split['v2:x']).toBeGreaterThan(70);
    await bench.advanceSeconds(620);
    expect(await phase()).toBe('Baking');
    expect(await answers(10)).toEqual({ 'v2:x': 10 });
    await bench.advanceSeconds(600);
    const done = await bench.endpoint();
    expect(done).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'v2', LastDeploymentConfig: canary });
    expect(done.PendingDeploymentSummary).toBeUndefined();
    expect(done.FailureReason).toBeUndefined();
  });

  it('tells the metrics of both fleets apart by endpoint configuration', async () => {
    await update('v2', canary);
    await bench.advanceSeconds(200);
    await answers(60);
    const counts = (config: string) =>
      bench.measured.filter((one) => one.metric === 'Invocations' && one.dimensions.EndpointConfigName === config)
        .length;
    expect(counts('v1') + counts('v2')).toBe(60);
    expect(Math.min(counts('v1'), counts('v2'))).toBeGreaterThan(15);
    const both = bench.measured.filter(
      (one) => one.metric === 'Invocations' && !('EndpointConfigName' in one.dimensions),
    );
    expect(both).toHaveLength(60);
  });

  it('goes back on an alarm: InService, on the old configuration, with the reason', async () => {
    await update('v2', canary);
    await bench.advanceSeconds(300);
    bench.setAlarm('errors', 'ALARM');
    await bench.advanceSeconds(10);
    expect(await phase()).toBe('Deleting');
    expect(await answers(10)).toEqual({ 'v1:x': 10 });
    await bench.advanceSeconds(30);
    expect(await bench.endpoint()).toMatchObject({
      EndpointStatus: 'InService',
      EndpointConfigName: 'v1',
      FailureReason: expect.stringContaining('[errors]'),
    });
  });

  it('does not look at alarms before traffic moves', async () => {
    await update('v2', canary);
    bench.setAlarm('errors', 'ALARM');
    await bench.advanceSeconds(190);
    bench.setAlarm('errors', 'OK');
    await bench.advanceSeconds(20 + 1_300);
    expect(await bench.endpoint()).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'v2' });
  });

  it('goes back when the new model does not load', async () => {
    bench.aws.objects.put({ bucket: 'models', key: 'v2', body: Buffer.from('broken') });
    await update('v2', canary);
    await bench.advanceSeconds(180 + 30);
    expect(await bench.endpoint()).toMatchObject({
      EndpointStatus: 'InService',
      EndpointConfigName: 'v1',
      FailureReason: expect.stringContaining('did not pass the ping health check'),
    });
  });

  it('refuses a second update and a delete while the first is under way', async () => {
    await update('v2', canary);
    expect(await refusal(update('v2'))).toMatch(/^ValidationException: Cannot update in-progress endpoint/);
    await bench.advanceSeconds(300);
    const remove = bench.sagemaker.send(new DeleteEndpointCommand({ EndpointName: 'promo' }));
    expect(await refusal(remove)).toMatch(/^ValidationException: Cannot delete in-progress endpoint/);
  });
});

describe('a linear update', () => {
  it('moves in steps of instances, each with its bake', async () => {
    await bench.ship('v1');
    await bench.makeConfig('v1', { ProductionVariants: [variant('AllTraffic', 'v1', { InitialInstanceCount: 4 })] });
    await bench.sagemaker.send(new CreateEndpointCommand({ EndpointName: 'promo', EndpointConfigName: 'v1' }));
    await bench.advanceSeconds(180);
    await bench.ship('v2');
    await bench.makeConfig('v2', { ProductionVariants: [variant('AllTraffic', 'v2', { InitialInstanceCount: 4 })] });
    await update('v2', {
      BlueGreenUpdatePolicy: {
        TrafficRoutingConfiguration: {
          Type: 'LINEAR',
          WaitIntervalInSeconds: 60,
          LinearStepSize: { Type: 'INSTANCE_COUNT', Value: 1 },
        },
      },
    });
    await bench.advanceSeconds(200);
    const shares: number[] = [];
    for (let step = 0; step < 4; step += 1) {
      shares.push(bench.aws.sagemaker.serving('promo')?.find(({ fleet }) => fleet.configName === 'v2')?.share ?? 0);
      await bench.advanceSeconds(80);
    }
    expect(shares).toEqual([0.25, 0.5, 0.75, 1]);
    expect(await bench.endpoint()).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'v2' });
  });
});

describe('a rolling update', () => {
  it('moves batch by batch, each with its bake', async () => {
    await bench.openEndpoint('v1');
    await bench.ship('v2');
    await bench.makeConfig('v2');
    const MaximumBatchSize = { Type: 'CAPACITY_PERCENT' as const, Value: 50 };
    await update('v2', { RollingUpdatePolicy: { MaximumBatchSize, WaitIntervalInSeconds: 100 } });
    await bench.advanceSeconds(200);
    expect([await phase(), bench.aws.sagemaker.serving('promo')?.map(({ share }) => share)]).toEqual([
      'Baking',
      [0.5, 0.5],
    ]);
    await bench.advanceSeconds(100);
    expect(await phase()).toBe('Creating');
    await bench.advanceSeconds(300);
    expect(await bench.endpoint()).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'v2' });
  });
});

describe('an update that takes too long', () => {
  it('goes back when its time is over', async () => {
    await bench.openEndpoint('v1');
    await bench.ship('v2');
    await bench.makeConfig('v2');
    bench.setAlarm('errors', 'OK');
    const { TrafficRoutingConfiguration } = canary.BlueGreenUpdatePolicy ?? {};
    // The bake alone fits into the time-out; with three minutes of provisioning it does not.
    await update('v2', {
      BlueGreenUpdatePolicy: { TrafficRoutingConfiguration, MaximumExecutionTimeoutInSeconds: 700 },
    });
    await bench.advanceSeconds(700);
    expect(await phase()).toBe('Deleting');
    await bench.advanceSeconds(30);
    expect(await bench.endpoint()).toMatchObject({
      EndpointConfigName: 'v1',
      FailureReason: expect.stringContaining('MaximumExecutionTimeoutInSeconds'),
    });
  });
});

describe('an update keeps what runs when asked to', () => {
  it('keeps live instance counts and weights instead of the configuration’s', async () => {
    await bench.openEndpoint('v1');
    await bench.ship('v2');
    await bench.makeConfig('v2', { ProductionVariants: [variant('AllTraffic', 'v2', { InitialInstanceCount: 5 })] });
    await update('v2', undefined, { RetainAllVariantProperties: true });
    await bench.advanceSeconds(200);
    expect((await bench.endpoint()).ProductionVariants?.[0]?.CurrentInstanceCount).toBe(2);
  });
});

describe('what a guarded update refuses', () => {
  const routed = (more: object, policy: object = {}): DeploymentConfig => ({
    BlueGreenUpdatePolicy: {
      TrafficRoutingConfiguration: { Type: 'CANARY', WaitIntervalInSeconds: 600, ...more },
      ...policy,
    },
  });
  const percent = (value: number) => ({ Type: 'CAPACITY_PERCENT' as const, Value: value });
  const count = (value: number) => ({ Type: 'INSTANCE_COUNT' as const, Value: value });

  beforeEach(async () => {
    await bench.openEndpoint('v1');
    await bench.ship('v2');
    await bench.makeConfig('v2');
    bench.setAlarm('errors', 'OK');
  });

  it.each([
    ['a canary of more than half', routed({ CanarySize: percent(60) }), /from 1 to 50 percent/],
    ['two instances of two as a canary', routed({ CanarySize: count(2) }), /at most 50 percent of the fleet/],
    ['a canary without a size', routed({}), /CanarySize goes with type CANARY/],
    [
      'no wait interval',
      routed({ CanarySize: percent(50), WaitIntervalInSeconds: undefined }),
      /waitIntervalInSeconds/,
    ],
    ['a wait of more than an hour', routed({ CanarySize: percent(50), WaitIntervalInSeconds: 3_601 }), /equal to 3600/],
    [
      'a time-out within the waits',
      routed({ CanarySize: percent(50) }, { MaximumExecutionTimeoutInSeconds: 600 }),
      /must exceed/,
    ],
    [
      'a time-out under ten minutes',
      routed({ CanarySize: percent(50) }, { MaximumExecutionTimeoutInSeconds: 599 }),
      /equal to 600/,
    ],
    ['an unknown type', routed({ Type: 'SPLIT' }), /enum value set: \[ALL_AT_ONCE, CANARY, LINEAR\]/],
    [
      'an alarm that does not exist',
      { ...canary, AutoRollbackConfiguration: { Alarms: [{ AlarmName: 'gone' }] } },
      /\[gone\]/,
    ],
    ['an empty list of alarms', { ...canary, AutoRollbackConfiguration: { Alarms: [] } }, /greater than or equal to 1/],
  ])('%s', async (_what, config, sentence) => {
    expect(await refusal(update('v2', config as DeploymentConfig))).toMatch(sentence);
    expect((await bench.endpoint()).EndpointStatus).toBe('InService');
  });

  it('a canary on a fleet of one instance', async () => {
    await bench.makeConfig('one', { ProductionVariants: [variant('AllTraffic', 'v2', { InitialInstanceCount: 1 })] });
    expect(await refusal(update('one', canary))).toMatch(/cannot split a fleet of one instance/);
  });

  it('another variant name, which an unguarded update may bring', async () => {
    await bench.makeConfig('renamed', { ProductionVariants: [variant('Blue', 'v2')] });
    expect(await refusal(update('renamed', canary))).toMatch(/same production variant names/);
    expect(await refusal(update('renamed'))).toBe('not refused');
  });

  it('the configuration that already serves', async () => {
    expect(await refusal(update('v1', canary))).toMatch(/already has endpoint configuration "v1"/);
  });

  it('a configuration that is not there', async () => {
    expect(await refusal(update('v9', canary))).toMatch(/^ValidationException: Could not find endpoint configuration/);
  });
});
