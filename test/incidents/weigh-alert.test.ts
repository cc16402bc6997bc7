import { describe, expect, it } from 'vitest';
import type { Alert, AlertState, SourceAnswer } from '../../src/alerts/alert.ts';
import { cloudWatchAlarm } from '../../src/alerts/sources/cloudwatch-alarm.ts';
import type { Incident } from '../../src/incidents/incident.ts';
import { openIncident, resolveByPerson, resolveBySource } from '../../src/incidents/incident-life.ts';
import { bearingOf, type Effect, weigh, withPlausibleTime } from '../../src/incidents/weigh-alert.ts';
import { plus } from '../../src/kernel/time.ts';
import { at, later, mira } from '../kit/alerts.ts';
import { bodyOf, specimen } from '../kit/specimens.ts';

const fired = cloudWatchAlarm(bodyOf(specimen('cloudwatch-alarm.p95-latency').text));
if (!fired) throw new Error('the specimen is no alarm');
const began = fired.stateAt;

const alert = (state: AlertState, minutes: number): Alert => ({ ...fired, state, stateAt: later(began, minutes) });
const open = openIncident(fired, {
  id: 'I1',
  model: 'employee-promotion',
  channel: 'C0PROMO',
  severity: 'high',
  confirmed: true,
});
const over = resolveBySource(open, later(began, 10), 47);
const source = (state: AlertState, minutes: number): SourceAnswer => ({ state, since: later(began, minutes) });

function effect(message: Alert, current: Incident | undefined, answer: SourceAnswer): Effect | string {
  const bearing = bearingOf(message, current);
  return bearing.kind === 'nothing' ? bearing.because : weigh(message, bearing, answer);
}
const stateAfter = (result: Effect | string): string =>
  typeof result === 'string'
    ? result
    : 'incident' in result
      ? `${result.kind}: ${result.incident.state.kind}`
      : result.kind;

describe('the source’s own time decides, not the order of arrival', () => {
  it.each([
    ['an older ALARM on an open incident', alert('firing', -5), open, 'not newer than I1'],
    ['the same ALARM again', alert('firing', 0), open, 'not newer than I1'],
    ['an OK from before it fired', alert('ok', -1), open, 'not newer than I1'],
    ['an ALARM from before it was resolved', alert('firing', 9), over, 'not newer than I1'],
    ['an OK when nothing is open', alert('ok', 0), undefined, 'OK, nothing was open'],
    ['no data when nothing is open', alert('no-data', 0), undefined, 'no data, nothing was open'],
    ['an OK after a person resolved it', alert('ok', 20), over, 'OK, nothing was open'],
  ])('%s changes nothing', (...[, message, current, because]) => {
    expect(effect(message, current, 'no-answer')).toBe(because);
  });
});

