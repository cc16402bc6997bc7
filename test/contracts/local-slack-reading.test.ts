import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { instant } from '../../src/kernel/time.ts';
import { type Names, plainText } from '../../src/local/slack/people/plain-text.ts';

const names: Names = {
  user: (id) => ({ U0ANA: 'Ana', U0BO: 'Bo' })[id] ?? id,
  group: (id) => ({ S0APPROVERS: 'approvers', S0ONCALL: 'promo-oncall' })[id] ?? id,
  channel: (id) => ({ C0PROMO: 'ml-promotion' })[id] ?? id,
  // 24 November 2026, 02:41 UTC
  now: () => instant(1_795_488_060_000),
};
const card = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../data/cards/${name}.json`, import.meta.url), 'utf8'));
/** No-break spaces read like spaces. */
const read = (name: string) => plainText(card(name), names).replaceAll('\u00a0', ' ').split('\n');

describe('a card read out', () => {
  it('has names for ids, words for dates, and its buttons at the end', () => {
    expect(read('incident-firing')).toEqual([
      '🔴 Firing, high · p95 latency 812 ms · employee-promotion',
      'Limit  500 ms · usually 46 ms · 3 of 3 min',
      'Since  24 Nov 2026 at 02:12 UTC (29 min ago)',
      'Serving  version 7 · all traffic · 3 × ml.m5.large',
      'Changed  6 → 7 by Ana, 23 Nov 2026 at 09:09 UTC',
      'On call  @promo-oncall',
      'Open  Runbook · Alarm · Logs · Endpoint',
      '[Acknowledge] [Silence…] [Roll back…] ⋯ (Resolve…, Hand over…, Add a note…, Timeline, Show the message)',
      'I87 · employee-promotion-latency-p95 · 111122223333 us-east-1',
    ]);
  });

  it('lines up its table and tells the course of its chart', () => {
    const lines = read('shadow-promote');
    expect(lines).toContain('Metric       Judgement  Production   Shadow    Difference                 Limit');
    expect(lines).toContain('Accuracy     ✅ pass    93.2 %       94.2 %    +0.98 pp (+0.80 to +1.17)  −1 pp');
    expect(lines).toContain('Chart: Accuracy difference and its 95 % interval (line, 7 points, 17 Nov to 23 Nov)');
    expect(lines).toContain('  lower bound  ▅▆▆▆▆▆▆  0.37 → 0.8 (0.37 to 0.8)');
    expect(lines).toContain('  limit        ▁▁▁▁▁▁▁  -1 throughout');
  });

  it('shows what is chosen in a form and what may be written', () => {
    const lines = read('modal-deploy');
    expect(lines).toContain('  (•) 7 · boosted trees · AUC 0.908');
    expect(lines).toContain('Bake, minutes: 10');
    expect(lines).toContain('Why (optional): ____ (Read by the approver and kept in the audit trail)');
  });
});

describe('plain words of a message', () => {
  it('undo what Slack escapes and name what it points at', () => {
    const text =
      '<@U0BO> asked <!subteam^S0APPROVERS> in <#C0PROMO|x>: p &lt; 1 &amp; <https://example.com|the runbook> :eyes:';
    expect(plainText({ text }, names)).toBe('@Bo asked @approvers in #ml-promotion: p < 1 & the runbook 👀');
  });

  it('give way to blocks where there are any', () => {
    expect(plainText({ text: 'for the phone', blocks: [{ type: 'divider' }] }, names)).toBe('───');
  });
});
