import { expect, it } from 'vitest';
import type { ReadSource } from '../../src/alerts/read-alert.ts';
import { allSpecimens, bodyOf } from '../kit/specimens.ts';

const junk: readonly unknown[] = [null, '', 'x', 0, -1, true, [], {}, [null], { a: { b: null } }];

/** What every source promises, whatever it reads. Its specimens are those of `data/events` that carry its name. */
export function keepsAlertSourcePromises(name: string, source: ReadSource): void {
  const specimens = allSpecimens();
  const own = specimens.filter((each) => each.source === name);
  const others = specimens.filter((each) => each.source !== name);

  it('has specimens', () => expect(own.length).toBeGreaterThan(0));

  it.each(own.map((each) => [each.name, each.text] as const))('reads %s as its own', (_, text) => {
    const alert = source(bodyOf(text));
    expect(alert).toMatchObject({ source: name, account: '111122223333', region: 'us-east-1' });
    expect(alert?.key).toBeTruthy();
    expect(alert?.what).toBeTruthy();
    expect(['firing', 'ok', 'no-data']).toContain(alert?.state);
  });

  it.each(others.map((each) => [each.name, each.text] as const))('leaves %s to somebody else', (_, text) => {
    expect(source(bodyOf(text))).toBeUndefined();
  });

  it('leaves junk to somebody else', () => {
    for (const value of junk) expect(source(bodyOf(JSON.stringify(value)))).toBeUndefined();
    expect(source(bodyOf('not JSON'))).toBeUndefined();
  });

  it.each(own.map((each) => [each.name, each.text] as const))('never throws on a damaged %s', (_, text) => {
    let tried = 0;
    for (const damaged of damages(JSON.parse(text))) {
      const alert = source(bodyOf(JSON.stringify(damaged)));
      if (alert) expect(Number.isFinite(alert.stateAt)).toBe(true);
      tried += 1;
    }
    expect(tried).toBeGreaterThan(50);
  });

  it('brings foreign text through as one short line without hidden characters', () => {
    const hostile = `a\u202eb\u0000c\n<!channel>${'x'.repeat(20_000)}\ud800`;
    for (const { text } of own) {
      const body = { ...JSON.parse(text), AlarmName: hostile, NewStateReason: hostile };
      const alert = source(bodyOf(JSON.stringify(body)));
      for (const field of [alert?.alarmName, alert?.reason, alert?.key]) {
        expect(field?.length).toBeLessThanOrEqual(1_000);
        expect(field).not.toMatch(/[\p{Cc}\p{Surrogate}\u202e]/u);
      }
    }
  });
}

/** The value with each of its members, at any depth, replaced by each kind of junk in turn. */
function* damages(value: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const put = (next: unknown): unknown =>
      Array.isArray(value) ? value.map((old, at) => (String(at) === key ? next : old)) : { ...value, [key]: next };
    for (const other of junk) yield put(other);
    for (const inner of damages(member)) yield put(inner);
  }
}
