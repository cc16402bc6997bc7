import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChangeBench, openChangeBench } from './change-bench.ts';
import { bo } from './facts-kit.ts';

let bench: ChangeBench;
beforeEach(async () => {
  bench = await openChangeBench();
  await bench.register();
  await bench.finish('deploy', 1);
  await bench.register();
});
afterEach(() => bench.close());

const lastLine = async () => (await bench.trail()).at(-1);

/** Minutes of domain time, with a few callers in each. */
async function minutesOfTraffic(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    for (let asked = 0; asked < 4; asked += 1) await bench.ask().catch(() => 'failed');
    await bench.passSeconds(60);
  }
}

describe('a rollout that goes back', () => {
  it('by the alarm of its plan, which is named with its reason', async () => {
    const change = await bench.start('deploy', 2);
    const configName = change.plan.target.configName;
    bench.aws.setWeather({ endpoint: 'promo', configName, errorShare: 0.6 });
    await minutesOfTraffic(16);
    expect(await bench.state(change.id)).toMatchObject({
      kind: 'rolled-back',
      alarm: change.plan.rollout.alarms[0],
      reason: expect.stringContaining('Threshold Crossed'),
      liveConfig: change.plan.from?.configName,
    });
    expect(await lastLine()).toMatchObject({ act: 'change.rolled-back', outcome: 'failed', by: { kind: 'bot' } });
    expect(await bench.ask()).toBe('v1');
  });

  it('is never a place that a rollback goes to, and its endpoint is free for the next change', async () => {
    const change = await bench.start('deploy', 2);
    bench.aws.setWeather({ endpoint: 'promo', configName: change.plan.target.configName, errorShare: 0.6 });
    await minutesOfTraffic(16);
    expect(await bench.plan('rollback')).toMatchObject({ refusal: { kind: 'no-way-back' } });
    expect((await bench.plan('deploy', 2)).ok).toBe(true);
  });

  it('because somebody aborted: the alarm is tripped until SageMaker listens, and they are named', async () => {
    const change = await bench.start('deploy', 2);
    await bench.passSeconds(30);
    expect((await bench.bot.abort(bench.press(change, bo))).ok).toBe(true);
    for (let minute = 0; minute < 12; minute += 1) await bench.passSeconds(60);
    expect(await bench.state(change.id)).toMatchObject({
      kind: 'rolled-back',
      reason: 'Bo pressed Abort',
      alarm: change.plan.rollout.abortAlarm,
    });
    expect(await bench.ask()).toBe('v1');
    expect(await bench.bot.abort(bench.press(change, bo))).toMatchObject({ refusal: { kind: 'nothing-to-abort' } });
  });

  it('in silence when SageMaker itself gives up: in service, but not on what was asked for', async () => {
    const change = await bench.start('deploy', 2);
    bench.aws.objects.put({ bucket: 'models', key: '2.json', body: Buffer.from('broken') });
    await bench.passSeconds(600);
    const state = await bench.state(change.id);
    expect(state).toMatchObject({ kind: 'rolled-back', liveConfig: change.plan.from?.configName });
    expect(state).not.toHaveProperty('alarm');
    expect(await bench.ask()).toBe('v1');
  });
});

describe('what others do to the endpoint meanwhile', () => {
  it('an update of theirs in the middle of ours interrupts it, and nothing more is sent', async () => {
    const change = await bench.planned('deploy', 2);
    await bench.bot.askForApproval(bench.press(change));
    await bench.bot.approve(bench.press(change, bo));
    await bench.makeForeign('theirs');
    await bench.passSeconds(0);
    expect(await bench.state(change.id)).toMatchObject({
      kind: 'interrupted',
      reason: expect.stringContaining('theirs'),
    });
    expect(bench.sent('UpdateEndpoint')).toHaveLength(1);
    expect((await lastLine())?.act).toBe('change.interrupted');
  });
});
