import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/kernel/fault.ts';
import { healthz, makeReadyz, type Readiness } from '../../src/wiring/readiness.ts';

const started = 1_000_000;
const nothing = Buffer.alloc(0);

const readyAt = async (now: number, more: Partial<Readiness> = {}, ping: () => Promise<void> = async () => {}) => {
  const readiness = {
    startedAt: started,
    beats: 3,
    lastBeatAt: started,
    lastBeatDomain: 0,
    commits: 7,
    pending: [],
    ...more,
  };
  const told: unknown[] = [];
  const onTrouble = (error: unknown): void => void told.push(error);
  const answer = await makeReadyz({ ping, readiness: async () => readiness, now: () => now, onTrouble })({}, nothing);
  return { status: answer.status, told, ...JSON.parse(answer.body) };
};

describe('ready is more than alive', () => {
  it('alive is alive', async () => {
    expect(await healthz({}, nothing)).toEqual({ status: 200, body: 'alive\n' });
  });

  it.each([
    { what: 'just started, not a beat yet', now: started, lastBeatAt: 0, status: 200 },
    { what: 'a beat a second ago', now: started + 60_000, lastBeatAt: started + 59_000, status: 200 },
    { what: 'a heart that has stood still', now: started + 60_000, lastBeatAt: started + 50_000, status: 503 },
    { what: 'a heart that never began to beat', now: started + 60_000, lastBeatAt: 0, status: 503 },
  ])('$what: $status', async ({ now, lastBeatAt, status }) => {
    expect(await readyAt(now, { lastBeatAt })).toMatchObject({ status, ready: status === 200 });
  });

  it('says no more than that: the door is public', async () => {
    const pending = ['card incident:I1 wants drawing'];
    expect(await readyAt(started, { pending })).toEqual({ status: 200, ready: true, beats: 3, told: [] });
  });

  it('a store that takes no write is not ready, and the log knows why', async () => {
    const fault = new Fault('store-unreachable', 'The store could not write a ping');
    const away = () => Promise.reject(fault);
    expect(await readyAt(started, {}, away)).toEqual({ status: 503, ready: false, told: [fault] });
  });
});
