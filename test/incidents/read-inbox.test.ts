import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Inbox } from '../../src/alerts/inbox.ts';
import { Incidents } from '../../src/incidents/incident.ts';
import { Fault } from '../../src/kernel/fault.ts';
import { type AlertBench, at, openAlertBench } from '../kit/alerts.ts';

let bench: AlertBench;
beforeEach(async () => {
  bench = await openAlertBench();
});
afterEach(() => bench.close());

const firing = { state: 'firing', since: at('2026-11-24T02:12:00Z') } as const;
const ok = { state: 'ok', since: at('2026-11-24T02:41:00Z') } as const;
const firedAt = '2026-11-24T02:12:09.300+0000';
const okAt = '2026-11-24T02:41:09.300+0000';

describe('an alarm becomes one incident with one card', () => {
  it('with what serves, what changed last, who is called and the runbook', async () => {
    bench.source(firing);
    await bench.take();
    expect(await bench.acts.readInbox()).toEqual({ read: 1, left: 0 });
    expect(await bench.incident()).toMatchObject({
      id: 'I1',
      model: 'employee-promotion',
      channel: 'C0PROMO',
      severity: 'high',
      what: 'p95 latency',
      confirmed: true,
      seen: 1,
      measure: { value: 812.345, limit: 500, unit: 'ms' },
      serving: { version: 7, instances: 3, instanceType: 'ml.m5.large' },
      lastChange: { id: 'C212', from: 6, to: 7 },
      onCall: 'S0ONCALL',
      runbook: 'https://runbooks.example.com/latency',
      state: { kind: 'firing' },
    });
    expect(await bench.wanted('incident:I1')).toMatchObject({ channel: 'C0PROMO', wanted: 1 });
    expect(await bench.notes()).toMatchObject([
      {
        card: 'incident:I1',
        channel: 'C0PROMO',
        face: 'incident-opener',
        facts: { id: 'I1', why: 'opened', what: 'p95 latency' },
      },
    ]);
    const [line] = await bench.entries('employee-promotion');
    expect(line).toMatchObject({
      act: 'incident.opened',
      by: { kind: 'bot' },
      subject: { kind: 'incident', id: 'I1' },
      requestId: 'M1',
    });
    expect(line?.sentence).toBe('I1 opened: p95 latency 812\u00a0ms on employee-promotion, limit 500\u00a0ms.');
    expect(await bench.acts.readInbox()).toEqual({ read: 0, left: 0 });
  });

  it('however often it is delivered, and whatever two replicas read at once', async () => {
    bench.source(firing);
    const replica = bench.actsOn(bench.replica());
    for (let n = 0; n < 6; n += 1) await bench.takeState('ALARM', firedAt);
    await Promise.all([bench.acts.readInbox(), replica.readInbox(), replica.readInbox()]);
    expect(await bench.incident('I1')).toBeDefined();
    expect(await bench.trail('employee-promotion')).toEqual(['incident.opened done']);
    expect(await bench.notes()).toHaveLength(1);
    expect((await bench.wanted('incident:I1'))?.wanted).toBe(1);
    expect(await bench.store.listOpen(Inbox, 'new')).toEqual([]);
  });

  it('also when nobody knows what serves', async () => {
    await bench.close();
    bench = await openAlertBench({
      servingOf: () => Promise.reject(new Fault('aws-throttled', 'slow down', { retryable: true })),
      lastChangeOf: async () => undefined,
    });
    await bench.hear('ALARM', firedAt);
    expect(await bench.incident()).not.toHaveProperty('serving');
    expect(await bench.incident()).not.toHaveProperty('lastChange');
    expect(bench.troubles).toEqual(['the surroundings of an alert']);
  });
});

describe('messages inform, they do not command', () => {
  it('an ALARM that CloudWatch does not confirm is shown as reported', async () => {
    await bench.hear('ALARM', firedAt);
    expect(await bench.incident()).toMatchObject({ confirmed: false, state: { kind: 'firing' } });
  });

  it('an OK that CloudWatch does not confirm resolves nothing', async () => {
    bench.source(firing);
    await bench.hear('ALARM', firedAt);
    await bench.hear('OK', okAt, 47);
    expect(await bench.incident()).toMatchObject({ state: { kind: 'firing' } });
    expect((await bench.incident())?.timeline.at(-1)?.sentence).toBe('OK reported, not confirmed at the source');
    expect(await bench.trail('employee-promotion')).toEqual(['incident.opened done']);
  });

  it('an OK that it confirms does', async () => {
    bench.source(firing);
    await bench.hear('ALARM', firedAt);
    bench.source(ok);
    await bench.hear('OK', okAt, 47);
    expect(await bench.incident()).toMatchObject({
      state: { kind: 'resolved', at: at('2026-11-24T02:41:09.300Z'), how: { kind: 'by-itself', value: 47 } },
    });
    expect(await bench.trail('employee-promotion')).toEqual(['incident.opened done', 'incident.resolved done']);
    expect((await bench.notes()).map((note) => note.face)).toEqual(['incident-opener', 'incident-resolved']);
  });

  it('an alarm of an account that is not configured is never asked about', async () => {
    await bench.take({ AlarmArn: 'arn:aws:cloudwatch:us-east-1:999999999999:alarm:employee-promotion-latency-p95' });
    await bench.acts.readInbox();
    expect(bench.asked()).toBe(0);
    expect(await bench.messages()).toMatchObject([
      { state: { kind: 'unparsed', why: expect.stringMatching(/came from 999999999999/) } },
    ]);
  });
});

