import { DeleteEndpointConfigCommand } from '@aws-sdk/client-sagemaker';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Changes } from '../../src/changes/change.ts';
import { plus } from '../../src/kernel/time.ts';
import { ShadowTests } from '../../src/shadow/shadow-test.ts';
import { type ChangeBench, openChangeBench } from './change-bench.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

let bench: ChangeBench;
beforeEach(async () => {
  bench = await openChangeBench();
  await bench.register();
  await bench.finish('deploy', 1);
  await bench.register();
  await bench.finish('shadow-start');
});
afterEach(() => bench.close());

const timeIsUp = () => bench.clock.advance(7 * dayMs);
const test = async () => (await bench.db.store.find(ShadowTests, 'S1'))?.value;
const stops = async () =>
  (await bench.db.store.listGroup(Changes, 'promo', 100)).filter(({ value }) => value.plan.kind === 'shadow-stop');
const cardsOfStops = async () => {
  const ids = new Set((await stops()).map(({ value }) => value.id));
  return (await bench.db.store.cards.due()).filter(({ subject }) => ids.has(subject.id));
};

/** One beat a minute: wall and domain go together, as in a real world. */
async function beats(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    bench.db.clock.at = plus(bench.db.clock.at, minuteMs);
    await bench.clock.advance(minuteMs);
    await bench.bot.tendShadowTests();
    await bench.settle();
  }
}

describe('the end of a shadow test that cannot be had', () => {
  beforeEach(timeIsUp);

  it('is tried after 1, 5, 15 and 60 minutes, and told by one card', async () => {
    bench.aws.faults.add({ operation: 'sagemaker:UpdateEndpoint', kind: 'access-denied', times: 100 });
    await beats(25);
    expect(await stops()).toHaveLength(4);
    expect(await cardsOfStops()).toHaveLength(1);
    expect(await test()).toMatchObject({ state: { kind: 'running' }, lastStop: { tries: 4 } });
    await beats(10);
    expect(await stops()).toHaveLength(4);
  });

  it('succeeds in a later try', async () => {
    bench.aws.faults.add({ operation: 'sagemaker:UpdateEndpoint', kind: 'access-denied' });
    await beats(1);
    expect((await test())?.state.kind).toBe('running');
    await beats(6);
    expect((await test())?.state.kind).toBe('closed');
    expect(await cardsOfStops()).toHaveLength(1);
  });

  it('is refused before anything is sent when the config without the shadow was deleted', async () => {
    const EndpointConfigName = (await test())?.plainConfig;
    await bench.raw.sageMaker.send(new DeleteEndpointConfigCommand({ EndpointConfigName }));
    const updates = bench.sent('UpdateEndpoint').length;
    await beats(5);
    expect(await stops()).toEqual([]);
    expect(bench.sent('UpdateEndpoint')).toHaveLength(updates);
    const refusals = (await bench.trail()).filter(({ act }) => act === 'change.plan-refused');
    expect(refusals).toHaveLength(2);
    expect(refusals[0]?.sentence).toContain(`${EndpointConfigName}`);
  });
});

describe('two replicas that look after the same shadow test', () => {
  it('plan its end once', async () => {
    await timeIsUp();
    const other = bench.replica('bot-2');
    await Promise.all([bench.bot.tendShadowTests(), other.tendShadowTests()]);
    expect(await stops()).toHaveLength(1);
  });

  it('ask AWS about it once a minute together', async () => {
    const other = bench.replica('bot-2');
    const looks = () => bench.aws.calls().filter(({ operation }) => operation === 'sagemaker:DescribeEndpoint').length;
    const before = looks();
    const everybody = async (): Promise<void> => {
      for (const bot of [bench.bot, other, bench.bot, other]) await bot.tendShadowTests();
    };
    await everybody();
    expect(looks() - before).toBe(1);
    bench.db.clock.at = plus(bench.db.clock.at, minuteMs);
    await everybody();
    expect(looks() - before).toBe(2);
  });
});
