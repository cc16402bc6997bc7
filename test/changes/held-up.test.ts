import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EndpointLocks } from '../../src/changes/change.ts';
import { Intents } from '../../src/runner/intent.ts';
import { type ChangeBench, openChangeBench } from './change-bench.ts';
import { account, bo, policy, region } from './facts-kit.ts';

let bench: ChangeBench;
beforeEach(async () => {
  bench = await openChangeBench();
  await bench.register();
  await bench.finish('deploy', 1);
  await bench.register();
});
afterEach(() => bench.close());

const updates = () => bench.sent('UpdateEndpoint').length;
const holder = async () =>
  (await bench.db.store.find(EndpointLocks, `${account}/${region}/promo`))?.value.holder?.change;

describe('a step that AWS does not let us look for', () => {
  it('ends the change with AWS’s own sentence, and frees the endpoint', async () => {
    bench.aws.faults.add({ operation: 'cloudwatch:DescribeAlarms', kind: 'access-denied', times: 100 });
    const change = await bench.start('deploy', 2);
    expect(await bench.state(change.id)).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('DescribeAlarms'),
    });
    expect(await holder()).toBeUndefined();
    expect(updates()).toBe(0);
  });

  it('says that it may have arrived, when it was sent before', async () => {
    bench.aws.faults.add({ operation: 'sagemaker:CreateModel', kind: 'answer-lost' });
    const change = await bench.start('deploy', 2);
    bench.aws.faults.add({ operation: 'sagemaker:DescribeModel', kind: 'access-denied', times: 100 });
    await bench.passSeconds(6);
    expect(await bench.state(change.id)).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('whether it arrived cannot be seen'),
    });
  });
});

describe('a step that AWS puts off', () => {
  it('is told in the thread once, with AWS’s words', async () => {
    bench.aws.faults.add({ operation: 'cloudwatch:PutMetricAlarm', kind: 'throttle', times: 100 });
    const change = await bench.start('deploy', 2);
    expect(await bench.thread(change)).toEqual([]);
    for (let round = 0; round < 10; round += 1) await bench.passSeconds(20);
    expect(await bench.thread(change)).toEqual([expect.stringMatching(/^waits to watch the errors of version 2/)]);
  });

  it('is given up by Abort: nothing is sent any more, and the endpoint is free', async () => {
    bench.aws.faults.add({ operation: 'cloudwatch:PutMetricAlarm', kind: 'throttle', times: 3 });
    const change = await bench.start('deploy', 2);
    expect((await bench.bot.abort(bench.press(change, bo))).ok).toBe(true);
    await bench.settle();
    expect(await bench.state(change.id)).toMatchObject({
      kind: 'rolled-back',
      reason: 'Bo aborted before any traffic moved',
      liveConfig: change.plan.from?.configName,
    });
    expect(await holder()).toBeUndefined();
    await bench.passSeconds(300);
    expect(await bench.db.store.listOpen(Intents)).toEqual([]);
    expect(bench.sent('CreateEndpointConfig')).toHaveLength(1);
    expect(updates()).toBe(0);
  });
});

describe('a model that the configuration moves while its change runs', () => {
  it('gives back the endpoint that the change was started on', async () => {
    const change = await bench.start('deploy', 2);
    expect(await holder()).toBe(change.id);
    bench.settings.policy = policy({ account: '999900001111' });
    for (let stretch = 0; stretch < 8; stretch += 1) await bench.passSeconds(240);
    expect((await bench.state(change.id))?.kind).toBe('succeeded');
    expect(await holder()).toBeUndefined();
  });
});

describe('alarms that may no longer be looked at while the traffic moves', () => {
  it('do not keep a rollout from its end', async () => {
    const change = await bench.start('deploy', 2);
    await bench.passSeconds(30);
    bench.aws.faults.add({ operation: 'cloudwatch:DescribeAlarms', kind: 'access-denied', times: 1_000 });
    for (let stretch = 0; stretch < 8; stretch += 1) await bench.passSeconds(240);
    expect((await bench.state(change.id))?.kind).toBe('succeeded');
  });
});
