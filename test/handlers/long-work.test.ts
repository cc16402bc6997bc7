import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Knocked } from '../../src/access/delivery.ts';
import { orderedIds } from '../../src/kernel/ids.ts';
import { plus } from '../../src/kernel/time.ts';
import { makeJournal } from '../../src/wiring/journal.ts';
import { openTestStore, type TestStore } from '../kit/dynamodb.ts';

/** AWS may keep a door at work for a minute. Its replica lives, so nobody else may begin the same work. */
describe('work that takes long behind a door', () => {
  let kept: TestStore;
  beforeAll(async () => {
    kept = await openTestStore();
  });
  afterAll(() => kept.close());

  const replica = () => {
    const { store, clock } = kept;
    const clocks = { wall: () => clock.at, domain: () => clock.at };
    const journal = makeJournal({ store, commit: store.commit, clocks, newId: orderedIds(clocks.wall) } as never);
    /** Everything that this replica would begin now. */
    const takeAll = async (): Promise<readonly Knocked[]> => {
      const taken: Knocked[] = [];
      const next = (): Promise<Knocked | undefined> => journal.takeLeftOver(() => {});
      for (let each = await next(); each; each = await next()) taken.push(each);
      return taken;
    };
    return { ...journal, takeAll };
  };
  const typed = (trigger: string): Knocked => ({
    kind: 'command',
    user: 'U0ANA',
    channel: 'C0PROMO',
    text: 'deploy promo 2',
    trigger,
  });
  /** Twelve five-second spans in which the first replica goes on saying that it is at it. */
  async function minute(living: { readonly keepUnderWay: () => Promise<void> }, watch: () => Promise<void>) {
    for (let span = 0; span < 12; span += 1) {
      kept.clock.at = plus(kept.clock.at, 5_000);
      await living.keepUnderWay();
      await watch();
    }
  }

  it('is not begun by another replica while its own lives, nor by its own a second time', async () => {
    const [first, second] = [replica(), replica()];
    await first.begin(typed('slow'));
    const taken: Knocked[] = [];
    await minute(first, async () => {
      taken.push(...(await second.takeAll()), ...(await first.takeAll()));
    });
    expect(taken).toEqual([]);
  });

  it('is struck out when it ends, even while its renewal is on the way', async () => {
    const [first, second] = [replica(), replica()];
    await first.begin(typed('ends'));
    kept.clock.at = plus(kept.clock.at, 6_000);
    await Promise.all([first.keepUnderWay(), first.finish('ends')]);
    kept.clock.at = plus(kept.clock.at, 60_000);
    expect((await second.takeAll()).map(({ trigger }) => trigger)).not.toContain('ends');
  });

  it('is taken over once its replica has fallen silent, and then it is the next one’s', async () => {
    const [first, second, third] = [replica(), replica(), replica()];
    await first.begin(typed('fallen'));
    kept.clock.at = plus(kept.clock.at, 16_000);
    expect((await second.takeAll()).map(({ trigger }) => trigger)).toContain('fallen');
    const taken: string[] = [];
    await minute(second, async () => {
      taken.push(...(await third.takeAll()).map(({ trigger }) => trigger));
    });
    expect(taken).not.toContain('fallen');
  });
});
