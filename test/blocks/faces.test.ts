import { describe, expect, it } from 'vitest';
import { checkMessage, checkView } from '../../blocks/limits.ts';
import { linesOf } from './kit/plain-reading.ts';
import { leavesOf } from './kit/walk.ts';
import { budgets, type Drawn, forms, specimens } from './specimens.ts';

const usual = specimens.filter(({ mood }) => mood.name === 'usual');

/** The names of those for which something is wrong, with what it is: one failure names them all. */
function wrong(among: readonly Drawn[], look: (card: Drawn) => string | undefined): readonly string[] {
  return among.flatMap((card) => {
    const found = look(card);
    return found === undefined ? [] : [`${card.name}: ${found}`];
  });
}

describe('every card, in usual values and in nasty ones', () => {
  it('is drawn often enough to mean something', () => {
    expect(specimens.length).toBeGreaterThan(380);
    expect(forms.length).toBeGreaterThan(200);
  });

  it('is taken by Slack', () => {
    expect(wrong(specimens, ({ value }) => checkMessage(value)[0]?.sentence)).toEqual([]);
  });

  it('holds no half characters, which Slack refuses', () => {
    expect(
      wrong(specimens, ({ value }) => (/\p{Surrogate}/u.exec(JSON.stringify(value)) ? 'half a character' : undefined)),
    ).toEqual([]);
    expect(
      wrong(specimens, ({ value }) => (JSON.stringify(value).includes('\\ud') ? 'half a character' : undefined)),
    ).toEqual([]);
  });

  it('holds no hidden character', () => {
    const hidden = /(?!\n)[\p{Cc}\p{Cf}]/u;
    expect(wrong(specimens, ({ value }) => leavesOf(value).find(({ text }) => hidden.test(text))?.text)).toEqual([]);
  });

  it('takes no more of a phone than its budget', () => {
    expect(
      wrong(specimens, ({ value, budget }) => {
        const lines = linesOf(value).length;
        return lines > budgets[budget] ? `${lines} lines, ${budgets[budget]} are allowed` : undefined;
      }),
    ).toEqual([]);
  });

  it('is small: Slack’s total is not documented', () => {
    const most = { alert: 4_000, decision: 5_000, summary: 8_000, thread: 4_500, list: 5_000, error: 2_500 } as const;
    expect(
      wrong(usual, ({ value, budget }) => {
        const size = JSON.stringify(value.blocks).length;
        return size > most[budget] ? `${size} characters of JSON` : undefined;
      }),
    ).toEqual([]);
  });

  it('has a name for every button that fits a screen reader', () => {
    const labels = specimens.flatMap(({ value }) => leavesOf(value).filter(({ place }) => place === 'label'));
    expect(labels.length).toBeGreaterThan(200);
    expect(labels.filter(({ text }) => text.length > 75 || text.length < 4)).toEqual([]);
  });

  it('has at most three buttons, at most one of them coloured', () => {
    expect(
      wrong(specimens, ({ value }) => {
        const buttons = value.blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
        const faces = buttons.filter(({ type }) => type === 'button');
        const coloured = faces.filter((button) => 'style' in button && button.style !== undefined);
        return faces.length > 3 || coloured.length > 1
          ? `${faces.length} buttons, ${coloured.length} coloured`
          : undefined;
      }),
    ).toEqual([]);
  });

  it('keeps its header within two lines of a phone', () => {
    expect(
      wrong(specimens, ({ value, mood }) => {
        const head = leavesOf(value).find(({ place }) => place === 'header')?.text ?? '';
        return head.length > (mood.name === 'usual' ? 80 : 150) ? `${head.length}: ${head}` : undefined;
      }),
    ).toEqual([]);
  });
});

