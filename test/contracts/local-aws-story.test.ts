import { UpdateEndpointCommand } from '@aws-sdk/client-sagemaker';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, openBench, variant } from './local-aws-bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
  await bench.openEndpoint('v1');
  await bench.ship('v2');
});
afterEach(() => bench.close());

async function goTo(
  config: string,
  seconds: number,
  more: Partial<UpdateEndpointCommand['input']> = {},
): Promise<void> {
  await bench.sagemaker.send(new UpdateEndpointCommand({ EndpointName: 'promo', EndpointConfigName: config, ...more }));
  await bench.advanceSeconds(seconds);
  expect(await bench.endpoint()).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: config });
}

describe('the story of a candidate', () => {
  it('shadow, back, canary, roll-back: each time the endpoint ends where it was sent', async () => {
    bench.setAlarm('errors', 'OK');
    await bench.makeConfig('shadow', {
      ProductionVariants: [variant('AllTraffic', 'v1')],
      ShadowProductionVariants: [variant('Shadow-01', 'v2')],
    });
    await bench.makeConfig('v2');
    await goTo('shadow', 200, { RetainAllVariantProperties: true });
    expect((await bench.endpoint()).ShadowProductionVariants).toMatchObject([{ VariantName: 'Shadow-01' }]);
    expect((await bench.ask()).text).toBe('v1:x');
    await goTo('v1', 200);
    expect((await bench.endpoint()).ShadowProductionVariants).toBeUndefined();
    await goTo('v2', 180 + 20 + 600 + 20 + 600, {
      DeploymentConfig: {
        BlueGreenUpdatePolicy: {
          TrafficRoutingConfiguration: {
            Type: 'CANARY',
            WaitIntervalInSeconds: 600,
            CanarySize: { Type: 'CAPACITY_PERCENT', Value: 50 },
          },
          TerminationWaitInSeconds: 600,
        },
        AutoRollbackConfiguration: { Alarms: [{ AlarmName: 'errors' }] },
      },
    });
    expect((await bench.ask()).text).toBe('v2:x');
    await goTo('v1', 200);
    expect((await bench.ask()).text).toBe('v1:x');
    const updates = bench.aws.calls().filter(({ operation }) => operation === 'sagemaker:UpdateEndpoint');
    expect(updates.map(({ status, caller }) => [status, caller])).toEqual(Array(4).fill([200, 'AKIDLOCAL']));
  });
});
