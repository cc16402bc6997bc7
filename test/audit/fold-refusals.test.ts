import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFoldingCommit, makeTellFolds } from '../../src/audit/acts/fold-refusals.ts';
import type { Entry } from '../../src/audit/entry.ts';
import { instant, plus } from '../../src/kernel/time.ts';
import { put } from '../../src/ledger/kind.ts';
import { act, entryAt, Things } from '../kit/acts.ts';
import { openTestStore, type TestStore } from '../kit/dynamodb.ts';

let world: TestStore;
beforeEach(async () => {
  world = await openTestStore();
});
afterEach(() => world.close());

const domain = () => instant(42);
const folding = (store = world.store) => makeFoldingCommit(store);
const tellFolds = (store = world.store) =>
  makeTellFolds({ ...store, clocks: { wall: () => world.clock.at, domain } })();
const entries = () => world.store.audit.entries('promo', { limit: 100 });
const pass = (ms: number) => {
  world.clock.at = plus(world.clock.at, ms);
};
const refusal = (parts: Partial<Entry> = {}) =>
  entryAt(world.clock.at, {
    outcome: 'refused',
    act: 'change.approve',
    by: { kind: 'person', user: 'U0ANA', name: 'Ana' },
    sentence: 'Ana asked for C212, so somebody else has to approve it.',
    ...parts,
  });
const refuse = (parts: Partial<Entry> = {}) => folding()(act({ entries: [refusal(parts)] }));

describe('one person refused at one button again and again', () => {
  it('is in the trail at once, then counted, and told once when the minute is over', async () => {
    for (let click = 0; click < 5; click += 1) {
      expect((await refuse()).ok).toBe(true);
      pass(1_000);
    }
    const [first, ...more] = await entries();
    expect(more).toEqual([]);
    await tellFolds();
    expect(await entries()).toHaveLength(1);
    pass(60_000);
    await tellFolds();
    await tellFolds();
    expect(await entries()).toHaveLength(2);
    expect((await entries())[1]).toMatchObject({
      sentence: 'Ana asked for C212, so somebody else has to approve it. (5 times within a minute)',
      outcome: 'refused',
      facts: { times: 5, first: first?.id },
      wallAt: world.clock.at,
      at: 42,
    });
  });

  it('refused once leaves one entry', async () => {
    await refuse();
    pass(60_000);
    await tellFolds();
    expect(await entries()).toHaveLength(1);
  });

  it('in the next minute is in the trail again', async () => {
    await refuse();
    pass(60_000);
    await refuse();
    expect(await entries()).toHaveLength(2);
  });

  it('clicking faster than anybody can, every click is counted or in the trail', async () => {
    const stores = [world.store, world.replica(), world.replica()];
    const clicks = Array.from({ length: 12 }, (_, n) => folding(stores[n % 3])(act({ entries: [refusal()] })));
    expect((await Promise.all(clicks)).every(({ ok }) => ok)).toBe(true);
    pass(60_000);
    await tellFolds();
    const trail = await entries();
    const tallied = trail.find(({ facts }) => typeof facts.times === 'number');
    const alone = trail.filter((entry) => entry !== tallied && entry.id !== tallied?.facts.first);
    expect(Number(tallied?.facts.times) + alone.length).toBe(12);
  });

  it('two replicas tell the count once', async () => {
    await refuse();
    await refuse();
    pass(60_000);
    await Promise.all([tellFolds(), tellFolds(world.replica())]);
    expect(await entries()).toHaveLength(2);
  });

  it('the same act committed again is not counted again', async () => {
    const click = act({ entries: [refusal()] });
    await folding()(click);
    await folding()(click);
    pass(60_000);
    await tellFolds();
    expect(await entries()).toHaveLength(1);
  });
});

describe('what is not the same is not folded', () => {
  it.each([
    ['another person', { by: { kind: 'person', user: 'U0GUS', name: 'Gus' } }],
    ['another button', { act: 'change.reject' }],
    ['another change', { subject: { kind: 'change', id: 'C213' } }],
    ['the bot itself', { by: { kind: 'bot' } }],
    ['an act that was done', { outcome: 'done' }],
  ] satisfies [string, Partial<Entry>][])('%s', async (_, parts) => {
    await refuse();
    await refuse(parts);
    expect(await entries()).toHaveLength(2);
  });

  it('a refusal that changes state as well', async () => {
    await refuse();
    const puts = [put(Things, { id: 't', says: '' }, 0)];
    await folding()(act({ puts, entries: [refusal()] }));
    expect(await entries()).toHaveLength(2);
  });
});
