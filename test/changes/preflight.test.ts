import { describe, expect, it } from 'vitest';
import {
  alarm,
  facts,
  image,
  live,
  minuteMs,
  plan,
  policy,
  refusalOf,
  rollout,
  serving,
  shadowServing,
  shadowTest,
  shown,
  stops,
  version,
} from './facts-kit.ts';

const fleet = (instances: number) => ({ serving: serving({ shown: shown({ variants: [live({ instances })] }) }) });
const containers = (parts: object) => ({ candidate: version(7, { images: [{ ...image(7), ...parts }] }) });

describe('a plan is refused before anything is sent', () => {
  it.each([
    ['a canary of half an instance', fleet(1), ['a step is at least one instance']],
    ['a rollout that nothing can stop', { policy: rollout({ guards: {} }) }, ['an alarm can stop it']],
    ['a bake too short for an alarm', { policy: rollout({ bakeMs: 30_000 }) }, ['bakes are long enough for an alarm']],
    ['waits beyond the timeout', { policy: rollout({ timeoutMs: 20 * minuteMs }) }, ['waits fit the timeout']],
    [
      'linear steps of less than a tenth',
      { policy: rollout({ strategy: 'linear', sizeShare: 0.05 }), ...fleet(40) },
      expect.arrayContaining(['step size is within SageMaker’s bounds']),
    ],
    ['an image known by its tag alone', containers({ digest: '' }), ['images have digests']],
    ['an artefact without an ETag', containers({ etag: '' }), ['artefacts have ETags']],
    ['a rejected version', { candidate: version(7, { approval: 'rejected' }) }, ['version is not rejected']],
    ['a version still being registered', { candidate: version(7, { status: 'in-progress' }) }, ['version is complete']],
    [
      'an instance type it was not registered for',
      { candidate: version(7, { instanceTypes: ['ml.c5.large'] }) },
      ['instance type is supported'],
    ],
    [
      'an endpoint that is being updated',
      { serving: serving({ shown: shown({ status: 'updating' }) }) },
      ['endpoint is in service'],
    ],
    ['a shadow that somebody else started', { serving: shadowServing() }, ['no foreign shadow']],
  ])('%s', (_, parts, checks) => {
    expect(stops(parts)).toEqual(checks);
  });

  it.each([
    ['missing', [], ['alarm p99']],
    ['firing', [alarm('p99', { state: 'ALARM' })], ['alarm p99 is OK']],
    ['without data', [alarm('p99', { state: 'INSUFFICIENT_DATA' })], ['alarm p99 is OK']],
    ['too slow for the bake', [alarm('p99', { spanMs: 20 * minuteMs })], ['alarm p99 can fire in a bake']],
  ])('a standing alarm that is %s', (_, alarms, checks) => {
    expect(stops({ policy: rollout({ alarms: ['p99'] }), alarms })).toEqual(checks);
  });

  it('says how many checks there were, and how to mend each that failed', () => {
    const refusal = refusalOf({ ...fleet(1), candidate: version(7, { approval: 'rejected' }) });
    const findings = refusal.kind === 'preflight' ? refusal.findings.filter(({ level }) => level === 'stop') : [];
    expect(findings.map(({ fix }) => fix)).toEqual([
      'If that was a mistake, set it to PendingManualApproval in the registry first.',
      'Run at least 2 instances, or use strategy: all-at-once.',
    ]);
    expect(refusal).toMatchObject({ checks: plan().checks });
  });
});

describe('worth knowing, but no reason to refuse', () => {
  const sentences = (parts: Parameters<typeof plan>[0]) => plan(parts).findings.map(({ sentence }) => sentence);

  it('an error alarm that fires only when every call fails', () => {
    const every = alarm('p99', { metric: 'Invocation5XXErrors', statistic: 'Average', threshold: 1 });
    expect(sentences({ policy: rollout({ alarms: ['p99'] }), alarms: [every] })).toContain(
      'p99 fires only when every call fails (average of 1).',
    );
  });

  it('a shadow test that is stopped on the way', () => {
    expect(sentences({ serving: shadowServing(), test: shadowTest() })).toContain(
      'Shadow test S31 of version 7 is stopped first.',
    );
  });
});

describe('what cannot be planned at all', () => {
  it.each([
    ['promote onto nothing', { kind: 'promotion' as const, serving: undefined }, 'nothing-serves'],
    ['roll back nothing', { kind: 'rollback' as const, serving: undefined }, 'nothing-serves'],
    ['roll back without a way', { kind: 'rollback' as const }, 'no-way-back'],
    [
      'start a second shadow test',
      { kind: 'shadow-start' as const, serving: shadowServing(), test: shadowTest() },
      'shadow-running',
    ],
    ['stop no shadow test', { kind: 'shadow-stop' as const }, 'no-shadow'],
  ])('%s', (_, parts, kind) => {
    expect(refusalOf(parts)).toMatchObject({ kind });
  });

  it('a shadow test where none is configured, or beside an unregistered model', () => {
    expect(stops({ kind: 'shadow-start', policy: policy({ shadow: undefined }) })).toEqual([
      'shadow tests are configured',
    ]);
    const foreign = serving({ version: undefined });
    expect(stops({ kind: 'shadow-start', serving: foreign })).toEqual(['what serves is a registered version']);
  });

  it('a rollback may leave an endpoint whose update and way back both failed', () => {
    const to = { configName: 'older', version: 5, packageArn: 'a', images: [], change: 'C1', since: 0 };
    const broken = serving({ shown: shown({ status: 'update-rollback-failed' }) });
    const wayBack = { to, now: { config: true, model: true, images: [] } };
    expect(plan({ ...facts(), kind: 'rollback', serving: broken, wayBack }).kind).toBe('rollback');
    expect(stops({ serving: broken })).toEqual(['endpoint is in service']);
  });
});
