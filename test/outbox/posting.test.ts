import { describe, expect, it } from 'vitest';
import { checkMessage } from '../../blocks/limits.ts';
import { instant } from '../../src/kernel/time.ts';
import { makePassedOver } from '../../src/outbox/passed-over.ts';
import { plainMessage } from '../../src/outbox/plain-message.ts';
import { beforePosting } from '../../src/outbox/posting.ts';

const begun = 1_000_000;
const posting = { marker: 'incident:I1', since: begun, tries: 1 };
const afterMs = [5_000, 30_000];

/** What is done so many seconds after the post, with so many searches behind us. */
const secondsAfter = (seconds: number, done = 0) =>
  beforePosting(posting, instant(begun + seconds * 1_000), { afterMs, done });

describe('before a message is posted', () => {
  it('one that nobody has begun is posted', () => {
    expect(beforePosting(undefined, instant(begun), { afterMs, done: 0 })).toEqual({ kind: 'post' });
  });

  it.each([
    { seconds: 0, done: 0, what: 'waits for the first search', comes: { kind: 'wait', until: begun + 5_000 } },
    { seconds: 4.999, done: 0, what: 'still waits', comes: { kind: 'wait', until: begun + 5_000 } },
    { seconds: 5, done: 0, what: 'is searched for', comes: { kind: 'search', search: 1, last: false } },
    { seconds: 6, done: 1, what: 'is not searched for twice', comes: { kind: 'wait', until: begun + 30_000 } },
    { seconds: 29.999, done: 1, what: 'waits for the last search', comes: { kind: 'wait', until: begun + 30_000 } },
    { seconds: 30, done: 1, what: 'is searched for the last time', comes: { kind: 'search', search: 2, last: true } },
    { seconds: 90, done: 0, what: 'one search stands for both', comes: { kind: 'search', search: 2, last: true } },
    { seconds: 90, done: 2, what: 'looks again before posting', comes: { kind: 'search', search: 2, last: true } },
    { seconds: -3, done: 0, what: 'waits when the clock went back', comes: { kind: 'wait', until: begun + 5_000 } },
  ])('$seconds s after a begun post it $what', ({ seconds, done, comes }) => {
    expect(secondsAfter(seconds, done)).toMatchObject(comes);
  });

  it('names the marker, the begin and the next search', () => {
    expect(secondsAfter(5)).toEqual({
      kind: 'search',
      marker: 'incident:I1',
      sinceMs: begun,
      search: 1,
      last: false,
      nextSearchAt: begun + 30_000,
    });
  });
});

describe('what was refused rests', () => {
  const over = (at: { ms: number }) => makePassedOver(() => instant(at.ms));

  it.each([
    { isFinal: true, pauses: [5, 10, 20, 40, 80, 160, 300, 300] },
    { isFinal: false, pauses: [5, 10, 20, 30, 30] },
  ])('longer each time (refused: $isFinal): $pauses s', ({ isFinal, pauses }) => {
    const clock = { ms: 0 };
    const rests = over(clock);
    for (const pause of pauses) {
      rests.add('I1', 1, isFinal);
      clock.ms += pause * 1_000 - 1;
      expect(rests.rests('I1', 1)).toEqual({ isFinal });
      clock.ms += 1;
      expect(rests.rests('I1', 1)).toBeUndefined();
    }
  });

  it('a newer state is offered at once, and a success forgets all', () => {
    const clock = { ms: 0 };
    const rests = over(clock);
    rests.add('I1', 1, true);
    rests.add('I1', 1, true);
    expect(rests.rests('I1', 2)).toBeUndefined();
    rests.forget('I1');
    rests.add('I1', 2, true);
    clock.ms = 5_000;
    expect(rests.rests('I1', 2)).toBeUndefined();
  });
});

describe('the text alone', () => {
  it.each(['', 'Approval needed · promote employee-promotion 2', 'ä'.repeat(5_000), '🙂'.repeat(4_000)])(
    'is a message that Slack takes, also for an edit',
    (text) => {
      expect(checkMessage(plainMessage({ text, blocks: [] }), 'update')).toEqual([]);
    },
  );

  it('keeps every word while there is room, and cuts no character in half', () => {
    expect(plainMessage({ text: 'Firing, high', blocks: [] }).text).toBe('Firing, high');
    const cut = plainMessage({ text: '🙂'.repeat(4_000), blocks: [] }).text;
    expect(cut).toMatch(/^(🙂)+…$/u);
    expect(cut.length).toBeGreaterThan(2_900);
  });

  it('never reads foreign text as markup', () => {
    const [section] = plainMessage({ text: '<!channel> *x*', blocks: [] }).blocks;
    expect(section).toMatchObject({ type: 'section', text: { type: 'plain_text' } });
  });
});
