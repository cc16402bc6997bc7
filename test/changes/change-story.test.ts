import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChangeBench, openChangeBench } from './change-bench.ts';

let bench: ChangeBench;
beforeEach(async () => {
  bench = await openChangeBench();
});
afterEach(() => bench.close());

const acts = async () =>
  (await bench.trail()).map(({ act, outcome }) => (outcome === 'done' ? act : `${act} ${outcome}`));

describe('a first deploy, a guarded deploy, and a rollback, on the real SDKs and store', () => {
  it('each ends where it was sent, and leaves its lines', async () => {
    await bench.register();
    await bench.finish('deploy', 1);
    expect(await bench.ask()).toBe('v1');
    expect(await acts()).toEqual([
      'change.planned',
      'change.asked',
      'change.approved',
      'change.started',
      'aws.update-model-package',
      'aws.create-model',
      'aws.create-endpoint-config',
      'aws.create-endpoint',
      'change.succeeded',
    ]);

    await bench.register();
    const second = await bench.start('deploy', 2);
    await bench.passSeconds(200);
    await bench.passSeconds(60);
    expect(await bench.state(second.id)).toMatchObject({
      kind: 'running',
      progress: { phase: 'canary', trafficShare: 0.5 },
    });
    for (let minute = 0; minute < 30; minute += 1) await bench.passSeconds(60);
    expect(await bench.state(second.id)).toMatchObject({ kind: 'succeeded' });
    expect(await bench.ask()).toBe('v2');
    expect(await bench.thread(second)).toEqual([
      'canary 50\u00a0% reached',
      'all traffic moved, the old fleet is kept',
      `${second.plan.target.configName} serves, as asked`,
    ]);

    const back = await bench.finish('rollback');
    expect(back.plan.target.version).toBe(1);
    expect(await bench.ask()).toBe('v1');
    expect(await bench.plan('rollback')).toMatchObject({ ok: false, refusal: { kind: 'no-way-back' } });
    expect(bench.sent('UpdateEndpoint')).toHaveLength(2);
  });
});
