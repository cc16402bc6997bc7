import { describe, expect, it } from 'vitest';
import { plus } from '../../src/kernel/time.ts';
import { minutesToLookAt } from '../../src/schedule/due-minutes.ts';
import { at, dueBetween, minuteText } from './schedule-bench.ts';

const look = (lookedUntil: string, now: string) => minutesToLookAt(at(lookedUntil), at(now)).map(minuteText);

describe('the minutes since the last look', () => {
  it.each([
    { from: '2026-11-23T09:00:00Z', now: '2026-11-23T09:00:59Z', minutes: [] },
    { from: '2026-11-23T09:00:59Z', now: '2026-11-23T09:01:00Z', minutes: ['11-23 09:01'] },
    { from: '2026-11-23T09:00:00Z', now: '2026-11-23T09:02:30Z', minutes: ['11-23 09:01', '11-23 09:02'] },
    { from: '2026-12-31T23:59:00Z', now: '2027-01-01T00:00:00Z', minutes: ['01-01 00:00'] },
  ])('$from to $now: $minutes', ({ from, now, minutes }) => {
    expect(look(from, now)).toEqual(minutes);
  });

  it('none when the clock went back', () => {
    expect(look('2026-11-23T09:00:00Z', '2026-11-23T08:00:00Z')).toEqual([]);
  });

  it('at most a week of them: older slots help nobody', () => {
    const now = at('2026-11-23T09:00:30Z');
    const minutes = minutesToLookAt(0, now);
    expect(minutes.length).toBe(7 * 24 * 60);
    expect(minutes[0]).toBeGreaterThanOrEqual(plus(now, -7 * 86_400_000));
  });

  it('each minute belongs to one of two looks, wherever the first one stopped', () => {
    const [start, end] = [at('2026-11-23T09:00:10Z'), at('2026-11-23T09:20:40Z')];
    const whole = minutesToLookAt(start, end);
    for (let cut = start; cut < end; cut = plus(cut, 7_300)) {
      expect([...minutesToLookAt(start, cut), ...minutesToLookAt(cut, end)]).toEqual(whole);
    }
  });
});

describe('a timer in another zone', () => {
  const nine = { expression: '0 9 * * *', timezone: 'Europe/Berlin' };

  it('keeps nine in the morning of that place over both changes of its clocks', () => {
    expect(dueBetween(nine, '2026-03-28T00:00:00Z', '2026-03-30T00:00:00Z')).toEqual(['03-28 08:00', '03-29 07:00']);
    expect(dueBetween(nine, '2026-10-24T00:00:00Z', '2026-10-26T00:00:00Z')).toEqual(['10-24 07:00', '10-25 08:00']);
  });

  it('has its weekdays, not those of UTC', () => {
    const early = { expression: '30 0 * * 1', timezone: 'Asia/Kolkata' };
    expect(dueBetween(early, '2026-11-21T00:00:00Z', '2026-11-24T00:00:00Z')).toEqual(['11-22 19:00']);
  });

  it('an hour that is left out in spring has no slot, one that comes twice in autumn has two', () => {
    const night = { expression: '30 2 * * *', timezone: 'Europe/Berlin' };
    expect(dueBetween(night, '2026-03-29T00:00:00Z', '2026-03-29T12:00:00Z')).toEqual([]);
    expect(dueBetween(night, '2026-10-25T00:00:00Z', '2026-10-25T12:00:00Z')).toEqual(['10-25 00:30', '10-25 01:30']);
  });

  it('every quarter of an hour is a quarter of an hour in a zone of half hours', () => {
    const quarter = { expression: '*/15 * * * *', timezone: 'Asia/Kolkata' };
    expect(dueBetween(quarter, '2026-11-23T09:01:00Z', '2026-11-23T09:59:00Z')).toEqual([
      '11-23 09:15',
      '11-23 09:30',
      '11-23 09:45',
    ]);
  });
});
