import { describe, expect, it } from 'vitest';
import { parseEvaluationReport } from '../../src/changes/evaluation-report.ts';
import { facts, plan, policy, refusalOf, report, serving } from './facts-kit.ts';

const candidate = (text: string) => ({ report: { version: 7, read: { kind: 'found' as const, text } } });
const unreadable = (because: string) => ({ report: { version: 7, read: { kind: 'unreadable' as const, because } } });
const failing = (text: string) => {
  const refusal = refusalOf(candidate(text));
  return refusal.kind === 'evidence-not-met'
    ? refusal.checks.filter(({ pass }) => !pass).map(({ metric }) => metric)
    : refusal;
};

describe('the quality gate of a deploy', () => {
  it('passes a report that meets every threshold, and keeps each with its limit', () => {
    expect(plan().evidence).toMatchObject({
      kind: 'gate',
      heldOutRows: 10_961,
      checks: expect.arrayContaining([{ metric: 'auc', value: 0.86, limit: 0.8, atLeast: true, pass: true }]),
    });
  });

  it.each([
    ['a threshold of the policy', report({ auc: 0.79 }), ['auc']],
    ['the best constant', report({ logLoss: 0.29 }), ['log loss against the best constant']],
    ['the serving version less the margin', report({ accuracy: 0.9 }), ['accuracy against version 6']],
    ['the limit of a gap between groups', report({ gap: -0.11 }), ['gap by gender', 'gap by gender against version 6']],
    ['a gap that grew by more than the margin', report({ gap: 0.04 }), ['gap by gender against version 6']],
  ])('refuses what does not meet %s', (_, text, metrics) => {
    expect(failing(text)).toEqual(metrics);
  });

  it('accepts a loss within the margin', () => {
    expect(plan(candidate(report({ accuracy: 0.911 }))).evidence.kind).toBe('gate');
  });
});

describe('what is not measured is never a pass', () => {
  it.each([
    ['no report', { report: undefined }],
    ['a report that cannot be opened', unreadable('its evaluation report is not there')],
    ['a report that is no JSON', candidate('not json')],
    ['a report without the rows it was measured on', candidate('{"binary_classification_metrics":{}}')],
    ['a report without a metric of the policy', candidate(report().replace('"auc"', '"other"'))],
    ['a report without the best constant', candidate(report().replace('log_loss_best_constant_classifier', 'other'))],
    ['a report without a facet of the policy', candidate(report().replace('"gender"', '"region"'))],
    ['a value that is no number', candidate(report().replace('{"value":0.86}', '{"value":null}'))],
    ['a metric that the serving version was measured on', candidate(report().replace('"accuracy"', '"other"'))],
  ])('%s', (_, parts) => {
    expect(refusalOf(parts)).toMatchObject({ kind: 'evidence-missing', version: 7 });
  });

  it('says loudly when the serving version has no report to compare with', () => {
    const alone = plan({ servingReport: { version: 6, read: { kind: 'unreadable', because: 'none is registered' } } });
    expect(alone.findings.map(({ sentence }) => sentence)).toContain(
      'Not compared with version 6, which serves: none is registered.',
    );
  });
});

describe('the evidence rule', () => {
  it('a promotion on a verdict waits for the judge', () => {
    const waiting = policy({ evidence: { ...policy().evidence, promote: 'verdict' } });
    expect(refusalOf({ kind: 'promotion', policy: waiting })).toEqual({
      kind: 'evidence-not-yet',
      model: 'promo',
      asked: 'verdict',
    });
  });

  it('a deploy needs none where the policy says so', () => {
    const free = policy({ evidence: { ...policy().evidence, deploy: 'none' } });
    expect(plan({ policy: free, report: undefined }).evidence.kind).toBe('not-needed');
  });

  it('the first version is measured against the policy alone', () => {
    const first = plan({ serving: undefined, servingReport: undefined });
    expect(first.evidence).toMatchObject({ kind: 'gate' });
    expect(facts().serving?.version).toBe(serving().version);
  });
});

describe('reading a report', () => {
  it('takes numbers bare or as SageMaker writes them, in the judge’s names', () => {
    const text =
      '{"rows":10,"binary_classification_metrics":{"log_loss":0.2,"balanced_accuracy":{"value":0.7,"standard_deviation":"NaN"}}}';
    expect(parseEvaluationReport(text)).toEqual({
      ok: true,
      value: { rows: 10, metrics: { logLoss: 0.2, balancedAccuracy: 0.7 }, facetGaps: {} },
    });
  });
});
