import { CloudWatchClient, DescribeAlarmsCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { UpdateEndpointCommand } from '@aws-sdk/client-sagemaker';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSignals } from '../../src/local/aws/open-signals.ts';
import { type Bench, openBench, region } from './local-aws-bench.ts';

let bench: Bench;
let cloudwatch: CloudWatchClient;
beforeEach(async () => {
  bench = await openBench(openSignals);
  const credentials = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'local' };
  cloudwatch = new CloudWatchClient({ endpoint: bench.aws.url, region, credentials, maxAttempts: 1 });
});
afterEach(async () => {
  cloudwatch.destroy();
  await bench.close();
});

async function openGuard(): Promise<void> {
  const dimensions = { EndpointName: 'promo', VariantName: 'AllTraffic', EndpointConfigName: 'v2' };
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: 'promo-errors',
      Namespace: 'AWS/SageMaker',
      MetricName: 'Invocation5XXErrors',
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      Statistic: 'Average',
      Period: 60,
      EvaluationPeriods: 2,
      Threshold: 0.01,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    }),
  );
}

async function startCanary(): Promise<void> {
  await bench.openEndpoint('v1');
  await bench.ship('v2');
  await bench.makeConfig('v2');
  await openGuard();
  await bench.sagemaker.send(
    new UpdateEndpointCommand({
      EndpointName: 'promo',
      EndpointConfigName: 'v2',
      DeploymentConfig: {
        BlueGreenUpdatePolicy: {
          TrafficRoutingConfiguration: {
            Type: 'CANARY',
            WaitIntervalInSeconds: 600,
            CanarySize: { Type: 'CAPACITY_PERCENT', Value: 50 },
          },
        },
        AutoRollbackConfiguration: { Alarms: [{ AlarmName: 'promo-errors' }] },
      },
    }),
  );
}

/** Traffic, minute by minute of domain time. */
async function minutesOfTraffic(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    for (let asked = 0; asked < 12; asked += 1) await bench.ask().catch(() => {});
    await bench.advanceSeconds(60);
  }
}

describe('a canary under a real alarm', () => {
  it('goes back when the new fleet errs, though the old one is fine', async () => {
    await startCanary();
    bench.aws.setWeather({ endpoint: 'promo', configName: 'v2', errorShare: 0.5 });
    await minutesOfTraffic(12);
    const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: ['promo-errors'] }));
    expect(await bench.endpoint()).toMatchObject({
      EndpointStatus: 'InService',
      EndpointConfigName: 'v1',
      FailureReason: expect.stringContaining('[promo-errors]'),
    });
    expect(MetricAlarms).toHaveLength(1);
  });

  it('goes through when only the old fleet errs', async () => {
    await startCanary();
    bench.aws.setWeather({ endpoint: 'promo', configName: 'v1', errorShare: 0.5 });
    await minutesOfTraffic(15);
    expect(await bench.endpoint()).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'v2' });
  });
});
