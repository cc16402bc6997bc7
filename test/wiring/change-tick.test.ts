import { beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '../../src/kernel/fault.ts';
import { refuse } from '../../src/kernel/result.ts';
import { makeChangeTick } from '../../src/wiring/change-tick.ts';

type Parts = Parameters<typeof makeChangeTick>[0];

let said: [unknown, unknown][];
let turns: string[];
let parts: Parts;
beforeEach(() => {
  said = [];
  turns = [];
  const say = (...words: unknown[]): void => void said.push([words[0], words[1]]);
  parts = {
    log: { warn: say, error: say },
    runOpenIntents: async () => [],
    advanceRunning: async () => [],
    expirePlans: async () => {
      turns.push('expirePlans');
      return [];
    },
    tendShadowTests: async () => {
      turns.push('tendShadowTests');
      return [];
    },
  };
});
const tick = (changed: Partial<Parts>) => makeChangeTick({ ...parts, ...changed })();

describe('a tick over everything that is under way', () => {
  it('gives every part its turn when the ones before it broke, and tells what broke', async () => {
    const broken = async () => {
      throw new Error('a bug');
    };
    await tick({ runOpenIntents: broken, advanceRunning: broken });
    expect(turns).toEqual(['expirePlans', 'tendShadowTests']);
    expect(said.map(([facts]) => facts)).toMatchObject([{ part: 'calls to AWS' }, { part: 'running changes' }]);
  });

  it('tells why a call waits', async () => {
    await tick({ runOpenIntents: async () => [{ id: 'C1.0', run: { kind: 'again', at: 1, because: 'throttled' } }] });
    expect(said).toEqual([[{ id: 'C1.0', because: 'throttled' }, 'a call to AWS waits']]);
  });

  it('tells the trouble of shadow tests: AWS that does not answer, and an end that is refused', async () => {
    const fault = new Fault('aws-denied', 'not authorized');
    const refused = refuse({ kind: 'no-shadow' as const, model: 'promo' });
    await tick({
      tendShadowTests: async () => [
        { kind: 'left-alone', test: 'S1', fault },
        { kind: 'left-alone', test: 'S2' },
        { kind: 'stopping', test: 'S3', outcome: refused },
      ],
    });
    expect(said.map(([facts]) => facts)).toEqual([
      { id: 'S1', error: fault },
      { id: 'S3', because: 'no shadow test runs' },
    ]);
  });
});
