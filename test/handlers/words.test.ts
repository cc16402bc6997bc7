import { describe, expect, it } from 'vitest';
import { readWords } from '../../src/kernel/words.ts';
import { openDoorstep, words } from './doorstep.ts';

describe('a command as people type it', () => {
  it.each([
    ['deploy promo 2', ['deploy', 'promo', '2'], {}],
    ['  deploy \u00a0 promo\t2 ', ['deploy', 'promo', '2'], {}],
    ['deploy \u202epromo\u200b 2\ufeff', ['deploy', 'promo', '2'], {}],
    ['', [], {}],
    ['deploy promo 2 --reason "two words"', ['deploy', 'promo', '2'], { reason: 'two words' }],
    ['deploy promo 2 --reason “two words”', ['deploy', 'promo', '2'], { reason: 'two words' }],
    ['deploy promo 2 --reason ‘two words’', ['deploy', 'promo', '2'], { reason: 'two words' }],
    ['deploy promo 2 --reason="two words"', ['deploy', 'promo', '2'], { reason: 'two words' }],
    ['deploy promo 2 —reason “two words”', ['deploy', 'promo', '2'], { reason: 'two words' }],
    ['deploy promo 2 –reason “two words”', ['deploy', 'promo', '2'], { reason: 'two words' }],
    ['deploy --reason late promo 2', ['deploy', 'promo', '2'], { reason: 'late' }],
    [
      'deploy promo 2 --reason "p95 &lt; 200 ms &amp; AUC &gt; 0.8"',
      ['deploy', 'promo', '2'],
      { reason: 'p95 < 200 ms & AUC > 0.8' },
    ],
    [
      'deploy promo 2 --reason "at last — as agreed, 1–2 weeks late"',
      ['deploy', 'promo', '2'],
      { reason: 'at last — as agreed, 1–2 weeks late' },
    ],
    ['deploy promo 2 --dry-run --reason x', ['deploy', 'promo', '2'], { 'dry-run': 'yes', reason: 'x' }],
    ['deploy promo 2 --reason', ['deploy', 'promo', '2'], { reason: 'yes' }],
    ['deploy promo 2 --reason "don\'t wait"', ['deploy', 'promo', '2'], { reason: "don't wait" }],
    ["status it's", ['status', "it's"], {}],
    ['status "never closed', ['status', '"never', 'closed'], {}],
    ['audit <@U0BO|bo>', ['audit', '<@U0BO|bo>'], {}],
  ])('%s', (text, expected, flags) => {
    expect(readWords(text)).toEqual({ words: expected, flags });
  });
});

describe('a slip of the fingers changes nothing and is answered with what to type', () => {
  it.each([
    ['deploy', /the model is missing.*\/model deploy promo 2/],
    ['deploy promo', /the version is missing/],
    ['deploy promo two', /a version is a number/],
    ['deploy promo v2', /a version is a number/],
    ['deploy promo 2.0', /a version is a number/],
    ['deploy promo 0', /a version is a number/],
    ['deploy promo -1', /a version is a number/],
    ['deploy promo ٣', /a version is a number/],
    ['deploy promo 9999999999', /a version is a number/],
    ['deploy 2 promo', /a version is a number/],
    ['deploy promo 2 because it is late', /a word too many.*--reason "as agreed"/],
    ['deploy promo 2 --force', /there is no --force here.*--reason/],
    ['promote', /the model is missing/],
    ['rollback', /the model is missing/],
    ['shadow', /say start, stop or status/],
    ['shadow promo', /say start, stop or status/],
    ['shadow start', /the model is missing/],
    ['shadow start promo', /the version is missing/],
    ['shadow status', /the model is missing/],
    ['shadow status nowhere', /no model of that name.*promo/],
    ['status', /the model is missing.*\/model status promo/],
    ['status nowhere', /no model of that name.*promo/],
    ['versions nowhere', /no model of that name/],
    ['audit', /the model is missing/],
    ['audit promo vreify', /verify or nothing.*\/model audit promo verify/],
  ])('/model %s', async (text, says) => {
    const doorstep = openDoorstep();
    expect(words(await doorstep.type(text, 'U0ANA')).replaceAll('\n', ' ')).toMatch(says);
    expect(doorstep.acts).toEqual([]);
    expect(doorstep.refusals).toEqual([]);
  });

  it.each(['Status promo', 'STATUS promo', 'status promo'])('“%s” is understood', async (text) => {
    const doorstep = openDoorstep();
    await doorstep.type(text, 'U0VIC');
    expect(doorstep.acts).toEqual(['status']);
  });

  it('nothing typed is a question for help', async () => {
    expect(words(await openDoorstep().type('', 'U0VIC'))).toMatch(/\/model/);
  });
});
