import { describe, expect, it } from 'vitest';
import { drawNote } from '../../blocks/notes.ts';
import { planned } from '../../src/changes/change-life.ts';
import { changeNote, endNews, phaseNews } from '../../src/changes/change-notes.ts';
import { ana, order, plan } from './facts-kit.ts';

const about = { id: 'C212', model: 'promo', channel: 'C0', requestId: 'r' };
const change = planned({ ...about, plan: plan(), requestedBy: ana, requestedAt: order.plannedAt });
const at = order.plannedAt;
const drawn = (step: Parameters<typeof changeNote>[2]) => drawNote(changeNote(change, 'n1', step)).text;
const progress = { lookedAt: at, trafficShare: 0.5, phase: 'canary' as const, bakesUntil: at + 600_000, alarms: [] };

describe('what is said below the card of a change', () => {
  it('a canary that is reached, once', () => {
    const news = phaseNews(undefined, progress);
    expect(news && drawn(news)).toMatch(/^⏳ C212: canary 50.% reached.*bakes until/);
    expect(phaseNews(progress, { ...progress, lookedAt: at + 1 })).toBeUndefined();
  });

  it.each([
    ['an end that was asked for', { kind: 'succeeded' as const }, /^✅ C212: promo-.* serves, as asked/],
    [
      'a way back by an alarm',
      { kind: 'rolled-back' as const, reason: 'r', alarm: 'a', liveConfig: 'old' },
      /^↩️ C212: went back to old, alarm a fired/,
    ],
    [
      'a way back in silence',
      { kind: 'rolled-back' as const, reason: 'r', liveConfig: 'old' },
      /in silence, no alarm fired/,
    ],
    ['a failure', { kind: 'failed' as const, reason: 'r' }, /^❌ C212: failed/],
    ['an interruption', { kind: 'interrupted' as const, reason: 'r' }, /^⚠️ C212: interrupted/],
  ])('%s', (_, ending, words) => {
    expect(drawn(endNews(change, ending, at))).toMatch(words);
  });
});