describe('a newer ALARM', () => {
  it('opens the first incident of its key, confirmed when CloudWatch says ALARM too', () => {
    expect(effect(alert('firing', 0), undefined, source('firing', 0))).toEqual({
      kind: 'open',
      confirmed: true,
      endedAt: undefined,
    });
  });

  it.each<[string, SourceAnswer]>([
    ['gives no answer', 'no-answer'],
    ['says it has been OK all along', source('ok', -60)],
    ['has had no data all along', source('no-data', -60)],
  ])('is reported, not confirmed, when CloudWatch %s', (_, answer) => {
    expect(effect(alert('firing', 0), undefined, answer)).toMatchObject({
      kind: 'open',
      confirmed: false,
      endedAt: undefined,
    });
  });

  it('stays confirmed when CloudWatch lost its data since', () => {
    expect(effect(alert('firing', 0), undefined, source('no-data', 3))).toMatchObject({ confirmed: true });
  });

  it('that is over again before it was read opens and ends at once', () => {
    expect(effect(alert('firing', 0), undefined, source('ok', 2))).toEqual({
      kind: 'open',
      confirmed: true,
      endedAt: later(began, 2),
    });
  });

  it('folds into the open incident: counted, worst kept', () => {
    const result = effect({ ...alert('firing', 5), value: 1204 }, open, source('firing', 0));
    expect(result).toMatchObject({
      kind: 'folded',
      incident: { seen: 2, lastSeenAt: later(began, 5), measure: { value: 1204, worst: 1204 } },
    });
    const milder = effect({ ...alert('firing', 5), value: 600 }, open, source('firing', 0));
    expect(milder).toMatchObject({ incident: { measure: { value: 600, worst: 812.345 } } });
  });

  it('counts the lowest as the worst where the limit is undercut', () => {
    const low = { ...open, measure: { value: 10, worst: 10, limit: 100, unit: 'count' as const, datapoints: '' } };
    const lower = effect({ ...alert('firing', 5), value: 4, limit: 100, unit: 'count' }, low, source('firing', 0));
    expect(lower).toMatchObject({ incident: { measure: { worst: 4 } } });
    const higher = effect({ ...alert('firing', 5), value: 40, limit: 100, unit: 'count' }, low, source('firing', 0));
    expect(higher).toMatchObject({ incident: { measure: { worst: 10 } } });
  });

  it('reopens what ended within the hour, whoever ended it', () => {
    expect(stateAfter(effect(alert('firing', 30), over, source('firing', 30)))).toBe('reopened: firing');
    const byMira = resolveByPerson(open, { by: mira }, later(began, 10));
    expect(byMira.ok && stateAfter(effect(alert('firing', 30), byMira.value, source('firing', 30)))).toBe(
      'reopened: firing',
    );
  });

  it('is a new incident when the last one ended more than an hour ago', () => {
    expect(effect(alert('firing', 71), over, source('firing', 71))).toMatchObject({ kind: 'open' });
  });

  it('reopened without the source’s word is not confirmed any more', () => {
    expect(effect(alert('firing', 30), over, 'no-answer')).toMatchObject({
      kind: 'reopened',
      incident: { confirmed: false },
    });
  });
});

describe('a newer OK', () => {
  it('resolves only when CloudWatch says OK too', () => {
    const result = effect({ ...alert('ok', 29), value: 47 }, open, source('ok', 29));
    expect(result).toMatchObject({
      kind: 'resolved',
      incident: { state: { kind: 'resolved', at: later(began, 29), how: { kind: 'by-itself', value: 47 } } },
    });
  });

  it.each<[string, SourceAnswer]>([
    ['gives no answer', 'no-answer'],
    ['still says ALARM', source('firing', 0)],
    ['has no data', source('no-data', 5)],
  ])('is only noted when CloudWatch %s', (_, answer) => {
    const result = effect(alert('ok', 29), open, answer);
    expect(stateAfter(result)).toBe('noted: firing');
    expect(result).toMatchObject({ incident: { stateAt: began, seen: 1 } });
    expect(typeof result === 'object' && 'incident' in result && result.incident.timeline.at(-1)?.sentence).toBe(
      'OK reported, not confirmed at the source',
    );
  });

  it('that was not confirmed does not shut out the true one, however late it claims to be', () => {
    const noted = effect(alert('ok', 500), open, source('firing', 0));
    const current = typeof noted === 'object' && 'incident' in noted ? noted.incident : undefined;
    expect(stateAfter(effect(alert('ok', 29), current, source('ok', 29)))).toBe('resolved: resolved');
  });
});

describe('lost data', () => {
  it('ends nothing', () => {
    const result = effect(alert('no-data', 5), open, 'no-answer');
    expect(stateAfter(result)).toBe('noted: firing');
    expect(result).toMatchObject({ incident: { stateAt: later(began, 5) } });
  });
});

describe('a message dated ahead', () => {
  it('counts as of now, so that it cannot outrank every true message to come', () => {
    const now = at('2026-11-24T02:13:00Z');
    expect(withPlausibleTime({ ...fired, stateAt: at('2099-01-01T00:00:00Z') }, now).stateAt).toBe(now);
    const soon = plus(now, 60_000);
    expect(withPlausibleTime({ ...fired, stateAt: soon }, now).stateAt).toBe(soon);
  });
});
