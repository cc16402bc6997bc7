import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RateLimited } from '../../src/slack/slack-fault.ts';
import { openTestStore, type TestStore } from '../kit/dynamodb.ts';
import { drainAll, type Outbox, openOutbox, refusal, seconds } from './outbox-bench.ts';

let world: TestStore;
beforeAll(async () => {
  world = await openTestStore();
});
afterAll(() => world.close());

let box: Outbox;
/** Every test has a channel of its own in one store. */
let channel: string;
let tests = 0;
beforeEach(() => {
  tests += 1;
  channel = `C0${tests}`;
  box = openOutbox(world.store, world.clock);
});

const id = (name: string): string => `${name}-${tests}`;
const tell = (name: string, text: string) => box.tell(id(name), text, channel);
const note = (name: string, on: string, more = {}) => box.note(id(name), id(on), { channel, ...more });

describe('a channel is brought up to date', () => {
  it('by one message a call: the card, then its notes in order', async () => {
    await note('n2', 'I1');
    await note('n1', 'I1', { broadcast: true });
    const hands = box.hands();
    expect(await hands(channel)).toEqual({ sent: false, waitUntil: undefined });
    await tell('I1', 'Firing');
    await hands(channel);
    expect(box.texts(channel)).toEqual(['Firing']);
    await drainAll(hands, channel);
    const [card, first, second] = box.shown(channel);
    expect(box.texts(channel)).toEqual(['Firing', `note ${id('n1')}`, `note ${id('n2')}`]);
    expect([first?.threadTs, second?.threadTs]).toEqual([card?.ts, card?.ts]);
    expect([card?.broadcast, first?.broadcast, second?.broadcast]).toEqual([false, true, false]);
    expect([card?.marker, first?.marker]).toEqual([`incident:${id('I1')}`, id('n1')]);
  });

  it('the card is edited in place, once for many wishes, with the present state', async () => {
    const hands = box.hands();
    await tell('I1', 'Firing');
    await drainAll(hands, channel);
    await tell('I1', 'Acknowledged');
    await tell('I1', 'Resolved');
    expect((await drainAll(hands, channel)).sent).toBe(1);
    expect(box.texts(channel)).toEqual(['Resolved']);
    expect(box.calls.map(({ kind }) => kind)).toEqual(['post', 'edit']);
  });

  it('a wish that comes while the card is drawn leads to one more drawing', async () => {
    let isLate = false;
    const hands = box.hands({
      draw: async ({ id: subject }) => {
        const drawn = { text: box.says.get(subject) ?? '', blocks: [] };
        if (!isLate) {
          isLate = true;
          await tell('I1', 'Resolved');
        }
        return drawn;
      },
    });
    await tell('I1', 'Firing');
    await drainAll(hands, channel);
    expect(box.texts(channel)).toEqual(['Resolved']);
    expect(await box.card(id('I1'))).toMatchObject({ wanted: 2, drawn: 2 });
  });

  it('a card with nothing to show settles without a message', async () => {
    await tell('I1', 'Firing');
    box.says.clear();
    expect((await drainAll(box.hands(), channel)).sent).toBe(0);
    expect(box.calls).toEqual([]);
    expect(await world.store.cards.due(channel)).toEqual([]);
  });

  it('a card that somebody deleted is posted anew, and its notes follow it', async () => {
    const hands = box.hands();
    await tell('I1', 'Approval needed');
    await drainAll(hands, channel);
    box.remove(box.shown(channel)[0]?.ts ?? '');
    await tell('I1', 'Approved');
    await note('n1', 'I1');
    await drainAll(hands, channel);
    const [card, reply] = box.shown(channel);
    expect(box.texts(channel)).toEqual(['Approved', `note ${id('n1')}`]);
    expect(reply?.threadTs).toBe(card?.ts);
    expect(await box.card(id('I1'))).toMatchObject({ ts: card?.ts, wanted: 2, drawn: 2 });
  });
});