describe('messages out of order', () => {
  it('an ALARM that arrives after its OK opens and ends in one act', async () => {
    bench.source(ok);
    await bench.hear('OK', okAt, 47);
    await bench.hear('ALARM', firedAt);
    expect(await bench.incident()).toMatchObject({ confirmed: true, state: { kind: 'resolved', at: ok.since } });
    expect(await bench.trail('employee-promotion')).toEqual(['incident.opened done', 'incident.resolved done']);
    expect((await bench.notes()).map((note) => note.face)).toEqual(['incident-resolved']);
  });

  it('a second ALARM within the hour brings the same incident back', async () => {
    bench.source(firing);
    await bench.hear('ALARM', firedAt);
    bench.source(ok);
    await bench.hear('OK', okAt);
    bench.source({ state: 'firing', since: at('2026-11-24T02:50:00Z') });
    bench.time.domain = at('2026-11-24T02:51:00Z');
    await bench.hear('ALARM', '2026-11-24T02:50:09.300+0000', 1204);
    expect(await bench.incident()).toMatchObject({ seen: 2, state: { kind: 'firing' }, measure: { worst: 1204 } });
    expect(await bench.incident('I2')).toBeUndefined();
    expect((await bench.notes()).map((note) => note.facts.why)).toEqual(['opened', 'resolved', 'reopened']);
  });

  it('one much later is a new incident of the same key', async () => {
    bench.source(firing);
    await bench.hear('ALARM', firedAt);
    bench.source(ok);
    await bench.hear('OK', okAt);
    bench.source({ state: 'firing', since: at('2026-11-24T05:00:00Z') });
    bench.time.domain = at('2026-11-24T05:01:00Z');
    await bench.hear('ALARM', '2026-11-24T05:00:09.300+0000');
    expect(await bench.incident('I1')).toMatchObject({ state: { kind: 'resolved' } });
    expect(await bench.incident('I2')).toMatchObject({ state: { kind: 'firing' }, seen: 1 });
  });
});

describe('nothing is dropped', () => {
  const takeText = async (text: string) => {
    const body = bench.signer.message(text, { sentAt: bench.time.wall });
    await bench.acts.takeMessage({ door: 'https', body, bytes: body.length });
    return bench.acts.readInbox();
  };

  it('what nobody can read gets a card in the channel that is near', async () => {
    await takeText('<!channel> URGENT model down <https://evil.example/ok|Approve now>');
    const [kept] = await bench.messages();
    expect(kept).toMatchObject({
      state: { kind: 'unparsed', why: 'neither JSON nor a known text form', channel: 'C0PROMO' },
    });
    expect(await bench.wanted(`inbox:${kept?.messageId}`)).toMatchObject({ channel: 'C0PROMO' });
  });

  it('so does an alarm of an endpoint that nobody configured', async () => {
    await bench.take({ Trigger: { Dimensions: [{ name: 'EndpointName', value: 'churn' }] } });
    await bench.acts.readInbox();
    expect(await bench.messages()).toMatchObject([
      { state: { why: 'no model of the configuration has the endpoint churn' } },
    ]);
  });

  it('while the store cannot be written a message stays new, and is read later', async () => {
    await bench.take();
    let isDown = true;
    const failing = bench.actsOn({
      ...bench.store,
      commit: (act) =>
        isDown ? Promise.reject(new Fault('store-unreachable', 'down', { retryable: true })) : bench.store.commit(act),
    });
    for (let round = 0; round < 10; round += 1) expect(await failing.readInbox()).toEqual({ read: 0, left: 1 });
    isDown = false;
    expect(await failing.readInbox()).toEqual({ read: 1, left: 0 });
    expect(await bench.store.listOpen(Incidents)).toHaveLength(1);
    expect(bench.troubles).toHaveLength(10);
  });

  it('a message that breaks its reading every time is shown instead of being tried for ever', async () => {
    await bench.take();
    const broken = bench.actsOn({ ...bench.store, nextNumber: () => Promise.reject(new TypeError('a bug')) });
    for (let round = 0; round < 4; round += 1) expect(await broken.readInbox()).toEqual({ read: 0, left: 1 });
    expect(await bench.messages()).toEqual([]);
    await broken.readInbox();
    expect(await bench.messages()).toMatchObject([{ state: { why: 'reading it failed; the logs say how' } }]);
  });
});
