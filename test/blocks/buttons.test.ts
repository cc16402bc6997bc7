import { describe, expect, it } from 'vitest';
import { changeCard } from '../../blocks/change-card.ts';
import { inboxCard } from '../../blocks/inbox-card.ts';
import { incidentCard } from '../../blocks/incident-card.ts';
import type { Message } from '../../blocks/message.ts';
import { planCard } from '../../blocks/plan-card.ts';
import { shadowCard } from '../../blocks/shadow-card.ts';
import { summaryCard } from '../../blocks/summary-card.ts';
import type { changeKinds } from '../../src/changes/plan.ts';
import { rowsOf } from './kit/walk.ts';
import { changeOf, planOf, statesOf } from './specimens/changes.ts';
import { inbox, incidentOf, incidentStates } from './specimens/incidents.ts';
import { usual } from './specimens/moods.ts';
import { shadowTests, summaries } from './specimens/shadow.ts';

const row = (message: Message): string => rowsOf(message).join(' · ');

/** The rows of one kind of change, by state. */
function rowsOfKind(kind: (typeof changeKinds)[number], from: 'empty' | 'serving' = 'serving') {
  const plan = planOf(kind, usual, from);
  return Object.fromEntries(
    Object.entries(statesOf(plan, usual)).map(([name, state]) => [name, row(changeCard(changeOf(plan, state, usual)))]),
  );
}

const waiting = '*Approve* · Reject… · ⋯ Withdraw (Ana)';
const ended = { rejected: '', expired: '', withdrawn: '', voided: '' };
const wentBack = { 'rolled back': '', 'in silence': '', aborted: '', 'aborted early': '' };

describe('the buttons of a change', () => {
  it.each(['deploy', 'promotion'] as const)('%s', (kind) => {
    expect(rowsOfKind(kind)).toEqual({
      planned: '*Ask for approval* · Discard',
      waiting,
      'one of two': waiting,
      started: '#Abort#',
      'new fleet': '#Abort#',
      canary: '#Abort#',
      'all traffic': '#Abort#',
      finishing: '#Abort#',
      aborting: '',
      succeeded: 'Roll back…',
      ...wentBack,
      'failed early': '',
      failed: '*Roll back…*',
      interrupted: 'Roll back…',
      ...ended,
    });
  });

  it.each(['shadow-start', 'shadow-stop'] as const)(
    '%s moves no traffic, so nothing is aborted or taken back',
    (kind) => {
      const rows = rowsOfKind(kind);
      expect(rows.waiting).toBe(waiting);
      const others = Object.entries(rows).filter(([state]) => !['planned', 'waiting', 'one of two'].includes(state));
      expect(others.map(([, buttons]) => buttons).filter((buttons) => buttons !== '')).toEqual([]);
    },
  );

  it('a rollback asks nobody and has no alarm to trip', () => {
    const rows = rowsOfKind('rollback');
    expect(rows.planned).toBe('*Roll back* · Discard');
    expect(rows['new fleet']).toBe('');
    expect(rows.succeeded).toBe('Roll back…');
  });

  it('the first version has nothing to go back to', () => {
    const rows = rowsOfKind('deploy', 'empty');
    expect(rows.succeeded).toBe('');
    expect(rows.failed).toBe('');
  });

  it.each([
    ['rollback', '*Roll back* · Discard'],
    ['shadow-start', '*Start the test* · Discard'],
    ['shadow-stop', '*Stop the test* · Discard'],
    ['deploy', '*Deploy* · Discard'],
    ['promotion', '*Promote* · Discard'],
  ] as const)('a %s that nobody has to approve says what it does', (kind, buttons) => {
    const plan = { ...planOf(kind, usual), approvals: [] };
    expect(row(planCard(changeOf(plan, { kind: 'planned', expiresAt: 0 }, usual)))).toBe(buttons);
  });

  it('a question stands before every press that moves traffic', () => {
    const plan = planOf('promotion', usual);
    const states = statesOf(plan, usual);
    const asked = [states.waiting, states.canary].flatMap((state) => {
      const card = state ? changeCard(changeOf(plan, state, usual)) : undefined;
      const buttons = card?.blocks.flatMap((block) => (block.type === 'actions' ? block.elements : [])) ?? [];
      return buttons.flatMap((each) =>
        each.type === 'button' && each.confirm?.title ? [each.confirm.title.text] : [],
      );
    });
    expect(asked).toEqual(['Promote employee-promotion 6\u00a0→\u00a07?', 'Abort the rollout of version\u00a07?']);
  });
});

