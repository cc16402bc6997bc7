import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cloudWatchAlarm } from '../../src/alerts/sources/cloudwatch-alarm.ts';
import { type Surroundings, settingOf } from '../../src/incidents/acts/gather.ts';
import { model } from '../kit/alerts.ts';
import { bodyOf, specimen } from '../kit/specimens.ts';

const alert = cloudWatchAlarm(bodyOf(specimen('cloudwatch-alarm.p95-latency').text));
if (!alert) throw new Error('the specimen is no alarm');
const on = { alert, id: 'I1', confirmed: true };
const lastChange = { id: 'C212', from: 6, to: 7, by: 'Ana', at: 1_795_424_940_000 };
const troubles: unknown[] = [];
const never = () => new Promise<never>(() => {});

const around = (more: Partial<Surroundings>): Surroundings => ({
  describeAlarm: async () => 'no-answer',
  servingOf: async () => undefined,
  lastChangeOf: async () => lastChange,
  onTrouble: (_, error) => troubles.push(error),
  ...more,
});

beforeEach(() => {
  troubles.length = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the card of a new incident does not wait for AWS', () => {
  it('it goes after a second and a half, without the line that is not known', async () => {
    const setting = settingOf(around({ servingOf: never }), model, on);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(await setting).toMatchObject({ id: 'I1', lastChange });
    expect(await setting).not.toHaveProperty('serving');
    expect(troubles).toEqual([expect.objectContaining({ code: 'surroundings-slow' })]);
  });

  it('two that hang take no longer than one', async () => {
    const setting = settingOf(around({ servingOf: never, lastChangeOf: never }), model, on);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(await setting).not.toHaveProperty('lastChange');
  });

  it('one that answers in time is on it, and no timer is left behind', async () => {
    const serving = { version: 7, instances: 3, instanceType: 'ml.m5.large' };
    const slowly = () => new Promise<typeof serving>((resolve) => setTimeout(resolve, 1_400, serving));
    const setting = settingOf(around({ servingOf: slowly }), model, on);
    await vi.advanceTimersByTimeAsync(1_400);
    expect(await setting).toMatchObject({ serving, lastChange });
    expect(vi.getTimerCount()).toBe(0);
  });
});
