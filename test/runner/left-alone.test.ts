import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '../../src/changes/change.ts';
import { actId } from '../../src/kernel/ids.ts';
import { put } from '../../src/ledger/kind.ts';
import { type Intent, Intents } from '../../src/runner/intent.ts';
import { type ChangeBench, openChangeBench } from '../changes/change-bench.ts';
import { bo } from '../changes/facts-kit.ts';

let bench: ChangeBench;
let change: Change;
beforeEach(async () => {
  bench = await openChangeBench();
  await bench.register();
  change = await bench.planned('deploy');
  await bench.bot.askForApproval(bench.press(change));
  await bench.bot.approve(bench.press(change, bo));
});
afterEach(() => bench.close());

/** A call that was wanted for a model which the configuration no longer has. */
async function wantForeign(): Promise<void> {
  const intent: Intent = {
    id: 'C9.0',
    subject: { kind: 'change', id: 'C9' },
    model: 'gone',
    operation: 'sagemaker:CreateModel',
    input: { ModelName: 'gone' },
    says: 'make a model',
    state: { kind: 'wanted', refusals: 0 },
  };
  await bench.db.store.commit({ id: actId('want'), puts: [put(Intents, intent, 0)], entries: [], cards: [] });
}

describe('trouble with one call leaves the others alone', () => {
  it('a model that left the configuration: its call waits and says why, the other change goes to its end', async () => {
    await wantForeign();
    const ran = await bench.bot.runOpenIntents();
    expect(ran.find(({ id }) => id === 'C9.0')?.run).toMatchObject({
      kind: 'again',
      because: expect.stringContaining('no model gone'),
    });
    await bench.settle();
    for (let minute = 0; minute < 5; minute += 1) await bench.passSeconds(60);
    expect((await bench.state(change.id))?.kind).toBe('succeeded');
  });

  it('a bug in one operation: it is handed back with its call', async () => {
    await wantForeign();
    const bug = new TypeError('a bug');
    const other = bench.replica('bot-2', {
      dies: () => ({ 'sagemaker:UpdateModelPackage': { look: () => Promise.reject(bug), send: async () => ({}) } }),
    });
    const ran = await other.runOpenIntents();
    expect(ran.find(({ id }) => id === `${change.id}.0`)?.run).toBe(bug);
    expect(ran.find(({ id }) => id === 'C9.0')?.run).toMatchObject({ kind: 'again' });
  });
});
