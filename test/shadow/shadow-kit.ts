import { parseInstant } from '../../src/kernel/time.ts';
import type { ShadowTest } from '../../src/shadow/shadow-test.ts';

export const since = parseInstant('2026-11-23T08:40:00Z') ?? 0;
const days = 86_400_000;

/** A shadow test of version 2 beside 1, running since 08:40. */
export function runningTest(id: string, more: Partial<ShadowTest> = {}): ShadowTest {
  return {
    schema: 1,
    id,
    model: 'employee-promotion',
    channel: 'C0PROMO',
    endpoint: 'employee-promotion',
    productionVariant: 'AllTraffic',
    shadowVariant: 'Shadow',
    productionVersion: 1,
    candidateVersion: 2,
    candidatePackageArn: 'arn:aws:sagemaker:us-east-1:111122223333:model-package/employee-promotion/2',
    plainConfig: 'employee-promotion-plain',
    shadowConfig: 'employee-promotion-shadow',
    samplingShare: 1,
    startedBy: { user: 'U0ANA', name: 'Ana' },
    startedAt: since,
    endsAt: since + 7 * days,
    startChange: 'C2',
    state: { kind: 'running', since },
    ...more,
  };
}
