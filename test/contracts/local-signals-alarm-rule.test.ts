import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant, parseInstant } from '../../src/kernel/time.ts';
import type { AlarmRule, TreatMissingData } from '../../src/local/aws/cloudwatch/alarm.ts';
import { javaDouble, stateReason } from '../../src/local/aws/cloudwatch/alarm-reason.ts';
import { datapoints } from '../../src/local/aws/cloudwatch/datapoints.ts';
import { alarmWindow, evaluateAlarm } from '../../src/local/aws/cloudwatch/evaluate-alarm.ts';
import { openSeriesStore } from '../../src/local/aws/cloudwatch/series.ts';

const now = parseInstant('2026-11-23T09:10:00Z') ?? instant(0);
const metric = { namespace: 'Team/Models', metric: 'Errors', dimensions: { EndpointName: 'promo' } };

function rule(change: Partial<AlarmRule> = {}): AlarmRule {
  return {
    watch: { kind: 'metric', metric, statistic: { kind: 'Average' } },
    periodMs: 60_000,
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
    threshold: 10,
    comparison: 'GreaterThanThreshold',
    treatMissingData: 'missing',
    lowSampleCount: 'evaluate',
    ...change,
  };
}

/** One sign a period, newest last: `X` breaches, `0` is fine, `-` is missing. */
function evaluate(signs: string, change: Partial<AlarmRule> = {}) {
  const { end } = alarmWindow(rule(change), now);
  const points = [...signs.replaceAll(' ', '')].reverse().flatMap((sign, index) => {
    const at = instant(end - (index + 1) * 60_000);
    return sign === '-' ? [] : [{ at, value: sign === 'X' ? 20 : 0, sampleCount: 5 }];
  });
  return evaluateAlarm(rule(change), points, now);
}

const treatments: readonly TreatMissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching'];
const byTreatment = (signs: string, change: Partial<AlarmRule>) =>
  treatments.map((treatMissingData) => evaluate(signs, { ...change, treatMissingData }).state);

