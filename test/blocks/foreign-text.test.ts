import { describe, expect, it } from 'vitest';
import { leavesOf, type Place } from './kit/walk.ts';
import { marker } from './specimens/moods.ts';
import { forms, specimens } from './specimens.ts';

const nastyLeaves = [...specimens, ...forms]
  .filter(({ mood }) => mood.name === 'nasty')
  .flatMap(({ name, value }) => leavesOf(value).map((leaf) => ({ name, ...leaf })));
const reached = nastyLeaves.filter(({ text }) => text.includes(marker));
const at = (place: Place): readonly string[] =>
  reached.filter((leaf) => leaf.place === place).map(({ name, text }) => `${name}: ${text.slice(0, 80)}`);

describe('text from outside', () => {
  it('reaches the cards, or this test would prove nothing', () => {
    expect(reached.length).toBeGreaterThan(700);
    expect(new Set(reached.map(({ place }) => place))).toEqual(
      new Set<Place>(['text', 'typed', 'plain', 'option', 'url']),
    );
  });

  it.each(['header', 'button', 'label', 'mrkdwn', 'id', 'chip'] as const)('never stands in a %s', (place) => {
    expect(at(place)).toEqual([]);
  });

  it('cannot call anybody from a notification', () => {
    const texts = nastyLeaves.filter(({ place }) => place === 'text').map(({ text }) => text);
    expect(texts.filter((text) => /<|>|&(?!amp;|lt;|gt;)/.test(text))).toEqual([]);
    expect(texts.filter((text) => /@(channel|here|everyone)\b/.test(text))).toEqual([]);
  });

  it('cannot draw an emoji into a notification', () => {
    const texts = nastyLeaves.filter(({ place }) => place === 'text').map(({ text }) => text);
    expect(texts.filter((text) => text.includes(':white_check_mark:'))).toEqual([]);
  });

  it('cannot grow a link: addresses are ours and AWS’s', () => {
    const hosts = nastyLeaves.filter(({ place }) => place === 'url').map(({ text }) => new URL(text).host);
    expect(hosts.length).toBeGreaterThan(20);
    expect(new Set(hosts)).toEqual(new Set(['us-east-1.console.aws.amazon.com', 'runbooks.example.com']));
  });

  it('stands in an address only below the console’s own page, and encoded', () => {
    const named = reached.filter(({ place }) => place === 'url').map(({ text }) => text);
    expect(named.length).toBeGreaterThan(5);
    const alarmPage =
      /^https:\/\/us-east-1\.console\.aws\.amazon\.com\/cloudwatch\/home\?region=us-east-1#alarmsV2:alarm\/[\w.~!*'()%-]+$/;
    expect(named.filter((url) => !alarmPage.test(url))).toEqual([]);
  });

  it('cannot turn into a chip: callers of the command line stand by name', () => {
    const users = nastyLeaves.filter(({ place, text }) => place === 'chip' && text.includes('role/'));
    expect(users).toEqual([]);
  });

  it('keeps its line breaks only in the box of an unparsed message', () => {
    const broken = reached.filter(
      ({ name, text, place }) => place === 'typed' && /\n>/.test(text) && !name.includes('unparsed'),
    );
    expect(broken).toEqual([]);
  });
});

describe('the only mrkdwn that is written', () => {
  it('is the moment of looking', () => {
    const written = specimens.flatMap(({ value }) => leavesOf(value)).filter(({ place }) => place === 'mrkdwn');
    expect(written.length).toBeGreaterThan(10);
    const stamp =
      /^looked at SageMaker <!date\^\d{10}\^\{date_short_pretty\} at \{time\}\|\d{4}-\d\d-\d\d \d\d:\d\d UTC>$/;
    expect(written.filter(({ text }) => !stamp.test(text))).toEqual([]);
  });
});
