import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { put } from '../../src/ledger/kind.ts';
import { makeSummariseSlot, type SummariseDeps } from '../../src/shadow/acts/summarise-slot.ts';
import { type ShadowTest, ShadowTests, Summaries } from '../../src/shadow/shadow-test.ts';
import { act } from '../kit/acts.ts';
import { openTestStore, type TestStore } from '../kit/dynamodb.ts';
import { minuteText, openSchedule } from '../schedule/schedule-bench.ts';
import { runningTest, since } from './shadow-kit.ts';

let world: TestStore;
beforeAll(async () => {
  world = await openTestStore();
});
afterAll(() => world.close());

const margins = { latencyRatio: 1.25, errorRate: 0.005 };
let tests = 0;

/** A model of its own for each test, its shadow test in the store, and replicas whose summary timer goes each quarter. */
async function openModel(state: ShadowTest['state'] = { kind: 'running', since }) {
  tests += 1;
  const name = `model-${tests}`;
  const shadow = runningTest(`S${tests}`, { model: name, state });
  await world.store.commit(act({ puts: [put(ShadowTests, shadow, 0)] }));
  const asked: string[] = [];
  const day = openSchedule(world, '2026-11-23T08:58:30Z');
  const deps: SummariseDeps = {
    listOpen: world.store.listOpen,
    listGroup: world.store.listGroup,
    operations: async ({ variant, from, to }) => {
      asked.push(`${variant} ${minuteText(from)} to ${minuteText(to)}`);
      return { requests: (to - from) / 60_000, errors: 0, p50Ms: 10, p95Ms: 20, p99Ms: 30 };
    },
    margins: () => margins,
  };
  const summariseSlot = makeSummariseSlot(deps);
  const timer = {
    name: `summary:${name}`,
    expression: '*/15 * * * *',
    timezone: 'Europe/Berlin',
    run: (slot: Parameters<typeof summariseSlot>[1]) => summariseSlot(name, slot),
  };
  return {
    ...day,
    name,
    shadow,
    asked,
    summariseSlot,
    replica: (holder: string) => day.replica([timer], {}, holder),
    summaries: async () =>
      [...(await world.store.listGroup(Summaries, shadow.id, 50))]
        .map(({ value }) => `${minuteText(value.from)} to ${minuteText(value.to)}`)
        .sort(),
    cards: async () =>
      (await world.store.cards.due('C0PROMO'))
        .map(({ id }) => id)
        .filter((id) => id.startsWith(`summary:${shadow.id}@`)),
    change: async (to: ShadowTest['state']) => {
      const found = await world.store.find(ShadowTests, shadow.id);
      await world.store.commit(act({ puts: [put(ShadowTests, { ...shadow, state: to }, found?.version ?? 0)] }));
    },
  };
}

describe('a scheduled summary', () => {
  it('of two replicas is one summary and one card', async () => {
    const model = await openModel();
    const beats = ['a', 'b'].map(model.replica);
    await Promise.all(beats.map((beat) => beat()));
    model.goTo('2026-11-23T09:00:20Z');
    await Promise.all(beats.map((beat) => beat()));
    await Promise.all(beats.map((beat) => beat()));
    expect(await model.summaries()).toEqual(['11-23 08:40 to 11-23 09:00']);
    expect(await model.cards()).toHaveLength(1);
  });

  it('covers the window since the last one, without gap or overlap, for both variants', async () => {
    const model = await openModel();
    const beat = model.replica('a');
    await beat();
    for (const time of ['09:00', '09:15', '09:30']) {
      model.goTo(`2026-11-23T${time}:05Z`);
      await beat();
    }
    expect(await model.summaries()).toEqual([
      '11-23 08:40 to 11-23 09:00',
      '11-23 09:00 to 11-23 09:15',
      '11-23 09:15 to 11-23 09:30',
    ]);
    expect(model.asked).toContain('AllTraffic 11-23 09:15 to 11-23 09:30');
    expect(model.asked).toContain('Shadow 11-23 09:15 to 11-23 09:30');
  });

  it('that was held up while a later one was told adds nothing', async () => {
    const model = await openModel();
    const beat = model.replica('a');
    await beat();
    model.goTo('2026-11-23T09:15:05Z');
    await beat();
    const late = { timer: `summary:${model.name}`, minute: since + 5 * 60_000, forgetAt: 0, state: 'due' as const };
    expect(await model.summariseSlot(model.name, late)).toEqual({ puts: [], entries: [], cards: [] });
  });
});

describe('nothing is told', () => {
  it.each([
    { state: { kind: 'starting' } },
    { state: { kind: 'stopping', change: 'C3' } },
    { state: { kind: 'closed', at: since, because: 'stopped' } },
  ] as const)('of a test that is $state.kind', async ({ state }) => {
    const model = await openModel(state);
    const beat = model.replica('a');
    await beat();
    model.goTo('2026-11-23T09:15:05Z');
    await beat();
    expect(await model.summaries()).toEqual([]);
    expect(await model.cards()).toEqual([]);
    expect(model.asked).toEqual([]);
    expect(await model.due()).toEqual([]);
  });

  it('before the test ran for any of the window', async () => {
    const model = await openModel({ kind: 'running', since: since + 60 * 60_000 });
    const beat = model.replica('a');
    await beat();
    model.goTo('2026-11-23T09:30:05Z');
    await beat();
    expect(await model.summaries()).toEqual([]);
    model.goTo('2026-11-23T09:45:05Z');
    await beat();
    expect(await model.summaries()).toEqual(['11-23 09:40 to 11-23 09:45']);
  });

  it('any more once the test has closed', async () => {
    const model = await openModel();
    const beat = model.replica('a');
    await beat();
    model.goTo('2026-11-23T09:00:05Z');
    await beat();
    await model.change({ kind: 'closed', at: since, because: 'stopped' });
    model.goTo('2026-11-23T09:15:05Z');
    await beat();
    expect(await model.summaries()).toEqual(['11-23 08:40 to 11-23 09:00']);
  });
});