describe('what a lock screen and a screen reader say', () => {
  const firstSentence = (text: string): string => text.split(/(?<=[\p{L}\d%)”…])[.:?] /u)[0] ?? '';

  it('is there, and short', () => {
    expect(
      wrong(specimens, ({ value: { text } }) => (text.length < 20 || text.length > 700 ? `${text.length}` : undefined)),
    ).toEqual([]);
  });

  it('ends where a sentence ends', () => {
    expect(wrong(specimens, ({ value: { text } }) => (/[.?…]$/.test(text) ? undefined : text.slice(-40)))).toEqual([]);
    expect(
      wrong(specimens, ({ value: { text } }) => /(?<!\.)\.\.(?!\.)|[,;:] ?\.|\s{2}|undefined|NaN/.exec(text)?.[0]),
    ).toEqual([]);
  });

  it('says it all in its first sentence', () => {
    expect(
      wrong(specimens, ({ value: { text } }) => {
        const first = firstSentence(text);
        return first.length > 170 ? `${first.length}: ${first}` : undefined;
      }),
    ).toEqual([]);
  });

  it('begins as its header begins', () => {
    expect(
      wrong(specimens, ({ value }) => {
        const head = value.blocks[0]?.type === 'header' ? value.blocks[0].text.text : undefined;
        const glyph = head?.split(' ')[0] ?? '';
        return value.text.startsWith(glyph) ? undefined : `${glyph} is not ${value.text.slice(0, 20)}`;
      }),
    ).toEqual([]);
  });
});

describe('the words of the cards', () => {
  const ours = usual.flatMap(({ name, value }) => leavesOf(value).map((leaf) => ({ name, ...leaf })));
  const read = ours.filter(({ place }) => place !== 'id' && place !== 'url' && place !== 'chip' && place !== 'mrkdwn');
  const found = (pattern: RegExp): readonly string[] =>
    read.filter(({ text }) => pattern.test(text)).map(({ name, text }) => `${name}: ${text}`);

  it.each([
    ['a word that we do not use', /\b(please|sorry|oops|unfortunately|successfully|simply|kindly|awesome)\b/i],
    ['a word about ourselves', /\b(we|our|us|I)\b(?!-)/],
    ['an exclamation mark', /!/],
    ['a number that may be parted from its unit', /\d (ms|s|min|h|%|pp|bytes?|hours?|days?)(?![\w-])/],
    ['a percent sign without a space', /\d%/],
    ['a hyphen for a minus', /(^|[\s(])-\d/],
    ['an x for times', /\bx\d/],
    ['arrows and dots of typewriters', /->|=>|\.\.\./],
    ['a version that may be parted from its number', /\d → \d|[Vv]ersion \d/],
    ['a long number without commas', /(?<![\d,.\w-])\d{5,}(?![\d,.\w-])(?! us-)/],
    ['an ARN', /arn:aws/],
    ['an address of some machine', /\/(tmp|work|root|home)\/|localhost|127\.0\.0\.1/],
    ['a value that is none', /\b(undefined|null|NaN|Infinity)\b|\[object/],
  ])('hold no %s', (_, pattern) => {
    expect(found(pattern)).toEqual([]);
  });

  it('hold one red button alone: stopping traffic that moves', () => {
    const red = usual.filter(({ value }) => JSON.stringify(value.blocks).includes('"style":"danger"'));
    expect(red.length).toBeGreaterThan(0);
    expect(red.filter(({ value }) => !JSON.stringify(value.blocks).includes('change.abort'))).toEqual([]);
  });
});

describe('every form', () => {
  it('is taken by Slack', () => {
    expect(forms.flatMap(({ name, value }) => checkView(value).map(({ sentence }) => `${name}: ${sentence}`))).toEqual(
      [],
    );
  });

  it('carries one id and nothing to trust', () => {
    expect(forms.filter(({ value }) => !/^[A-Z]\d+$/.test(value.private_metadata))).toEqual([]);
  });

  it('says harmless things on the button that closes it', () => {
    expect([...new Set(forms.map(({ value }) => value.close.text))]).toEqual(['Back', 'Cancel']);
  });
});
