import { describe, expect, it } from 'vitest';
import { parseStateReason } from '../../src/alerts/state-reason.ts';

const nothing = { value: undefined, limit: undefined, over: undefined };

describe('the numbers in a state reason', () => {
  it.each([
    [
      'Threshold Crossed: 2 out of the last 2 datapoints [98.7 (18/03/26 08:11:00), 97.1 (18/03/26 08:10:00)] were greater than or equal to the threshold (95.0).',
      { value: 98.7, limit: 95, over: { count: 2, of: 2 } },
    ],
    [
      'Threshold Crossed: 1 datapoint [1.0E-4 (23/11/26 07:39:00)] was not greater than the threshold (0.01).',
      { value: 1e-4, limit: 0.01, over: { count: 1, of: 1 } },
    ],
    [
      'Threshold Crossed: 1 datapoint (10.0) was greater than or equal to the threshold (1.0).',
      { value: 10, limit: 1, over: { count: 1, of: 1 } },
    ],
    [
      'Threshold Crossed: 1 datapoint [-3.5 (01/01/27 00:00:00)] was less than the threshold (0.0).',
      { value: -3.5, limit: 0, over: { count: 1, of: 1 } },
    ],
    [
      'Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as [NonBreaching].',
      nothing,
    ],
    ['Insufficient Data: 3 datapoints were unknown.', nothing],
    ['', nothing],
  ])('%s', (reason, numbers) => {
    expect(parseStateReason(reason)).toEqual(numbers);
  });

  it('takes the newest datapoint wherever it stands, over a turn of the year too', () => {
    const reason =
      'datapoints [1.0 (31/12/26 23:58:00), 3.0 (01/01/27 00:00:00), 2.0 (31/12/26 23:59:00)] were greater';
    expect(parseStateReason(reason).value).toBe(3);
  });

  it('answers at once on a text made to be slow', () => {
    const began = performance.now();
    parseStateReason(`datapoints [${'1'.repeat(500_000)} (`);
    expect(performance.now() - began).toBeLessThan(200);
  });
});
