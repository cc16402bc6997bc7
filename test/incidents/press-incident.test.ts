import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AlertBench, ana, at, mira, openAlertBench } from '../kit/alerts.ts';

let bench: AlertBench;
beforeEach(async () => {
  bench = await openAlertBench();
  bench.source({ state: 'firing', since: at('2026-11-24T02:12:00Z') });
  await bench.hear('ALARM', '2026-11-24T02:12:09.300+0000');
});
afterEach(() => bench.close());

const press = (by = mira, id = 'I1') => ({ id, by, requestId: `r-${by.user}` });

describe('a press on an incident', () => {
  it('acknowledges it, draws the card and leaves a line', async () => {
    expect(await bench.acts.acknowledgeIncident(press())).toMatchObject({
      ok: true,
      value: { state: { kind: 'acknowledged', by: mira } },
    });
    expect((await bench.wanted('incident:I1'))?.wanted).toBe(2);
    const line = (await bench.entries('employee-promotion')).at(-1);
    expect(line).toMatchObject({
      act: 'incident.acknowledged',
      outcome: 'done',
      by: { user: 'U0MIRA' },
      requestId: 'r-U0MIRA',
    });
  });

  it('by two people at once has one effect, and the loser is told who won', async () => {
    const other = bench.actsOn(bench.replica());
    const answers = await Promise.all([
      bench.acts.acknowledgeIncident(press(mira)),
      other.acknowledgeIncident(press(ana)),
    ]);
    const winner = (await bench.incident())?.state;
    const lost = answers.find((answer) => !answer.ok);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(winner?.kind === 'acknowledged' && lost?.ok === false && lost.refusal).toMatchObject({
      kind: 'already-acknowledged',
      by: winner?.kind === 'acknowledged' ? winner.by.name : '',
    });
    expect((await bench.trail('employee-promotion')).sort()).toEqual([
      'incident.acknowledged done',
      'incident.acknowledged refused',
      'incident.opened done',
    ]);
  });

  it('resolves with a note, and a late acknowledge is refused', async () => {
    await bench.acts.acknowledgeIncident(press());
    const resolved = await bench.acts.resolveIncident({ ...press(ana), note: 'Region table cached.' });
    expect(resolved).toMatchObject({ ok: true, value: { state: { kind: 'resolved', owner: { by: mira } } } });
    expect(await bench.acts.acknowledgeIncident(press())).toMatchObject({
      refusal: { kind: 'already-resolved', how: 'by Ana' },
    });
    expect((await bench.notes()).at(-1)).toMatchObject({ face: 'incident-resolved', facts: { why: 'resolved' } });
    const line = (await bench.entries('employee-promotion')).find((entry) => entry.act === 'incident.resolved');
    expect(line?.facts).toMatchObject({ note: 'Region table cached.' });
  });

  it('reopens what was resolved, and only that', async () => {
    expect(await bench.acts.reopenIncident(press())).toMatchObject({ refusal: { kind: 'not-resolved' } });
    await bench.acts.resolveIncident(press());
    expect(await bench.acts.reopenIncident(press())).toMatchObject({ ok: true, value: { state: { kind: 'firing' } } });
  });

  it('on an incident that is not there is refused and written down', async () => {
    expect(await bench.acts.resolveIncident(press(mira, 'I99'))).toEqual({
      ok: false,
      refusal: { kind: 'unknown-incident', id: 'I99' },
    });
    expect(await bench.trail('_house')).toEqual(['incident.resolved refused']);
  });
});

describe('a person and the alarm at the same time', () => {
  it('both count: the newest ALARM after a resolve brings it back', async () => {
    await bench.acts.resolveIncident(press());
    bench.source({ state: 'firing', since: at('2026-11-24T02:20:00Z') });
    bench.time.domain = at('2026-11-24T02:21:00Z');
    await bench.hear('ALARM', '2026-11-24T02:20:09.300+0000');
    expect(await bench.incident()).toMatchObject({ seen: 2, state: { kind: 'firing' } });
  });

  it('an OK after a person resolved it changes nothing', async () => {
    await bench.acts.resolveIncident(press());
    bench.source({ state: 'ok', since: at('2026-11-24T02:41:00Z') });
    await bench.hear('OK', '2026-11-24T02:41:09.300+0000');
    expect(await bench.incident()).toMatchObject({ state: { how: { kind: 'person' } } });
  });
});