describe('the buttons of an incident', () => {
  const states = incidentStates(usual);
  it.each([
    ['firing', '*Acknowledge* · Roll back… · ⋯ Resolve…, Timeline'],
    ['firing, unconfirmed', '*Acknowledge* · Roll back… · ⋯ Resolve…, Timeline'],
    ['firing after an old change', '*Acknowledge* · ⋯ Resolve…, Timeline'],
    ['firing, low, nobody called', '*Acknowledge* · ⋯ Resolve…, Timeline'],
    ['acknowledged', 'Roll back… · Resolve… · ⋯ Timeline'],
    ['resolved by itself', 'Timeline · Reopen'],
    ['resolved by a person', 'Timeline · Reopen'],
  ])('%s', (name, buttons) => {
    expect(row(incidentCard(states[name] ?? incidentOf(usual)))).toBe(buttons);
  });

  it('a press on roll back is about the change, not about the incident', () => {
    const { blocks } = incidentCard(incidentOf(usual));
    const buttons = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
    const values = buttons.flatMap((each) => (each.type === 'button' ? [each.value?.split('.')[0]] : []));
    expect(values).toEqual(['I87', 'C212']);
  });
});

describe('the buttons of messages, shadow tests and summaries', () => {
  it('an unparsed message can be read again, one that was read cannot', () => {
    const rows = inbox.filter(({ mood }) => mood === usual).map(({ value }) => row(inboxCard(value, 'x')));
    expect(rows).toEqual(['Read it again', '', '', '']);
  });

  it('only a running test can be stopped or promoted', () => {
    const rows = shadowTests.filter(({ mood }) => mood === usual).map(({ value }) => row(shadowCard(value)));
    expect(rows).toEqual(['', 'Status · Stop the test… · ⋯ Ask to promote…', '', '']);
  });

  it('a summary makes the step green that its verdict names, and no other', () => {
    const usualDay = summaries.filter(({ name }) => name.startsWith('usual a usual day'));
    expect(usualDay.map(({ value }) => `${value.verdict}: ${row(summaryCard(value))}`)).toEqual([
      'no-verdict: Status · Stop the test… · ⋯ Ask to promote…',
      'promote: *Ask to promote…* · Stop the test… · ⋯ Status',
      'keep-running: Status · Stop the test… · ⋯ Ask to promote…',
      'do-not-promote: *Stop the test…* · Status',
    ]);
  });
});

describe('block ids', () => {
  const idsOf = (cards: readonly Message[]): readonly string[] =>
    cards.flatMap(({ blocks }) => blocks.flatMap((block) => (block.type === 'actions' ? [block.block_id ?? ''] : [])));

  it('change with each edit of a change', () => {
    const plan = planOf('deploy', usual);
    const states = statesOf(plan, usual);
    const edits = [
      states.planned,
      states.waiting,
      states['one of two'],
      states.started,
      states.canary,
      states.succeeded,
    ];
    const ids = idsOf(edits.flatMap((state) => (state ? [changeCard(changeOf(plan, state, usual))] : [])));
    expect(new Set(ids).size).toBe(edits.length);
  });

  it('change with each edit of an incident, also when its timeline is full', () => {
    const full = incidentStates(usual)['seen often'] ?? incidentOf(usual);
    const newest = full.timeline.at(-1)?.at ?? 0;
    const acknowledged = {
      ...full,
      state: { kind: 'acknowledged' as const, by: usual.person('Mira'), at: newest },
      timeline: [...full.timeline.slice(1), { at: newest + 5_000, sentence: 'acknowledged by Mira' }],
    };
    const ids = idsOf([incidentCard(full), incidentCard(acknowledged), incidentCard({ ...full, seen: full.seen + 1 })]);
    expect(new Set(ids).size).toBe(3);
  });
});
