import { describe, expect, it } from 'vitest';
import { buttons } from '../../blocks/buttons.ts';
import { escaped, foreign, foreignBody, foreignName, foreignSentence, plainNameOr } from '../../blocks/foreign.ts';
import { headerOf, message, moment, person, utc, whoever } from '../../blocks/parts.ts';

describe('text from outside becomes one line that hides nothing', () => {
  it.each([
    ['line breaks of every alphabet', 'a\r\nb\u2028c\u0085d\te', 'a b c d e'],
    ['characters that reverse the reading', '\u202etxt.exe\u202c', 'txt.exe'],
    ['characters without a width', 'a\u200bd\u2060m\ufeffi\u00adn', 'admin'],
    ['invisible tags', 'ok\u{e0061}\u{e007f}', 'ok'],
    ['letters that are drawn as nothing', '\u3164x\u115f', 'x'],
    ['control characters', 'a\u0000b\u001b[31mc', 'ab[31mc'],
    ['half a character', 'a\ud800b', 'a\ufffdb'],
  ])('%s', (_, text, clean) => {
    expect(foreign(text, 300)).toBe(clean);
  });

  it('marks heaped on one letter are cut to four', () => {
    expect(foreign(`Z${'\u0301'.repeat(500)}!`, 300)).toHaveLength(6);
  });

  it('is cut at a word', () => {
    expect(foreign('Version 7 loads the region table', 20)).toBe('Version 7 loads…');
    expect(foreign('Donaudampfschifffahrtsgesellschaft', 20)).toBe('Donaudampfschifffah…');
  });

  it('never inside an emoji', () => {
    expect(foreign('👍🏽👍🏽👍🏽', 6)).toBe('👍🏽…');
    expect(foreign('🇩🇪🇫🇷🇮🇹', 6)).toBe('🇩🇪…');
  });

  it('fits its room in the units that Slack counts, whatever it holds', () => {
    const texts = ['👩‍👩‍👧‍👦'.repeat(100), 'é'.repeat(900), `x${'\u0301'.repeat(900)}`, 'a b '.repeat(400)];
    for (const text of texts) {
      expect(foreign(text, 60).length).toBeLessThanOrEqual(60);
      expect(foreignName(text, 60).length).toBeLessThanOrEqual(60);
      expect(foreignBody(text, 60).length).toBeLessThanOrEqual(60);
    }
  });

  it('a name keeps its end, which carries the version', () => {
    expect(foreignName('employee-promotion-latency-of-the-canary-p99', 30)).toBe('employee-promotion-l…anary-p99');
  });

  it('a body keeps its line breaks', () => {
    expect(foreignBody('a\r\nb\rc\u202e', 300)).toBe('a\nb\nc');
  });

  it('a reason becomes a sentence', () => {
    expect(foreignSentence('no report is registered', 300)).toBe('No report is registered.');
    expect(foreignSentence('Wait.', 300)).toBe('Wait.');
    expect(foreignSentence('', 300)).toBe('');
  });

  it('stands in a header only as a plain name', () => {
    expect(plainNameOr('ml-guardrails', 'a topic')).toBe('ml-guardrails');
    expect(plainNameOr('<!channel>', 'a topic')).toBe('a topic');
  });
});

describe('what Slack parses', () => {
  it('gets its three characters escaped', () => {
    expect(escaped('<!here> & <https://x|y>')).toBe('&lt;!here&gt; &amp; &lt;https://x|y&gt;');
  });

  it('calls nobody and draws no emoji', () => {
    expect(escaped('@here @Channel :white_check_mark: at 08:12:30')).toBe(
      '@ here @ Channel : white_check_mark: at 08:12:30',
    );
  });

  it('fits with its escapes', () => {
    const { text } = message('<'.repeat(2_000));
    expect(text.length).toBeLessThanOrEqual(700);
    expect(text).toMatch(/^(&lt;)+…$/);
  });
});

describe('people', () => {
  it('are chips when Slack knows them, else names', () => {
    expect(person({ user: 'U0ANA', name: 'Ana' })).toEqual({ type: 'user', user_id: 'U0ANA' });
    expect(person({ user: 'arn:aws:iam::111122223333:role/ci', name: 'role/ci' })).toEqual({
      type: 'text',
      text: 'role/ci',
    });
    expect(whoever('S0ONCALL')).toEqual({ type: 'usergroup', usergroup_id: 'S0ONCALL' });
  });
});

describe('moments', () => {
  it('are typed dates in the reader’s zone, with UTC for whoever cannot show them', () => {
    expect(moment(1_795_486_320_000)).toEqual({
      type: 'date',
      timestamp: 1_795_486_320,
      format: '{date_short_pretty} at {time}',
      fallback: '2026-11-24 02:12 UTC',
    });
  });

  it.each([
    ['before Slack’s calendar', 915_148_800_000, '1999-01-01 00:00 UTC'],
    ['before any', -5e15, 'a time that nobody knows'],
    ['after the last', 9e99, 'a time that nobody knows'],
    ['none at all', Number.NaN, 'a time that nobody knows'],
  ])('%s: words instead of a date that Slack refuses', (_, at, words) => {
    expect(moment(at)).toEqual({ type: 'text', text: words });
    expect(utc(at)).toBe(words);
  });
});

describe('a header about a model', () => {
  it('cuts a long name in its middle, so that it stays within two lines', () => {
    const long = `${'m'.repeat(60)}-v2`;
    const { text } = headerOf(long, (name) => `✋ Approval needed · promote ${name} 6\u00a0→\u00a07`).text;
    expect(text).toMatch(/^✋ Approval needed · promote m+…m+-v2 6\u00a0→\u00a07$/);
    expect(text.length).toBeLessThanOrEqual(80);
  });

  it('leaves a short one alone', () => {
    expect(headerOf('promo', (name) => `✅ Live · ${name}`).text.text).toBe('✅ Live · promo');
  });
});

describe('a row of buttons', () => {
  it('is left out when it is empty', () => {
    expect(buttons('C212', 1, { buttons: [] })).toBeUndefined();
  });

  it('carries what it is about in each value, and its edit in the block id', () => {
    const row = buttons('I87', 3, {
      buttons: [{ action: 'change.roll-back', text: 'Roll back…', label: 'Roll back', about: 'C212' }],
      menu: [{ action: 'incident.timeline', text: 'Timeline' }],
    });
    expect(row).toMatchObject({ block_id: 'I87.3.act', elements: [{ value: 'C212.3' }, { type: 'overflow' }] });
  });
});
