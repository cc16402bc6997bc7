import { describe, expect, it } from 'vitest';
import {
  apart,
  apartLimit,
  count,
  latency,
  limitOf,
  measured,
  noneOf,
  percent,
  plural,
  points,
  ratio,
  scores,
  valueBeside,
} from '../../blocks/numbers.ts';

/** No-break spaces are written as `_`, so that a test shows them. */
const shown = (text: string): string => text.replaceAll('\u00a0', '_');

describe('a measured value has three significant figures and at most two decimals', () => {
  it.each([
    [812, '812'],
    [1_204.4, '1,204'],
    [46.23, '46.2'],
    [2.714, '2.71'],
    [0.04, '0.04'],
    [-0.184, '−0.18'],
    [0, '0'],
    [-0, '0'],
  ])('%d is written %s', (value, text) => {
    expect(measured(value)).toBe(text);
  });

  it('what is not nothing is not written as 0', () => {
    expect(measured(0.0004)).toBe('0.0004');
    expect(shown(percent(0.00001))).toBe('0.001_%');
  });

  it('what is not all is not written as 100 %', () => {
    expect(shown(percent(0.9998))).toBe('99.98_%');
    expect(shown(percent(1))).toBe('100_%');
    expect(shown(percent(4.5))).toBe('450_%');
  });
});

describe('a value is never rounded across its limit', () => {
  it.each([
    { value: 500.4, limit: 500, unit: 'ms', text: '500.4_ms' },
    { value: 499.6, limit: 500, unit: 'ms', text: '499.6_ms' },
    { value: 500, limit: 500, unit: 'ms', text: '500_ms' },
    { value: 812.3, limit: 500, unit: 'ms', text: '812_ms' },
    { value: 0.010004, limit: 0.01, unit: 'share', text: '1.0004_%' },
    { value: 0.0341, limit: 0.01, unit: 'share', text: '3.41_%' },
    { value: 0.251, limit: 0.25, unit: 'none', text: '0.251' },
    { value: 1_204, limit: 1_000, unit: 'count', text: '1,204' },
  ] as const)('$value beside $limit is $text', ({ value, limit, unit, text }) => {
    expect(shown(valueBeside(value, limit, unit))).toBe(text);
  });

  it('a ratio gets the decimal that shows it', () => {
    expect(ratio(1.252, 1.25)).toBe('×1.252');
    expect(ratio(1.12, 1.25)).toBe('×1.12');
  });

  it('a difference gets the decimal that shows it', () => {
    expect(shown(points(0.00503, 0.005))).toBe('+0.503_pp');
    expect(shown(points(-0.0018))).toBe('−0.18_pp');
    expect(shown(points(0))).toBe('+0.00_pp');
  });

  it('a score and its limit get the same decimals', () => {
    expect(scores(0.7996, 0.8)).toEqual(['0.7996', '0.8000']);
    expect(scores(0.9083, 0.8)).toEqual(['0.908', '0.800']);
    expect(scores(0.8, 0.8)).toEqual(['0.800', '0.800']);
  });
});

describe('latency has one unit on a card', () => {
  it.each([
    [4.23, undefined, '4.2_ms'],
    [812, undefined, '812_ms'],
    [12_400, undefined, '12.4_s'],
    [12_400, 500, '12,400_ms'],
    [812, 10_000, '0.81_s'],
  ])('%d ms beside a limit of %s is %s', (value, limit, text) => {
    expect(shown(latency(value, limit))).toBe(text);
  });
});

describe('a limit stands exactly as configured', () => {
  it.each([
    [500, 'ms', '500_ms'],
    [12_500, 'ms', '12.5_s'],
    [0.07, 'share', '7_%'],
    [0.0025, 'share', '0.25_%'],
    [1_000_000, 'count', '1,000,000'],
    [-0.01, 'none', '−0.01'],
  ] as const)('%d in %s is %s', (value, unit, text) => {
    expect(shown(limitOf(value, unit))).toBe(text);
  });

  it('also as a distance', () => {
    expect([apart(0.0098, 0.1), apartLimit(0.1)].map(shown)).toEqual(['0.98_pp', '10_pp']);
  });
});

describe('counts', () => {
  it('are full to a million', () => {
    expect([count(0), count(54_808), count(999_999), count(1_240_000)].map(shown)).toEqual([
      '0',
      '54,808',
      '999,999',
      '1.24_M',
    ]);
  });

  it('carry their noun', () => {
    expect([plural(1, 'line'), plural(2, 'line')].map(shown)).toEqual(['1_line', '2_lines']);
  });

  it('say the bound where there is none, as the rule of three does', () => {
    expect(shown(noneOf(82_310))).toBe('none of 82,310, at most 0.004_%');
  });
});
