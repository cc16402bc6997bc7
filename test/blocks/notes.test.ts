import { describe, expect, it } from 'vitest';
import { drawNote, noteFaces } from '../../blocks/notes.ts';
import { incidentNote } from '../../src/incidents/incident-notes.ts';
import type { Note } from '../../src/outbox/card.ts';
import { linesOf, plainReading } from './kit/plain-reading.ts';
import { incidentOf, incidentStates } from './specimens/incidents.ts';
import { usual } from './specimens/moods.ts';
import { noteOf, notes } from './specimens/notes.ts';

/** As the outbox hands it over: through the store. */
const stored = (note: Note): Note => JSON.parse(JSON.stringify(note));
const states = incidentStates(usual);
const firing = states.firing ?? incidentOf(usual);
const opener = (why: 'opened' | 'confirmed' | 'reopened', incident = firing): string =>
  plainReading(drawNote(stored(incidentNote('01k8', why, incident))));

describe('the first reply to an incident', () => {
  it('says what is known and what to do', () => {
    expect(opener('opened').replaceAll('\u00a0', ' ')).toMatchInlineSnapshot(`
      "What is known
      • p95 latency 812 ms, at worst 1,204 ms, limit 500 ms, 3 of 3 min, since 2026-11-24 02:12 UTC
      • CloudWatch was asked and says ALARM itself
      • Version 7 serves as AllTraffic on 3 × ml.m5.large
      • Started 17 h after C212 (6 → 7) by Ana
      What to do
      1. Acknowledge on the card, so that others know who has it
      2. Follow the <runbook>
      3. Roll back to version 6: /model rollback employee-promotion, nobody else has to agree
      -- I87 · facts of the moment when it fired; the card shows the present"
    `);
  });

  it('calls nobody: the card did', () => {
    expect(opener('opened')).not.toContain('@');
  });

  it('calls who is on call when CloudWatch confirms later, or when it fires again', () => {
    expect(opener('confirmed')).toContain(':red_circle: Confirmed at CloudWatch · @S0ONCALL');
    expect(opener('reopened')).toContain(':red_circle: Fires again · @S0ONCALL');
  });

  it('calls nobody about what CloudWatch has not confirmed', () => {
    const unconfirmed = opener('reopened', incidentOf(usual, { confirmed: false }));
    expect(unconfirmed).not.toContain('@');
    expect(unconfirmed).toContain('Reported, not confirmed');
  });

  it('offers no way back behind a change of long ago', () => {
    const old = states['firing after an old change'] ?? firing;
    expect(opener('opened', old)).not.toContain('Roll back');
    expect(opener('opened', old)).toContain('/model status employee-promotion');
  });

  it('says what it does not know', () => {
    const bare = opener('opened', states['firing, low, nobody called'] ?? firing);
    expect(bare).toContain('What serves could not be read');
  });

  it('quotes an alarm that measures nothing', () => {
    expect(opener('opened', states['firing, no number'] ?? firing)).toContain('> Threshold Crossed:');
  });
});

describe('the last reply to an incident', () => {
  const resolved = (name: string): string =>
    plainReading(drawNote(stored(incidentNote('01k8', 'resolved', states[name] ?? firing))));

  it('tells how it went in five moments, the first and the last ones', () => {
    const lines = resolved('resolved by itself').split('\n');
    expect(lines[0]?.replaceAll('\u00a0', ' ')).toBe(
      ':white_check_mark: Resolved after 29 min · by itself: alarm back to OK, 47 ms',
    );
    expect(lines[1]).toContain('fired again, 0');
    expect(lines[2]).toMatch(/^… \d+\u00a0moments between$/);
    expect(lines.slice(3, 7).map((line) => line.slice(-6))).toEqual([
      '196\u00a0ms',
      '197\u00a0ms',
      '198\u00a0ms',
      '199\u00a0ms',
    ]);
  });

  it('quotes the note of whoever resolved it', () => {
    expect(resolved('resolved by a person')).toContain('> It loads the region table on every request.');
  });
});

describe('a step of a change', () => {
  const step = (facts: Note['facts']): string => plainReading(drawNote(noteOf('change-step', facts)));

  it('is one line: when, what, who, and what the alarms say', () => {
    const facts = {
      change: 'C212',
      model: 'employee-promotion',
      at: 1_795_423_620_000,
      says: 'canary 50\u00a0% reached',
      outcome: 'news',
      bakesUntil: 1_795_424_220_000,
      alarms: [{ name: 'a', state: 'OK' }],
    };
    expect(step(facts).replaceAll('\u00a0', ' ')).toBe(
      ':hourglass_flowing_sand: 2026-11-23 08:47 UTC  canary 50 % reached, bakes until 2026-11-23 08:57 UTC; none of 1 alarm fires',
    );
  });

  it.each([
    ['done', ':white_check_mark:'],
    ['went-back', ':leftwards_arrow_with_hook:'],
    ['failed', ':x:'],
    ['something new', ':hourglass_flowing_sand:'],
  ])('%s has its sign', (outcome, sign) => {
    expect(step({ change: 'C212', says: 'it happened', at: 1_795_423_620_000, outcome })).toContain(sign);
  });
});

describe('a reply that this version cannot read', () => {
  it.each([
    ['an unknown face', noteOf('shadow-poem', {})],
    ['another layout', noteOf('incident-opener', { ...incidentNote('x', 'opened', firing).facts }, 2)],
    ['facts that are none', noteOf('incident-opener', { id: 87, state: 'firing', timeline: 'long' })],
    ['a step without words', noteOf('change-step', { change: 'C212', at: 1 })],
    ['an end that is none', noteOf('incident-resolved', { ...incidentNote('x', 'opened', firing).facts })],
  ])('%s says so, and where to look', (_, note) => {
    const [first, ...rest] = linesOf(drawNote(note));
    expect(first).toBe(':information_source: A reply about C212 cannot be shown.');
    expect(rest.join(' ')).toContain('the card above shows what is true now');
  });

  it('survives any single fact that is missing', () => {
    const facts = stored(incidentNote('x', 'opened', firing)).facts;
    for (const key of Object.keys(facts)) {
      const { [key]: _, ...without } = facts;
      expect(drawNote(noteOf('incident-opener', without)).text.length).toBeGreaterThan(20);
    }
  });
});

describe('faces', () => {
  it('each is drawn by a specimen', () => {
    expect(new Set(notes.map(({ value }) => value.face))).toEqual(new Set([...noteFaces, ...unknownFaces()]));
  });

  function unknownFaces(): readonly string[] {
    return notes.map(({ value }) => value.face).filter((face) => !noteFaces.includes(face));
  }
});
