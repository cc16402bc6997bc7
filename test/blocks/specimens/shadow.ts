import type { Operations, ShadowTest, Summary } from '../../../src/shadow/shadow-test.ts';
import { summarise } from '../../../src/shadow/summary.ts';
import { hour, type Mood, moods, morning, type Specimen } from './moods.ts';

export function shadowTestOf(mood: Mood, state: ShadowTest['state']): ShadowTest {
  return {
    schema: 1,
    id: 'S31',
    model: mood.model,
    channel: 'C0PROMO',
    endpoint: mood.model,
    productionVariant: mood.longName('AllTraffic'),
    shadowVariant: mood.longName('Shadow-7'),
    productionVersion: 6,
    candidateVersion: mood.name === 'usual' ? 7 : 999_999_999,
    candidatePackageArn: 'arn:aws:sagemaker:::model-package/x/7',
    plainConfig: mood.longName('employee-promotion-c198'),
    shadowConfig: mood.longName('employee-promotion-c212'),
    samplingShare: 1,
    startedBy: mood.person('Ana'),
    startedAt: morning,
    endsAt: morning + 7 * 24 * hour,
    startChange: 'C212',
    state,
  };
}

export const shadowTests: readonly Specimen<ShadowTest>[] = moods.flatMap((mood) => {
  const states: readonly ShadowTest['state'][] = [
    { kind: 'starting' },
    { kind: 'running', since: morning },
    { kind: 'stopping', change: 'C214' },
    { kind: 'closed', at: morning + 48 * hour, because: mood.words('stopped by Ana') },
  ];
  return states.map((state) => ({ name: `${mood.name} ${state.kind}`, mood, value: shadowTestOf(mood, state) }));
});

const windows: Readonly<Record<string, readonly [Operations, Operations]>> = {
  'a usual day': [
    { requests: 7_824, errors: 3, p50Ms: 18.4, p95Ms: 41.2, p99Ms: 68 },
    { requests: 7_820, errors: 2, p50Ms: 19.1, p95Ms: 46.1, p99Ms: 71 },
  ],
  'a slow shadow': [
    { requests: 7_824, errors: 0, p50Ms: 18.4, p95Ms: 41.2, p99Ms: 68 },
    { requests: 7_820, errors: 90, p50Ms: 19.1, p95Ms: 51.6, p99Ms: 12_400 },
  ],
  nothing: [
    { requests: 0, errors: 0, p50Ms: null, p95Ms: null, p99Ms: null },
    { requests: 0, errors: 0, p50Ms: null, p95Ms: null, p99Ms: null },
  ],
  'too much': [
    { requests: 9e12, errors: 9e12, p50Ms: 0, p95Ms: 0.0001, p99Ms: 9e9 },
    { requests: 1, errors: 0, p50Ms: 0.2, p95Ms: 1e9, p99Ms: null },
  ],
};

export const summaries: readonly Specimen<Summary>[] = moods.flatMap((mood) =>
  Object.entries(windows).flatMap(([name, [production, shadow]]) => {
    const test = shadowTestOf(mood, { kind: 'running', since: morning });
    const margins = { latencyRatio: 1.25, errorRate: 0.005 };
    const from = morning;
    const summary = summarise({
      test,
      slot: from + 24 * hour,
      from,
      to: from + 24 * hour,
      production,
      shadow,
      margins,
    });
    const verdicts: readonly Summary['verdict'][] = ['promote', 'keep-running', 'do-not-promote'];
    return [
      { name: `${mood.name} ${name}`, mood, value: summary },
      ...verdicts.map((verdict) => ({
        name: `${mood.name} ${name}, ${verdict}`,
        mood,
        value: {
          ...summary,
          verdict,
          sentence: mood.words(`Verdict: ${verdict.replaceAll('-', ' ')}: all is proven.`),
        },
      })),
    ];
  }),
);
