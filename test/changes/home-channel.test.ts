import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChangeBench, openChangeBench } from './change-bench.ts';
import { ana } from './facts-kit.ts';

let bench: ChangeBench;
beforeEach(async () => {
  bench = await openChangeBench();
  await bench.register();
});
afterEach(() => bench.close());

describe('where a change is told of', () => {
  it('in the home channel of its model, wherever it was asked for; the trail keeps where that was', async () => {
    const elsewhere = { kind: 'deploy' as const, model: 'promo', by: ana, channel: 'D0ANA', requestId: 'r1' };
    const plan = await bench.bot.planChange(elsewhere);
    expect(plan).toMatchObject({ ok: true, value: { channel: 'C0PROMO' } });
    await bench.bot.askForApproval({ id: 'C1', by: ana, requestId: 'r2' });
    expect((await bench.db.store.cards.due()).map(({ channel }) => channel)).toEqual(['C0PROMO']);
    expect((await bench.trail())[0]).toMatchObject({ act: 'change.planned', facts: { askedIn: 'D0ANA' } });
  });
});
