import { describe, expect, it } from 'vitest';
import { modelNamed } from '../../src/config/find-model.ts';
import { exampleText, exampleWith, loaded, promo, secrets } from './kit/real-world.ts';

describe('the documented example', () => {
  const config = loaded(exampleText);
  const model = modelNamed(config, 'employee-promotion');

  it('loads once its variables are set', () => {
    expect(Object.keys(config.models)).toEqual(['employee-promotion']);
    expect(config.announcements).toEqual([]);
    expect(config.readOnly).toBe(false);
  });

  it('reads percentages as shares and durations as milliseconds', () => {
    expect(model?.rollout).toEqual({
      strategy: 'canary',
      sizeShare: 0.5,
      bakeMs: 600_000,
      keepOldForMs: 600_000,
      timeoutMs: 3_600_000,
      guards: { errorsShare: 0.01, p99Ms: 250 },
      alarms: [],
    });
    expect(model?.approval).toEqual({
      all: [{ group: 'S0APPROVERS', count: 1 }],
      expiresMs: 28_800_000,
      breakGlass: false,
    });
    expect(model?.evidence).toEqual({
      deploy: 'gate',
      promote: 'verdict',
      verdictMaxAgeMs: 86_400_000,
      gate: { auc: 0.8 },
    });
    expect(model?.serving.capture).toEqual({ to: 's3://acme-capture/promo', samplingShare: 1 });
    expect(model?.labels).toEqual({ from: 's3://acme-labels/promo', matureAfterMs: 259_200_000 });
    expect(model?.guardrails.errors).toEqual({ warnShare: 0.005, breachShare: 0.01, onBreach: [] });
    expect(model?.windows).toEqual({
      timezone: 'Europe/Berlin',
      spans: [{ days: [1, 2, 3, 4, 5], fromMinute: 540, toMinute: 1020 }],
    });
  });

  it('lets a high incident be as loud as a critical one, and a warning be low', () => {
    expect(model?.severity.high).toEqual({ mention: 'S0ONCALL', escalate: [{ afterMs: 600_000, to: 'S0LEADS' }] });
    expect(model?.severity.low).toEqual({ escalate: [] });
  });

  it('gives each model its name', () => {
    expect(model?.name).toBe('employee-promotion');
  });

  it('reveals a secret only when asked', () => {
    expect(config.slack.botToken.reveal()).toBe(secrets.SLACK_BOT_TOKEN);
    expect(config.audit.signingKey.reveal()).toBe(secrets.UNDERSTUDY_AUDIT_KEY);
  });

  it('is frozen all the way down', () => {
    const unfrozen: string[] = [];
    const visit = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      if (!Object.isFrozen(value)) unfrozen.push(path);
      for (const [key, below] of Object.entries(value)) visit(below, `${path}.${key}`);
    };
    visit(config, 'config');
    expect(unfrozen).toEqual([]);
    expect(Object.isFrozen(config.models['employee-promotion']?.rollout.guards)).toBe(true);
  });
});

describe('what is not written', () => {
  const sections = [
    'runbook',
    'rollout',
    'evidence',
    'severity',
    'summary',
    'guardrails',
    'owners',
    'data',
    'labels',
    'shadow',
  ];
  const bare = loaded(
    exampleWith(
      ...['topics', 'queues', 'links', 'prices', 'logs', 'server', 'store'].map((key) => [key, undefined] as const),
      ...[...sections, 'windows'].map((key) => [promo(key), undefined] as const),
      [promo('serving.variant'), undefined],
    ),
  );
  const model = modelNamed(bare, 'employee-promotion');

  it('takes the stated default of a rollout', () => {
    expect(model?.rollout).toEqual(modelNamed(loaded(exampleText), 'employee-promotion')?.rollout);
  });

  it('leaves every guardrail off and no shadow test possible', () => {
    expect(Object.values(model?.guardrails ?? {})).toEqual(Array.from({ length: 7 }, () => 'off'));
    expect(model?.shadow).toBeUndefined();
  });

  it('never reaches outside this machine', () => {
    expect(bare.server).toEqual({ host: '127.0.0.1', port: 3000 });
    expect(bare.override).toEqual({});
    expect(bare.topics).toEqual([]);
    expect(bare.queues).toEqual([]);
  });

  it('keeps the default margins, also without a shadow test', () => {
    expect(model?.margins).toEqual({ accuracy: 0.01, errorRate: 0.005, latencyRatio: 1.25, dppl: 0.02 });
  });

  it('shows what belongs to no model where the trail is announced', () => {
    expect(loaded(exampleText).alerts.channel).toBe('C0ALERTS');
    expect(loaded(exampleWith(['alerts', undefined])).alerts.channel).toBe('C0AUDIT');
  });

  it('names the tables and the level of the logs', () => {
    expect(bare.store).toEqual({
      tables: { state: 'understudy-state', audit: 'understudy-audit' },
      region: 'us-east-1',
      leaseMs: 60_000,
    });
    expect(bare.logs.level).toBe('info');
  });

  it('runs a candidate as production runs', () => {
    const text = exampleWith([promo('shadow.instances'), undefined], [promo('shadow.instanceType'), undefined]);
    expect(modelNamed(loaded(text), 'employee-promotion')?.shadow).toMatchObject({
      instances: 2,
      instanceType: 'ml.m5.large',
    });
  });

  it('does not find a model that is only a property of every object', () => {
    expect(modelNamed(bare, 'constructor')).toBeUndefined();
  });
});
