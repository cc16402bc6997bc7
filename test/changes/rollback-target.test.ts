import { describe, expect, it } from 'vitest';
import { brokenTarget, rollbackTarget } from '../../src/changes/rollback-target.ts';
import { type GoodConfig, remembered, type Served, wentBackFrom } from '../../src/changes/served.ts';
import { image } from './facts-kit.ts';

const good = (configName: string, version: number): GoodConfig => ({
  configName,
  modelName: `model-${configName}`,
  version,
  packageArn: `arn:${version}`,
  images: [image(version)],
  change: 'C1',
  since: version,
});
const empty: Served = { endpoint: 'e', configs: [] };
const served = (...configs: readonly [string, number][]): Served =>
  configs.reduce((trail, [name, version]) => remembered(trail, good(name, version)), empty);
const target = (trail: Served | undefined, serving: string, version?: number) => {
  const found = rollbackTarget(trail, serving, version);
  return found.ok ? found.value.configName : found.refusal;
};

const abc = served(['a', 5], ['b', 6], ['c', 7]);

describe('where a rollback goes', () => {
  it('to the newest older config that was good here', () => expect(target(abc, 'c')).toBe('b'));
  it('to the one of a version, when somebody names it', () => expect(target(abc, 'c', 5)).toBe('a'));
  it('from a config that others made, to the newest of ours', () => expect(target(abc, 'foreign')).toBe('c'));

  it('further back after a rollback, not forward again to what was left', () => {
    const after = remembered(wentBackFrom(abc, 'c', 9), good('b', 6));
    expect(target(after, 'b')).toBe('a');
  });

  it('never to one that was rolled back from', () => {
    expect(target(wentBackFrom(abc, 'b', 9), 'c')).toBe('a');
    expect(target(wentBackFrom(abc, 'b', 9), 'c', 6)).toMatch(/version 6 was not brought into service here/);
  });

  it('to one that was rolled back from and succeeded again since', () => {
    expect(target(remembered(wentBackFrom(abc, 'b', 9), good('b', 6)), 'c')).toBe('b');
  });
});

describe('there is no way back', () => {
  it('before our first success', () => expect(target(undefined, 'c')).toMatch(/no change of ours/));
  it('from the oldest', () => expect(target(abc, 'a')).toMatch(/nothing older/));
  it('when every older config was left by a rollback', () =>
    expect(target(wentBackFrom(wentBackFrom(abc, 'a', 8), 'b', 9), 'c')).toMatch(/itself rolled back from/));

  it.each([
    ['its config is gone', { config: false }, /endpoint config b was deleted/],
    ['its model is gone', { model: false }, /model model-b was deleted/],
    ['its image is another one', { images: [{ ...image(6), digest: 'sha256:0' }] }, /image .* is not the one/],
    ['its artefact is another one', { images: [{ ...image(6), etag: 'x' }] }, /artefact .* is not the one/],
    ['it has other containers', { images: [] }, /other containers/],
  ])('when %s', (_, parts, words) => {
    const whole = { config: true, model: true, images: [image(6)] };
    expect(brokenTarget(good('b', 6), whole)).toBeUndefined();
    expect(brokenTarget(good('b', 6), { ...whole, ...parts })).toMatch(words);
  });
});
