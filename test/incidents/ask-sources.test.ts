import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plus } from '../../src/kernel/time.ts';
import { type AlertBench, at, later, mira, openAlertBench } from '../kit/alerts.ts';

let bench: AlertBench;
const fired = at('2026-11-24T02:12:09.300Z');
beforeEach(async () => {
  bench = await openAlertBench();
});
afterEach(() => bench.close());

const alarm = () => bench.hear('ALARM', '2026-11-24T02:12:09.300+0000');
const opened = ['incident.opened done'];

/** The next round in which every open incident is due. */
async function askLater(): Promise<void> {
  bench.time.wall = later(bench.time.wall, 1);
  await bench.acts.askSources();
}

describe('open incidents are looked up at CloudWatch again', () => {
  it('one that was only reported is confirmed once it answers, and the thread says so', async () => {
    await alarm();
    await bench.acts.askSources();
    expect(await bench.incident()).toMatchObject({ confirmed: false });
    bench.source({ state: 'firing', since: fired });
    await askLater();
    await askLater();
    expect(await bench.incident()).toMatchObject({ confirmed: true, seen: 1 });
    expect((await bench.notes()).map((note) => note.facts.why)).toEqual(['opened', 'confirmed']);
    expect(await bench.trail('employee-promotion')).toEqual(opened);
  });

  it('one whose OK was lost ends by itself', async () => {
    bench.source({ state: 'firing', since: fired });
    await alarm();
    bench.source({ state: 'ok', since: later(fired, 29) });
    await bench.acts.askSources();
    expect(await bench.incident()).toMatchObject({
      state: { kind: 'resolved', at: later(fired, 29), how: { kind: 'by-itself' } },
    });
    expect(await bench.trail('employee-promotion')).toEqual([...opened, 'incident.resolved done']);
    await bench.hear('OK', '2026-11-24T02:41:09.300+0000', 47);
    expect(await bench.trail('employee-promotion')).toHaveLength(2);
  });

  it('one that CloudWatch contradicts stays open for a person', async () => {
    bench.source({ state: 'ok', since: later(fired, -600) });
    await alarm();
    await bench.acts.askSources();
    expect(await bench.incident()).toMatchObject({ confirmed: false, state: { kind: 'firing' } });
  });

  it('one that a person reopened is not closed by what CloudWatch said before', async () => {
    bench.source({ state: 'firing', since: fired });
    await alarm();
    const press = { id: 'I1', by: mira, requestId: 'r-1' };
    await bench.acts.resolveIncident(press);
    bench.source({ state: 'ok', since: later(fired, 29) });
    bench.time.domain = later(fired, 60);
    await bench.acts.reopenIncident(press);
    await bench.acts.askSources();
    expect(await bench.incident()).toMatchObject({ state: { kind: 'firing' } });
  });

  it('one that a person reopened ends when CloudWatch says so later, though our clock is minutes ahead of it', async () => {
    bench.source({ state: 'firing', since: fired });
    await alarm();
    const press = { id: 'I1', by: mira, requestId: 'r-1' };
    await bench.acts.resolveIncident(press);
    const aheadMinutes = 4;
    bench.time.domain = later(fired, 60 + aheadMinutes);
    await bench.acts.reopenIncident(press);
    bench.source({ state: 'ok', since: later(fired, 62) });
    await bench.acts.askSources();
    expect(await bench.incident()).toMatchObject({ state: { kind: 'resolved', at: later(fired, 62) } });
  });

  it('resolved ones are left alone', async () => {
    bench.source({ state: 'firing', since: fired });
    await alarm();
    await bench.acts.resolveIncident({ id: 'I1', by: mira, requestId: 'r-1' });
    const asked = bench.asked();
    await bench.acts.askSources();
    expect(bench.asked()).toBe(asked);
  });
});

describe('open incidents are looked up with measure', () => {
  it('each once a minute of real time, however often the bot beats', async () => {
    await alarm();
    const before = bench.asked();
    for (let second = 0; second < 60; second += 10) {
      await bench.acts.askSources();
      bench.time.wall = plus(bench.time.wall, 10_000);
    }
    expect(bench.asked() - before).toBe(1);
    await bench.acts.askSources();
    expect(bench.asked() - before).toBe(2);
  });

  it('a new one at once, also between the times of the others', async () => {
    await alarm();
    await bench.acts.askSources();
    await bench.take({ AlarmArn: 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:employee-promotion-other' });
    await bench.acts.readInbox();
    expect(await bench.incident('I2')).toBeDefined();
    const before = bench.asked();
    await bench.acts.askSources();
    expect(bench.asked() - before).toBe(1);
  });
});
