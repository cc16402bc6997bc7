import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ShadowTests } from '../../src/shadow/shadow-test.ts';
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

const test = async (id = 'S1') => (await bench.db.store.find(ShadowTests, id))?.value;
const shadows = async () =>
  (await bench.endpoint()).ShadowProductionVariants?.map(({ VariantName }) => VariantName) ?? [];
const dayMs = 86_400_000;

describe('a shadow test', () => {
  it('starts without anybody’s yes, runs beside production, and has an end', async () => {
    const start = await bench.finish('shadow-start');
    expect(await shadows()).toEqual(['Shadow-2']);
    expect(await bench.ask()).toBe('v1');
    expect(await test()).toMatchObject({
      state: { kind: 'running' },
      productionVersion: 1,
      candidateVersion: 2,
      samplingShare: 0.5,
      startChange: start.id,
      plainConfig: start.plan.from?.configName,
      shadowConfig: start.plan.target.configName,
    });
    const { startedAt = 0, endsAt } = (await test()) ?? {};
    expect(endsAt).toBe(startedAt + 7 * dayMs);
    expect(await bench.plan('shadow-start')).toMatchObject({ refusal: { kind: 'shadow-running', shadowTest: 'S1' } });
  });

  it('stops on demand, and is closed once the endpoint proves it', async () => {
    await bench.finish('shadow-start');
    const stop = await bench.start('shadow-stop');
    expect((await test())?.state).toEqual({ kind: 'stopping', change: stop.id });
    await bench.passSeconds(360);
    expect((await test())?.state).toMatchObject({ kind: 'closed' });
    expect(await shadows()).toEqual([]);
    expect(await bench.plan('shadow-stop')).toMatchObject({ refusal: { kind: 'no-shadow' } });
  });

  it('ends by itself when its time is up', async () => {
    await bench.finish('shadow-start');
    expect(await bench.bot.tendShadowTests()).toEqual([{ kind: 'left-alone', test: 'S1' }]);
    await bench.clock.advance(7 * dayMs);
    expect(await bench.bot.tendShadowTests()).toMatchObject([{ kind: 'stopping', outcome: { ok: true } }]);
    await bench.settle();
    await bench.passSeconds(360);
    expect((await test())?.state.kind).toBe('closed');
    expect((await bench.trail()).find(({ sentence }) => sentence.startsWith('Understudy planned'))?.by).toEqual({
      kind: 'bot',
    });
  });

  it('is over when somebody changes its endpoint from outside', async () => {
    await bench.finish('shadow-start');
    await bench.makeForeign('theirs');
    await bench.clock.advance(600_000);
    expect(await bench.bot.tendShadowTests()).toEqual([{ kind: 'closed', test: 'S1' }]);
    expect((await bench.trail()).at(-1)).toMatchObject({ act: 'shadow-test.closed', by: { kind: 'bot' } });
  });

  it('is stopped first by a promotion, which then rolls out guarded under the old variant name', async () => {
    await bench.finish('shadow-start');
    const promotion = await bench.finish('promotion');
    expect(promotion.plan.target.version).toBe(2);
    expect(await bench.ask()).toBe('v2');
    expect(await shadows()).toEqual([]);
    expect((await test())?.state).toMatchObject({ kind: 'closed', because: `${promotion.id} stopped it first` });
    expect((await bench.endpoint()).ProductionVariants?.map(({ VariantName }) => VariantName)).toEqual(['AllTraffic']);
    const back = await bench.finish('rollback');
    expect(back.plan.target.version).toBe(1);
    expect(await bench.ask()).toBe('v1');
  });

  it('is stopped first by a rollback, which then goes further back than its plain config', async () => {
    await bench.finish('deploy', 2);
    await bench.register();
    await bench.finish('shadow-start', 3);
    const back = await bench.finish('rollback');
    expect(back.plan.steps).toHaveLength(2);
    expect(await bench.ask()).toBe('v1');
    expect((await test())?.state.kind).toBe('closed');
  });

  it('goes on when the change that meant to stop it got nowhere', async () => {
    await bench.finish('shadow-start');
    bench.aws.faults.add({ operation: 'sagemaker:UpdateEndpoint', kind: 'access-denied' });
    const stop = await bench.start('shadow-stop');
    expect((await bench.state(stop.id))?.kind).toBe('failed');
    expect((await test())?.state.kind).toBe('running');
    expect((await bench.bot.abort(bench.press(stop, bo))).ok).toBe(false);
  });
});
