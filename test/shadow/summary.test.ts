import { describe, expect, it } from 'vitest';
import type { Operations } from '../../src/shadow/shadow-test.ts';
import { summarise } from '../../src/shadow/summary.ts';
import { runningTest } from './shadow-kit.ts';

const calm: Operations = { requests: 1_000, errors: 2, p50Ms: 18, p95Ms: 100, p99Ms: 180 };
const margins = { latencyRatio: 1.25, errorRate: 0.005 };

const sentence = (shadow: Partial<Operations>, production: Partial<Operations> = {}) =>
  summarise({
    test: runningTest('S1'),
    slot: 2,
    from: 1,
    to: 2,
    production: { ...calm, ...production },
    shadow: { ...calm, ...shadow },
    margins,
  }).sentence;

describe('a summary of operations says what it saw and decides nothing', () => {
  it.each([
    {
      what: 'the same',
      shadow: {},
      words: 'latency and errors are within their margins, their answers are not judged',
    },
    { what: 'exactly at the latency margin', shadow: { p95Ms: 125 }, words: 'within their margins' },
    { what: 'slower than the margin', shadow: { p95Ms: 126 }, words: 'p95 latency is ×1.26 of production' },
    { what: 'faster', shadow: { p95Ms: 10 }, words: 'within their margins' },
    { what: 'at the error margin', shadow: { errors: 7 }, words: 'within their margins' },
    { what: 'more errors', shadow: { errors: 12 }, words: 'errors are 1.00\u00a0pp above production' },
    {
      what: 'slower and failing',
      shadow: { p95Ms: 200, errors: 52 },
      words: '×2.00 of production and errors are 5.00',
    },
    { what: 'nothing measured', shadow: { p95Ms: null }, words: 'within their margins' },
    { what: 'no traffic', shadow: {}, production: { requests: 0 }, words: 'no traffic reached production' },
    { what: 'nothing mirrored', shadow: { requests: 0 }, words: 'nothing was mirrored to the shadow' },
  ])('$what: $words', ({ shadow, production, words }) => {
    expect(sentence(shadow, production)).toContain(words);
    expect(sentence(shadow, production)).toMatch(/^No verdict: .*\.$/);
  });

  it('no shadow, however bad or good, has a verdict from operations', () => {
    for (const shadow of [{ errors: 1_000 }, { p95Ms: 1 }, {}]) {
      const summary = summarise({
        test: runningTest('S1'),
        slot: 2,
        from: 1,
        to: 2,
        production: calm,
        shadow: { ...calm, ...shadow },
        margins,
      });
      expect(summary.verdict).toBe('no-verdict');
    }
  });
});