describe('older never covers newer', () => {
  it('a slow edit that comes after a newer one is drawn over', async () => {
    await tell('I1', 'first');
    await drainAll(box.hands(), channel);
    await tell('I1', 'older');
    const other = box.hands();
    let isHeldUp = true;
    const slow = box.hands({
      posts: {
        ...box.deps().posts,
        edit: async (wish) => {
          if (isHeldUp) {
            isHeldUp = false;
            await tell('I1', 'newer');
            await drainAll(other, channel);
          }
          await box.deps().posts.edit(wish);
        },
      },
    });
    await slow(channel);
    expect(box.texts(channel)).toEqual(['older']);
    await drainAll(other, channel);
    expect(box.texts(channel)).toEqual(['newer']);
  });
});

describe('a post whose answer was lost', () => {
  it('that stands there is found at the first delay, becomes the card and is drawn again', async () => {
    const hands = box.hands();
    const start = world.clock.at;
    await tell('I1', 'Firing');
    box.next('post', { kind: 'answer-lost' });
    expect(await hands(channel)).toEqual({ sent: false, waitUntil: seconds(start, 5) });
    await tell('I1', 'Resolved');
    box.pass(4_999);
    expect(await hands(channel)).toEqual({ sent: false, waitUntil: seconds(start, 5) });
    box.pass(1);
    await drainAll(hands, channel);
    expect(box.texts(channel)).toEqual(['Resolved']);
    expect(box.calls.map(({ kind }) => kind)).toEqual(['post', 'search', 'edit']);
  });

  it('that never arrived is searched for once at each delay and posted again only then', async () => {
    const hands = box.hands();
    const start = world.clock.at;
    await tell('I1', 'Firing');
    box.next('post', { kind: 'call-lost' });
    for (let second = 0; second <= 31; second += 1) {
      await hands(channel);
      box.pass(1_000);
    }
    const happened = box.calls.map(({ kind, at }) => `${kind} after ${(at - start) / 1_000} s`);
    expect(happened).toEqual(['post after 0 s', 'search after 5 s', 'search after 30 s', 'post after 30 s']);
    expect(box.texts(channel)).toEqual(['Firing']);
  });

  it('is searched for by whoever takes over, after the poster was killed between mark and post', async () => {
    await tell('I1', 'Firing');
    await world.store.cards.markPosting(await box.card(id('I1')), { marker: id('I1'), since: world.clock.at });
    const heir = box.hands();
    expect((await heir(channel)).sent).toBe(false);
    box.pass(30_000);
    await drainAll(heir, channel);
    expect(box.calls.map(({ kind }) => kind)).toEqual(['search', 'post']);
    expect(box.texts(channel)).toEqual(['Firing']);
  });

  it('of a note holds back the notes behind it, so that the order stands', async () => {
    const hands = box.hands();
    await tell('I1', 'Firing');
    await drainAll(hands, channel);
    await note('n1', 'I1');
    await note('n2', 'I1');
    box.next('post', { kind: 'call-lost' });
    await drainAll(hands, channel);
    expect(box.texts(channel)).toEqual(['Firing']);
    box.pass(30_000);
    await drainAll(hands, channel);
    expect(box.texts(channel)).toEqual(['Firing', `note ${id('n1')}`, `note ${id('n2')}`]);
  });

  it('of a note that stands there is found in the thread and not doubled', async () => {
    const hands = box.hands();
    await tell('I1', 'Firing');
    await note('n1', 'I1');
    await hands(channel);
    box.next('post', { kind: 'answer-lost' });
    await hands(channel);
    box.pass(5_000);
    await drainAll(hands, channel);
    expect(box.texts(channel)).toEqual(['Firing', `note ${id('n1')}`]);
  });

  it('does not hold up the other cards of the channel', async () => {
    const hands = box.hands();
    await tell('I1', 'lost');
    box.next('post', { kind: 'call-lost' });
    await hands(channel);
    await tell('I2', 'fine');
    await drainAll(hands, channel);
    expect(box.texts(channel)).toEqual(['fine']);
  });
});

