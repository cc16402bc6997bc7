import { describe, expect, it } from 'vitest';
import type { Alert } from '../../src/alerts/alert.ts';
import { cloudWatchAlarm } from '../../src/alerts/sources/cloudwatch-alarm.ts';
import { Incident } from '../../src/incidents/incident.ts';
import {
  acknowledge,
  fold,
  openIncident,
  reopenByAlert,
  reopenByPerson,
  resolveByPerson,
  resolveBySource,
} from '../../src/incidents/incident-life.ts';
import { ana, later, mira } from '../kit/alerts.ts';
import { bodyOf, specimen } from '../kit/specimens.ts';

const fired = cloudWatchAlarm(bodyOf(specimen('cloudwatch-alarm.p95-latency').text));
if (!fired) throw new Error('the specimen is no alarm');
const began = fired.stateAt;
const again = (minutes: number): Alert => ({ ...fired, stateAt: later(began, minutes) });
const open = openIncident(fired, {
  id: 'I87',
  model: 'employee-promotion',
  channel: 'C0PROMO',
  severity: 'high',
  confirmed: true,
});

function done(result: ReturnType<typeof acknowledge>): Incident {
  if (!result.ok) throw new Error(result.refusal.kind);
  return result.value;
}
const acknowledged = done(acknowledge(open, mira, later(began, 3)));
const resolved = done(resolveByPerson(acknowledged, { by: ana, note: 'Rolled back.' }, later(began, 29)));
const told = (incident: Incident): readonly string[] => incident.timeline.map((moment) => moment.sentence);

describe('an incident begins with the alarm', () => {
  it('since the alarm’s own time, with its value and limit', () => {
    expect(open).toMatchObject({ openedAt: began, stateAt: began, seen: 1, state: { kind: 'firing' } });
    expect(open.measure).toEqual({
      value: 812.345,
      worst: 812.345,
      limit: 500,
      unit: 'ms',
      datapoints: '3 of 3\u00a0min',
    });
    expect(told(open)).toEqual(['fired, 812\u00a0ms']);
  });

  it('without a measure where the alarm names none', () => {
    const { measure: _, ...plain } = openIncident({ ...fired, value: undefined }, { ...open });
    expect(plain).not.toHaveProperty('measure');
  });

  it('is what the store keeps', () => {
    expect(Incident.parse(JSON.parse(JSON.stringify(resolved)))).toEqual(resolved);
  });
});

describe('one person has it', () => {
  it('whoever acknowledges first', () => {
    expect(acknowledged.state).toEqual({ kind: 'acknowledged', by: mira, at: later(began, 3) });
    expect(acknowledge(acknowledged, ana, later(began, 4))).toEqual({
      ok: false,
      refusal: { kind: 'already-acknowledged', id: 'I87', by: 'Mira', at: later(began, 3) },
    });
  });

  it('and keeps it while the alarm repeats', () => {
    expect(fold(acknowledged, again(5), true).state).toEqual(acknowledged.state);
  });
});

describe('resolve wins over a late acknowledge', () => {
  it('the late one is told who resolved it', () => {
    expect(acknowledge(resolved, mira, later(began, 30))).toEqual({
      ok: false,
      refusal: { kind: 'already-resolved', id: 'I87', how: 'by Ana', at: later(began, 29) },
    });
    expect(resolveByPerson(resolved, { by: mira }, later(began, 30)).ok).toBe(false);
  });

  it('or that it ended by itself', () => {
    const ended = resolveBySource(open, later(began, 10), 47);
    expect(acknowledge(ended, mira, later(began, 30))).toMatchObject({ refusal: { how: 'by itself' } });
  });

  it('keeps who had it and what was noted', () => {
    expect(resolved.state).toMatchObject({
      how: { kind: 'person', by: ana, note: 'Rolled back.' },
      owner: { by: mira, at: later(began, 3) },
    });
  });
});

describe('a resolved incident comes back', () => {
  it('by a newer ALARM, and somebody has to take it again', () => {
    const back = reopenByAlert(resolved, again(40), true);
    expect(back).toMatchObject({ seen: 2, state: { kind: 'firing' }, openedAt: began });
    expect(told(back)).toEqual([
      'fired, 812\u00a0ms',
      'acknowledged by Mira',
      'resolved by Ana',
      'fired again, 812\u00a0ms',
    ]);
  });

  it('by a person, and what CloudWatch said before does not close it again', () => {
    const said = { state: 'ok', since: later(began, 29) } as const;
    const back = done(reopenByPerson(resolved, { by: mira, said }, later(began, 60)));
    expect(back).toMatchObject({ state: { kind: 'firing' }, stateAt: later(began, 29) });
  });

  it.each([
    ['says nothing', 'no-answer' as const],
    ['fires', { state: 'firing' as const, since: later(began, 50) }],
    ['says what is known', { state: 'ok' as const, since: later(began, -5) }],
  ])('by a person while CloudWatch %s, and the next end counts by its own time', (_, said) => {
    const back = done(reopenByPerson(resolved, { by: mira, said }, later(began, 60)));
    expect(back.stateAt).toBe(began);
  });

  it('but an open one cannot be reopened', () => {
    expect(reopenByPerson(open, { by: mira, said: 'no-answer' }, later(began, 1))).toEqual({
      ok: false,
      refusal: { kind: 'not-resolved', id: 'I87' },
    });
  });
});

describe('a timeline has room', () => {
  it('for a flapping week: the beginning and the newest lines stay', () => {
    let flapping = open;
    for (let minute = 1; minute < 1_000; minute += 2) {
      flapping = reopenByAlert(resolveBySource(flapping, later(began, minute), undefined), again(minute + 1), true);
    }
    expect(flapping.timeline).toHaveLength(200);
    expect(flapping.timeline[0]).toEqual(open.timeline[0]);
    expect(flapping.timeline.at(-1)?.at).toBe(later(began, 1_000));
    expect(flapping.seen).toBe(501);
  });
});