/** The examples of CloudWatch's own documentation; columns are missing, ignore, breaching, notBreaching. */
describe('three breaching out of three', () => {
  it.each([
    ['0 - X - X', ['OK', 'OK', 'OK', 'OK']],
    ['- - - - 0', ['OK', 'OK', 'OK', 'OK']],
    ['- - - - -', ['INSUFFICIENT_DATA', 'keep', 'ALARM', 'OK']],
    ['0 X X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['- - X - -', ['ALARM', 'keep', 'ALARM', 'OK']],
  ])('%s', (signs, states) => expect(byTreatment(signs, {})).toEqual(states));
});

describe('two breaching out of three', () => {
  it.each([
    ['0 - X - X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 0 X 0 X', ['ALARM', 'ALARM', 'ALARM', 'ALARM']],
    ['0 - X - -', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - - 0', ['OK', 'OK', 'ALARM', 'OK']],
    ['- - - X -', ['ALARM', 'keep', 'ALARM', 'OK']],
  ])('%s', (signs, states) => expect(byTreatment(signs, { datapointsToAlarm: 2 })).toEqual(states));
});

describe('an alarm does not go off too early', () => {
  it.each(['- - - - X', '- - - X -'])('%s may still turn out fine', (signs) => {
    expect(evaluate(signs).state).toBe('keep');
  });

  it('looks at whole periods only, sliding with the minute', () => {
    const { from, end, periodCount } = alarmWindow(rule({ periodMs: 300_000 }), instant(now + 59_999));
    expect([end - now, periodCount, end - from]).toEqual([0, 5, 5 * 300_000]);
  });

  it('looks at exactly N periods when they last an hour or more', () => {
    expect(alarmWindow(rule({ periodMs: 86_400_000, evaluationPeriods: 1 }), now).periodCount).toBe(1);
  });

  it('waits for 1,000 samples a period before it believes a p99, when told to', () => {
    const watch = { kind: 'metric', metric, statistic: { kind: 'percentile', share: 0.99 } } as const;
    const p99 = rule({ watch, evaluationPeriods: 1, datapointsToAlarm: 1, lowSampleCount: 'ignore' });
    const point = (sampleCount: number) => [{ at: instant(now - 60_000), value: 20, sampleCount }];
    expect(evaluateAlarm(p99, point(999), now).state).toBe('keep');
    expect(evaluateAlarm(p99, point(1_000), now).state).toBe('ALARM');
    expect(evaluateAlarm({ ...p99, lowSampleCount: 'evaluate' }, point(3), now).state).toBe('ALARM');
  });
});

describe('the comparison', () => {
  const states = (comparison: AlarmRule['comparison']) =>
    [9, 10, 11].map((value) => {
      const one = rule({ comparison, evaluationPeriods: 1, datapointsToAlarm: 1 });
      return evaluateAlarm(one, [{ at: instant(now - 60_000), value, sampleCount: 1 }], now).state;
    });
  it.each([
    ['GreaterThanThreshold', ['OK', 'OK', 'ALARM']],
    ['GreaterThanOrEqualToThreshold', ['OK', 'ALARM', 'ALARM']],
    ['LessThanThreshold', ['ALARM', 'OK', 'OK']],
    ['LessThanOrEqualToThreshold', ['ALARM', 'ALARM', 'OK']],
  ] as const)('%s of 9, 10 and 11 with 10', (comparison, expected) => expect(states(comparison)).toEqual(expected));
});

describe('the reason reads as CloudWatch writes it', () => {
  const reason = (signs: string, change: Partial<AlarmRule> = {}) => stateReason(rule(change), evaluate(signs, change));

  it('names the datapoints that crossed, newest first', () => {
    expect(reason('0 0 X 0 X', { datapointsToAlarm: 2, threshold: 10.5 })).toBe(
      'Threshold Crossed: 2 out of the last 3 datapoints [20.0 (23/11/26 09:09:00), 20.0 (23/11/26 09:07:00)] were greater than the threshold (10.5) (minimum 2 datapoints for OK -> ALARM transition).',
    );
  });

  it('says how many must be fine to come back', () => {
    expect(reason('X 0 0 X 0', { datapointsToAlarm: 2 })).toBe(
      'Threshold Crossed: 2 out of the last 3 datapoints [0.0 (23/11/26 09:09:00), 0.0 (23/11/26 09:07:00)] were not greater than the threshold (10.0) (minimum 2 datapoints for ALARM -> OK transition).',
    );
  });

  it('uses the singular for one', () => {
    expect(reason('- - - - X', { evaluationPeriods: 1, datapointsToAlarm: 1 })).toBe(
      'Threshold Crossed: 1 out of the last 1 datapoints [20.0 (23/11/26 09:09:00)] was greater than the threshold (10.0) (minimum 1 datapoint for OK -> ALARM transition).',
    );
  });

  it('says what missing datapoints were taken for', () => {
    expect(reason('- - - - 0', { treatMissingData: 'notBreaching' })).toContain(
      'and 2 missing datapoints were treated as [NonBreaching] (minimum 1 datapoint for ALARM -> OK transition).',
    );
    expect(reason('- - - - -', { treatMissingData: 'breaching', evaluationPeriods: 1, datapointsToAlarm: 1 })).toBe(
      'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [Breaching].',
    );
    expect(reason('- - - - -')).toBe('Insufficient Data: 3 datapoints were unknown.');
  });

  it('keeps five or more datapoints for a sentence of their own', () => {
    const text = reason('X X X X X', { evaluationPeriods: 5, datapointsToAlarm: 5 });
    expect(text).toMatch(
      /^Threshold Crossed: 5 out of the last 5 datapoints were greater than the threshold \(10\.0\)\. /,
    );
    expect(text).toMatch(/\. The most recent datapoints which crossed the threshold: \[.*\] \(minimum 5 datapoints/);
  });

  it.each([
    [250_000, '250000.0'],
    [0.01, '0.01'],
    [0.00025, '2.5E-4'],
    [12_000_000, '1.2E7'],
    [10_000_000, '1.0E7'],
    [0, '0.0'],
    [-3.5, '-3.5'],
  ])('prints %d as %s', (value, text) => expect(javaDouble(value)).toBe(text));
});

/** The rule told once more, from raw samples and letter by letter. */
function oracle(alarm: AlarmRule, samples: readonly { at: number; value: number }[]): string {
  const minute = Math.floor(now / 60_000) * 60_000;
  const letters: string[] = [];
  for (let back = 1; back <= alarm.evaluationPeriods + 2; back += 1) {
    const start = minute - back * alarm.periodMs;
    const inside = samples.filter(({ at }) => at >= start && at < start + alarm.periodMs).map(({ value }) => value);
    const mean = inside.reduce((sum, value) => sum + value, 0) / inside.length;
    letters.push(inside.length === 0 ? '-' : mean > alarm.threshold ? 'X' : '0');
  }
  const real = letters.filter((letter) => letter !== '-').slice(0, alarm.evaluationPeriods);
  const filler = { missing: '-', ignore: '-', breaching: 'X', notBreaching: '0' }[alarm.treatMissingData];
  const word = real.join('').padEnd(alarm.evaluationPeriods, filler);
  if ([...word].filter((letter) => letter === 'X').length >= alarm.datapointsToAlarm) return 'ALARM';
  if (word.includes('0')) return 'OK';
  if (real.length === 0) return alarm.treatMissingData === 'missing' ? 'INSUFFICIENT_DATA' : 'keep';
  const isOld = letters.lastIndexOf('X') + 1 >= alarm.datapointsToAlarm;
  return isOld && alarm.treatMissingData === 'missing' ? 'ALARM' : 'keep';
}

describe('over random samples', () => {
  it('the series and the rule agree with a slow telling of both', async () => {
    const samples = fc.array(
      fc.record({ secondsAgo: fc.integer({ min: 0, max: 900 }), value: fc.integer({ min: 5, max: 15 }) }),
      { maxLength: 14 },
    );
    const shape = fc.record({
      evaluationPeriods: fc.integer({ min: 1, max: 4 }),
      toAlarm: fc.integer({ min: 1, max: 4 }),
      treatMissingData: fc.constantFrom(...treatments),
      periodMs: fc.constantFrom(60_000, 120_000, 180_000),
      pastMinuteMs: fc.integer({ min: 0, max: 59_999 }),
    });
    const seen = new Set<string>();
    await fc.assert(
      fc.property(samples, shape, (given, { toAlarm, pastMinuteMs, ...change }) => {
        const alarm = rule({ ...change, datapointsToAlarm: Math.min(toAlarm, change.evaluationPeriods) });
        const raw = given.map(({ secondsAgo, value }) => ({ at: now - secondsAgo * 1_000, value }));
        const store = openSeriesStore(() => now);
        for (const { at, value } of raw) {
          store.add(metric, { unit: 'None', at: instant(at), resolutionMs: 60_000, values: [{ value, count: 1 }] });
        }
        const late = instant(now + pastMinuteMs);
        const { from, end } = alarmWindow(alarm, late);
        const points = datapoints(store, {
          metric,
          statistic: { kind: 'Average' },
          periodMs: alarm.periodMs,
          from,
          to: end,
        });
        const { state } = evaluateAlarm(alarm, points, late);
        seen.add(state);
        expect(state).toBe(oracle(alarm, raw));
      }),
      { numRuns: 3_000 },
    );
    expect([...seen].sort()).toEqual(['ALARM', 'INSUFFICIENT_DATA', 'OK', 'keep']);
  });
});