describe('what Slack or a face refuses', () => {
  it('for a while leaves no search behind: the next try posts at once', async () => {
    const hands = box.hands();
    await tell('I1', 'Firing');
    box.next('post', { kind: 'refused', fault: new RateLimited(2_000, undefined) });
    await expect(hands(channel)).rejects.toThrow('wait');
    expect((await box.card(id('I1'))).posting).toBeUndefined();
    await hands(channel);
    expect(box.calls.map(({ kind }) => kind)).toEqual(['post', 'post']);
  });

  it.each(['post', 'edit'] as const)('in its form goes as text alone (%s)', async (kind) => {
    const hands = box.hands();
    await tell('I1', 'Firing');
    if (kind === 'edit') {
      await drainAll(hands, channel);
      await tell('I1', 'Resolved');
    }
    box.next(kind, { kind: 'refused', fault: refusal('invalid-blocks') });
    await drainAll(hands, channel);
    const [card] = box.shown(channel);
    const text = kind === 'edit' ? 'Resolved' : 'Firing';
    expect(card?.message.blocks[0]).toMatchObject({ type: 'section', text: { type: 'plain_text', text } });
    expect(box.plain).toEqual([`incident:${id('I1')}`]);
    await tell('I1', 'whole again');
    await drainAll(hands, channel);
    expect(box.shown(channel)[0]?.message.blocks).toEqual([{ type: 'divider' }]);
  });

  it('in any form leaves no search behind and is offered again later, not at once', async () => {
    const hands = box.hands();
    await tell('I1', 'Firing');
    box.next('post', { kind: 'refused', fault: refusal('not-in-channel') });
    await drainAll(hands, channel);
    await drainAll(hands, channel);
    expect(box.broken).toEqual([`incident:${id('I1')}`]);
    expect((await box.card(id('I1'))).posting).toBeUndefined();
    box.pass(5_000);
    await drainAll(hands, channel);
    expect(box.calls).toHaveLength(2);
    expect(box.texts(channel)).toEqual(['Firing']);
  });

  it('does not silence the channel: cards and notes behind it go out', async () => {
    const hands = box.hands();
    await tell('I0', 'broken');
    await tell('I1', 'Firing');
    await note('n1', 'I1', { facts: { says: 'broken' } });
    await note('n2', 'I1');
    const broken = box.hands({
      drawNote: ({ facts }) => {
        if (facts.says === 'broken') throw new TypeError('this face cannot draw');
        return { text: String(facts.says), blocks: [] };
      },
    });
    await drainAll(broken, channel);
    expect(box.texts(channel)).toEqual(['Firing', `note ${id('n2')}`]);
    expect(box.broken).toEqual([`incident:${id('I0')}`, id('n1')]);
    box.says.set(id('I0'), 'mended');
    await drainAll(hands, channel);
    expect(box.texts(channel)).toEqual(['Firing', `note ${id('n2')}`, 'mended', 'broken']);
  });

  it('trouble with one item ends the look, and the next look begins with another', async () => {
    const hands = box.hands();
    await tell('I1', 'first');
    await drainAll(hands, channel);
    await tell('I1', 'changed');
    await tell('I2', 'second');
    box.next('edit', { kind: 'call-lost' }, 3);
    await expect(hands(channel)).rejects.toThrow('no answer');
    await drainAll(hands, channel);
    expect(box.texts(channel)).toEqual(['first', 'second']);
    box.pass(5_000);
    await expect(hands(channel)).rejects.toThrow('no answer');
    box.pass(10_000);
    await expect(hands(channel)).rejects.toThrow('no answer');
    box.pass(20_000);
    await drainAll(hands, channel);
    expect(box.texts(channel)).toEqual(['changed', 'second']);
  });
});

describe('of two posters that both believe to hold the channel', () => {
  it('one posts the card and one each note', async () => {
    await tell('I1', 'Firing');
    await note('n1', 'I1');
    await note('n2', 'I1');
    const [a, b] = [box.hands(), box.hands()];
    for (let turn = 0; turn < 6; turn += 1) await Promise.all([a(channel), b(channel)]);
    expect(box.texts(channel)).toEqual(['Firing', `note ${id('n1')}`, `note ${id('n2')}`]);
  });
});
