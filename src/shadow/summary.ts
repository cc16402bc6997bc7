import type { Operations, ShadowTest, Summary } from './shadow-test.ts';

export type SummaryFacts = {
  readonly test: ShadowTest;
  readonly slot: number;
  readonly from: number;
  readonly to: number;
  readonly production: Operations;
  readonly shadow: Operations;
  readonly margins: Summary['margins'];
};

/**
 * The numbers of one window, side by side. Operations alone decide nothing: without judged pairs there is no verdict, and
 * the sentence says so instead of suggesting one.
 */
export function summarise(facts: SummaryFacts): Summary {
  const { test } = facts;
  return {
    schema: 1,
    id: `${test.id}@${facts.slot}`,
    shadowTest: test.id,
    model: test.model,
    slot: facts.slot,
    from: facts.from,
    to: facts.to,
    productionVersion: test.productionVersion,
    candidateVersion: test.candidateVersion,
    production: facts.production,
    shadow: facts.shadow,
    samplingShare: test.samplingShare,
    verdict: 'no-verdict',
    sentence: sentenceOf(facts),
    margins: facts.margins,
  };
}

function sentenceOf({ production, shadow, margins }: SummaryFacts): string {
  if (production.requests === 0) return 'No verdict: no traffic reached production in this window.';
  if (shadow.requests === 0) return 'No verdict: nothing was mirrored to the shadow in this window.';
  const findings = [latencyFinding(production, shadow, margins), errorFinding(production, shadow, margins)];
  const beyond = findings.filter((finding) => finding !== undefined);
  const answers = 'their answers are not judged yet';
  return beyond.length === 0
    ? `No verdict: latency and errors are within their margins, ${answers}.`
    : `No verdict: ${beyond.join(' and ')}, ${answers}.`;
}

function latencyFinding(production: Operations, shadow: Operations, margins: Summary['margins']): string | undefined {
  if (production.p95Ms === null || shadow.p95Ms === null || production.p95Ms === 0) return undefined;
  const ratio = shadow.p95Ms / production.p95Ms;
  return ratio > margins.latencyRatio ? `p95 latency is ×${ratio.toFixed(2)} of production` : undefined;
}

function errorFinding(production: Operations, shadow: Operations, margins: Summary['margins']): string | undefined {
  const more = shadow.errors / shadow.requests - production.errors / production.requests;
  return more > margins.errorRate ? `errors are ${(more * 100).toFixed(2)}\u00a0pp above production` : undefined;
}
