import { describe, expect, it } from 'vitest';
import { dppl } from '../../src/stats/dppl.ts';
import { goldenCases } from './golden.ts';

type Counts = [number, number, number, number];
type Case = { name: string; a_tp_fp_fn_tn?: Counts; d_tp_fp_fn_tn?: Counts; expected: { DPPL?: number } };

const selectedOf = ([tp, fp, fn, tn]: Counts) => ({ n: tp + fp + fn + tn, selected: tp + fp });

describe('the difference in positive proportions', () => {
  const counted = goldenCases<Case>('fairness.json').flatMap((one) =>
    one.a_tp_fp_fn_tn && one.d_tp_fp_fn_tn
      ? [{ name: one.name, a: one.a_tp_fp_fn_tn, d: one.d_tp_fp_fn_tn, is: one.expected.DPPL }]
      : [],
  );

  it.each(counted)("is Clarify's: $name", ({ a, d, is }) => {
    expect(dppl(selectedOf(a), selectedOf(d))).toBeCloseTo(is ?? Number.NaN, 12);
  });

  it('changes its sign when the groups change places', () => {
    const [a, d] = [
      { n: 100, selected: 30 },
      { n: 40, selected: 20 },
    ];
    expect(dppl(a, d)).toBe(-dppl(d, a));
  });

  it('refuses an empty group', () => {
    expect(() => dppl({ n: 0, selected: 0 }, { n: 4, selected: 1 })).toThrow('0 selected of 0 rows');
  });
});
