import { describe, expect, it } from 'vitest';
import { exampleWith, faultsOf, pathsAtFault, promo } from './kit/real-world.ts';

const rollout = (keys: Readonly<Record<string, unknown>>, instances = 2) => {
  const changes = Object.entries(keys).map(([key, value]) => [promo(`rollout.${key}`), value] as const);
  return exampleWith([promo('serving.instances'), instances], ...changes);
};

describe('a step moves at least one instance', () => {
  it('a tenth of two instances is none', () => {
    expect(faultsOf(rollout({ size: '10%' }))).toEqual([
      {
        path: promo('rollout.size'),
        sentence: '10% of 2 instances is less than one. Use a larger share, or 10 instances.',
      },
    ]);
  });

  it('one instance cannot be split, except all at once', () => {
    expect(pathsAtFault(rollout({ size: '50%' }, 1))).toEqual([promo('rollout.size')]);
    expect(pathsAtFault(rollout({ strategy: 'all-at-once' }, 1))).toEqual([]);
  });

  it.each([
    ['10%', 10],
    ['7%', 15],
    ['33.4%', 3],
    ['50%', 2],
  ])('%s of %i instances is enough', (size, instances) => {
    expect(pathsAtFault(rollout({ size }, instances))).toEqual([]);
  });

  it('linear steps and batches have the least size that SageMaker takes', () => {
    expect(pathsAtFault(rollout({ strategy: 'linear', size: '8%', bake: '1m' }, 50))).toEqual([promo('rollout.size')]);
    expect(pathsAtFault(rollout({ strategy: 'rolling', size: '8%', bake: '1m' }, 50))).toEqual([]);
    expect(pathsAtFault(rollout({ strategy: 'rolling', size: '4%', bake: '1m' }, 50))).toEqual([promo('rollout.size')]);
  });
});

describe('the waits fit the timeout', () => {
  const fits = (keys: Readonly<Record<string, unknown>>) => pathsAtFault(rollout(keys, 10));

  it('a canary bakes once and then keeps the old fleet', () => {
    expect(fits({ bake: '30m', keepOldFor: '29m', timeout: '60m' })).toEqual([]);
    expect(fits({ bake: '30m', keepOldFor: '30m', timeout: '60m' })).toEqual([promo('rollout.timeout')]);
  });

  it('linear steps bake between each other', () => {
    const linear = { strategy: 'linear', size: '25%', keepOldFor: '10m' };
    expect(fits({ ...linear, bake: '16m', timeout: '59m' })).toEqual([]);
    expect(fits({ ...linear, bake: '17m', timeout: '61m' })).toEqual([promo('rollout.timeout')]);
  });

  it('batches bake each, and no old fleet is kept', () => {
    const rolling = { strategy: 'rolling', size: '50%', keepOldFor: '1h', timeout: '60m' };
    expect(fits({ ...rolling, bake: '29m' })).toEqual([]);
    expect(fits({ ...rolling, bake: '30m' })).toEqual([promo('rollout.timeout')]);
  });
});

describe('something watches a rollout', () => {
  it('a guard or a standing alarm', () => {
    expect(pathsAtFault(rollout({ guards: {}, alarms: [] }))).toEqual([promo('rollout.guards')]);
    expect(pathsAtFault(rollout({ guards: {}, alarms: ['promo-5xx'] }))).toEqual([]);
    expect(pathsAtFault(rollout({ guards: { p99: '250ms' } }))).toEqual([]);
  });

  it('of ten alarms one is the abort alarm and two are the guards', () => {
    const alarms = (count: number) => Array.from({ length: count }, (_, place) => `alarm-${place}`);
    expect(pathsAtFault(rollout({ alarms: alarms(7) }))).toEqual([]);
    expect(pathsAtFault(rollout({ alarms: alarms(8) }))).toEqual([promo('rollout.alarms')]);
    expect(pathsAtFault(rollout({ guards: {}, alarms: alarms(9) }))).toEqual([]);
  });
});
