import cron from 'node-cron';
import { describe, expect, it } from 'vitest';
import { isCronExpression } from '../../src/config/forms/cron.ts';
import { parseShare } from '../../src/config/forms/quantities.ts';
import { parseWindows } from '../../src/config/forms/windows.ts';
import { loadModels } from '../../src/config/load-config.ts';
import { nearestWord } from '../../src/config/nearest.ts';
import { exampleText, exampleWith, promo } from './kit/real-world.ts';

describe('a percentage', () => {
  it.each([
    ['1%', 0.01],
    ['1.1%', 0.011],
    ['0.07%', 0.0007],
    ['100%', 1],
  ])('%s is exactly %d', (text, value) => {
    expect(parseShare(text)).toBe(value);
  });

  it.each(['1', '0.01', '1 %', '-1%', '%', '1e2%'])('%s is none', (text) => {
    expect(parseShare(text)).toBeUndefined();
  });
});

describe('windows', () => {
  it('read weekdays from Monday and minutes from midnight', () => {
    expect(parseWindows('Mo-Th 09:00-17:30; Fr,Su 08:00-24:00 Europe/Berlin')).toEqual({
      timezone: 'Europe/Berlin',
      spans: [
        { days: [1, 2, 3, 4], fromMinute: 540, toMinute: 1050 },
        { days: [5, 7], fromMinute: 480, toMinute: 1440 },
      ],
    });
  });

  it('run over the end of the week', () => {
    expect(parseWindows('Sa-Mo 00:00-01:00 UTC')?.spans[0]?.days).toEqual([1, 6, 7]);
  });

  it.each([
    'Mo-Fr 09:00-17:00',
    'Mo-Fr 09:00-17:00 Berlin',
    'Mo-Fr 09:00-17:00 +01:00',
    'Mo-Fr 17:00-09:00 UTC',
    'Mo-Fr 9-17 UTC',
    'Mo-Fr 09:60-17:00 UTC',
    'Mo-Fr 09:00-24:01 UTC',
    'Mon-Fri 09:00-17:00 UTC',
    'Mo-Tu-We 09:00-17:00 UTC',
    'Mo-Fr 09:00-17:00; UTC',
    '',
  ])('%j is none', (text) => {
    expect(parseWindows(text)).toBeUndefined();
  });
});

describe('a cron expression', () => {
  it.each(['0 9 * * 1-5', '*/15 * * * *', '0 0 1,15 jan-mar *', '5-50/5 8 * * Mon,Wed', '0 0 * * 7'])(
    '%s is one, and the scheduler agrees',
    (text) => {
      expect(isCronExpression(text)).toBe(true);
      expect(cron.validate(text)).toBe(true);
    },
  );

  it.each(['daily', '0 9 * *', '0 0 9 * * 1-5', '60 * * * *', '* 24 * * *', '* * 0 * *', '* * * 13 *', '* * * * 8'])(
    '%s is none',
    (text) => {
      expect(isCronExpression(text)).toBe(false);
    },
  );

  it.each(['5-1 * * * *', '*/0 * * * *', '1- * * * *', '-1 * * * *', '1,,2 * * * *', '* * * foo *', ''])(
    '%j is none',
    (text) => {
      expect(isCronExpression(text)).toBe(false);
    },
  );
});

describe('the nearest known word', () => {
  const known = ['rollout', 'rollouts', 'approval', 'at', 'bake'];

  it.each([
    ['rolout', 'rollout'],
    ['orllout', 'rollout'],
    ['Approval', 'approval'],
    ['baek', 'bake'],
    ['ta', 'at'],
  ])('to %s is %s', (word, near) => {
    expect(nearestWord(word, known)).toBe(near);
  });

  it('is none when nothing is near', () => {
    expect(nearestWord('severity', known)).toBeUndefined();
    expect(nearestWord('x', [])).toBeUndefined();
  });
});

describe('the models alone', () => {
  it('are read without any secret, for work on files that starts nothing', () => {
    const models = loadModels(exampleText);
    expect(models.ok && models.value['employee-promotion']?.data?.target).toBe('is_promoted');
  });

  it('still keep their own rules', () => {
    const models = loadModels(exampleWith([promo('rollout.size'), '10%'], ['slack.botToken', 'xoxb-1']));
    expect(!models.ok && models.refusal.map(({ path }) => path)).toEqual(['slack.botToken', promo('rollout.size')]);
  });
});
