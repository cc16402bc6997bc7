import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/kernel/fault.ts';
import { errorWords } from '../../src/wiring/log.ts';

describe('the log says what broke', () => {
  it('with name, code, message, stack and the causes', () => {
    const cause = new TypeError('fetch failed', { cause: new Error('socket hang up') });
    const words = errorWords(new Fault('store-unreachable', 'The store could not write', { cause }));
    expect(words).toMatchObject({
      name: 'Fault',
      code: 'store-unreachable',
      message: 'The store could not write',
      causes: ['TypeError: fetch failed', 'Error: socket hang up'],
    });
    expect(JSON.stringify(words)).toContain('log.test.ts');
  });

  it('and none of what an SDK hangs on its errors', () => {
    const error = Object.assign(new Error('denied'), {
      $response: { headers: { authorization: 'secret' } },
      token: 'xoxb-1',
    });
    expect(JSON.stringify(errorWords(error))).not.toMatch(/secret|xoxb/);
  });

  it('in a word where it is no error at all', () => {
    expect(errorWords('half a sentence')).toBe('half a sentence');
  });
});
