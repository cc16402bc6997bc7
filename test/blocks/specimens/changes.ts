import type { Change, ChangeState, Progress } from '../../../src/changes/change.ts';
import { type ChangeKind, changeKinds, type Plan } from '../../../src/changes/plan.ts';
import { hour, type Mood, minute, moods, morning, type Specimen } from './moods.ts';

const digest = '9f2c41ab'.repeat(8);

/** A plan of each kind, with as many steps, checks and findings as the planner makes at most. */
export function planOf(kind: ChangeKind, mood: Mood, empty: 'empty' | 'serving' = 'serving'): Plan {
  const guarded = (kind === 'deploy' || kind === 'promotion') && empty === 'serving';
  const alarms = guarded ? ['errors', 'p99', 'abort'].map((end) => mood.longName(`employee-promotion-${end}`)) : [];
  const configName = mood.longName(kind === 'rollback' ? 'employee-promotion-c198' : 'employee-promotion-c212');
  const version = kind === 'rollback' || kind === 'shadow-stop' ? 6 : 7;
  return {
    digest,
    model: mood.model,
    kind,
    endpoint: mood.model,
    target: { version, packageArn: 'arn:aws:sagemaker:::model-package/x/7', configName, images: [] },
    ...(empty === 'empty' ? {} : { from: servingOf(kind === 'rollback' ? 7 : 6, mood) }),
    steps: stepsOf(kind, { mood, configName, guarded }),
    rollout: rolloutOf(alarms),
    evidence: evidenceOf(kind, mood),
    ...(kind === 'shadow-start' ? { shadow: shadowOf(mood) } : {}),
    ...(kind === 'shadow-stop' ? { stopsShadowTest: 'S31' } : {}),
    approvals: kind === 'rollback' ? [] : [{ group: 'S0APPROVERS', count: 2, members: ['U0BO', 'U0CHIDI'] }],
    approvers: ['U0BO', 'U0CHIDI'],
    configFingerprint: digest,
    findings: findingsOf(mood),
    checks: 12,
    plannedAt: morning,
  };
}

function rolloutOf(alarms: readonly string[]): Plan['rollout'] {
  const [, , abortAlarm] = alarms;
  const none = { bakeMs: 0, keepOldForMs: 0, timeoutMs: 0, shortestMs: 0, longestMs: 0 };
  if (abortAlarm === undefined) return { strategy: 'all-at-once', ...none, alarms: [] };
  return {
    strategy: 'canary',
    sizeShare: 0.5,
    bakeMs: 10 * minute,
    keepOldForMs: 10 * minute,
    timeoutMs: hour,
    alarms: [...alarms],
    abortAlarm,
    shortestMs: 20 * minute,
    longestMs: hour,
  };
}

function evidenceOf(kind: ChangeKind, mood: Mood): Plan['evidence'] {
  if (kind !== 'deploy' && kind !== 'promotion')
    return { kind: 'not-needed', because: mood.words('A way back needs none: this config was good here.') };
  return { kind: 'gate', snapshot: digest, checks: checksOf(mood), heldOutRows: mood.number(10_962) };
}

function findingsOf(mood: Mood): Plan['findings'] {
  const many = Array.from({ length: mood.name === 'nasty' ? 9 : 0 }, () => mood.words('One more thing.'));
  return [
    { level: 'know', check: 'fleet', sentence: '2\u00a0×\u00a0ml.m5.large, 4 during the rollout.' },
    { level: 'know', check: 'alarm', sentence: mood.words('It fires only when every call fails.'), fix: 'Set 0.01.' },
    ...many.map((sentence) => ({ level: 'know' as const, check: 'more', sentence })),
  ];
}

function servingOf(version: number, mood: Mood): NonNullable<Plan['from']> {
  const configName = mood.longName(`employee-promotion-c${version === 6 ? 198 : 212}`);
  const known = mood.name === 'usual' ? { version } : {};
  return { configName, ...known, variant: mood.longName('AllTraffic'), instances: 2, instanceType: 'ml.m5.large' };
}

function shadowOf(mood: Mood): NonNullable<Plan['shadow']> {
  return {
    variant: 'Shadow-7',
    instances: mood.number(2),
    instanceType: 'ml.m5.large',
    samplingShare: 1,
    lastsMs: 7 * 24 * hour,
    plainConfig: mood.longName('employee-promotion-c198'),
    productionVersion: 6,
  };
}

function checksOf(mood: Mood) {
  const against = mood.name === 'usual' ? ' against version 6' : ` against ${mood.words('version 6')}`;
  return [
    { metric: 'auc', value: 0.908, limit: 0.8, atLeast: true, pass: true },
    { metric: 'log loss against the best constant', value: 0.2071, limit: 0.2911, atLeast: false, pass: true },
    { metric: mood.words('gap by gender'), value: 0.0098, limit: 0.1, atLeast: false, pass: true },
    { metric: `accuracy${against}`, value: 0.9415, limit: 0.9217, atLeast: true, pass: true },
    { metric: `gap by gender${against}`, value: 0.0098, limit: 0.0271, atLeast: false, pass: true },
  ];
}

type Build = { readonly mood: Mood; readonly configName: string; readonly guarded: boolean };

function stepsOf(kind: ChangeKind, { mood, configName, guarded }: Build): Plan['steps'] {
  const step = (operation: string, says: string) => ({ operation, input: {}, says: mood.words(says) });
  const awaits = { endpoint: mood.model, configName };
  const traffic = { ...step('sagemaker:UpdateEndpoint', 'move the traffic to version 7'), awaits };
  if (kind === 'rollback') return [{ ...traffic, says: 'send all traffic back to version 6' }];
  if (kind === 'shadow-stop') return [{ ...traffic, says: 'stop shadow test S31 of version 7' }];
  const watch = guarded
    ? ['watch the errors of version 7', 'watch the latency of version 7', 'keep an abort alarm ready for version 7']
    : [];
  return [
    step('sagemaker:UpdateModelPackage', 'mark version 7 as approved in the registry'),
    step('sagemaker:CreateModel', 'make model employee-promotion-c212 from version 7'),
    ...watch.map((says) => step('cloudwatch:PutMetricAlarm', says)),
    step('sagemaker:CreateEndpointConfig', 'make endpoint config employee-promotion-c212'),
    kind === 'shadow-start' ? { ...traffic, says: 'mirror traffic to version 7' } : traffic,
  ];
}

/** Every state that a change can be in, by a short name. */
export function statesOf(plan: Plan, mood: Mood): Readonly<Record<string, ChangeState>> {
  const votes = [
    { by: mood.person('Bo'), at: morning + 24 * minute, group: 'S0APPROVERS' },
    { by: mood.person('Chidi'), at: morning + 29 * minute, group: 'S0APPROVERS' },
  ];
  const startedAt = morning + 29 * minute;
  const run = { kind: 'running' as const, startedAt, votes };
  const last = plan.steps.length - 1;
  const moving = (phase: Progress['phase'], trafficShare: number) => progressOf(plan, { phase, trafficShare });
  const end = { startedAt, endedAt: startedAt + 28 * minute, votes };
  const liveConfig = mood.longName('employee-promotion-c198');
  const back = { kind: 'rolled-back' as const, ...end, liveConfig };
  const abort = plan.rollout.abortAlarm;
  return {
    planned: { kind: 'planned', expiresAt: morning + 30 * minute },
    waiting: { kind: 'awaiting-approval', askedAt: morning, expiresAt: morning + 8 * hour, votes: [] },
    'one of two': {
      kind: 'awaiting-approval',
      askedAt: morning,
      expiresAt: morning + 8 * hour,
      votes: votes.slice(0, 1),
    },
    started: { ...run, step: 0 },
    'new fleet': { ...run, step: last, progress: moving('creating', 0) },
    canary: { ...run, step: last, progress: moving('canary', 0.5) },
    'all traffic': { ...run, step: last, progress: moving('all-traffic', 1) },
    finishing: { ...run, step: last, progress: moving('finishing', 1) },
    aborting: {
      ...run,
      step: last,
      progress: moving('canary', 0.5),
      aborting: { by: mood.person('Mira'), at: startedAt + 12 * minute, pushes: 2 },
    },
    succeeded: { kind: 'succeeded', ...end },
    'rolled back': {
      ...back,
      reason: mood.words('Threshold Crossed: p99 1310.0.'),
      alarm: plan.rollout.alarms[1] ?? 'x',
    },
    'in silence': { ...back, reason: 'SageMaker went back and gives no reason' },
    aborted: { ...back, reason: 'Mira pressed Abort', ...(abort === undefined ? {} : { alarm: abort }) },
    'aborted early': { ...back, reason: 'Mira aborted before any traffic moved', liveConfig: '' },
    'failed early': { kind: 'failed', ...end, step: 0, reason: mood.words('Could not make it: AccessDenied') },
    failed: { kind: 'failed', ...end, step: last, reason: mood.words('SageMaker says: no capacity') },
    interrupted: {
      kind: 'interrupted',
      startedAt,
      at: startedAt + minute,
      votes,
      step: last,
      reason: mood.words('The endpoint serves terraform-7, not employee-promotion-c198'),
    },
    rejected: {
      kind: 'rejected',
      by: mood.person('Bo'),
      at: startedAt,
      reason: mood.words('It selects 26\u00a0% more people. Raise the threshold first.'),
    },
    expired: { kind: 'expired', at: morning + 8 * hour },
    withdrawn: { kind: 'withdrawn', by: mood.person('Ana'), at: startedAt },
    voided: { kind: 'voided', at: startedAt, reason: mood.words('The endpoint has 4 instances now, 3 were planned') },
  };
}

function progressOf(plan: Plan, at: Pick<Progress, 'phase' | 'trafficShare'>): Progress {
  const bakes = at.phase === 'canary' || at.phase === 'all-traffic';
  const states = ['OK', at.phase === 'finishing' ? 'ALARM' : 'OK', 'INSUFFICIENT_DATA'] as const;
  return {
    ...at,
    lookedAt: morning + 38 * minute,
    ...(bakes ? { bakesUntil: morning + 45 * minute } : {}),
    alarms: plan.rollout.alarms.map((name, place) => ({ name, state: states[place] ?? 'OK' })),
  };
}

export function changeOf(plan: Plan, state: ChangeState, mood: Mood): Change {
  return {
    schema: 1,
    id: 'C212',
    model: plan.model,
    channel: 'C0PROMO',
    plan,
    requestedBy: mood.person('Ana'),
    requestedAt: morning,
    reason: mood.words('Better F1 for three weeks. HR wants it before the Q4 round.'),
    requestId: '7c1e90d2',
    state,
  };
}

/** A way back asks nobody; what has no alarms cannot be stopped by one. */
function cannotBe({ kind, rollout }: Plan): readonly string[] {
  return [
    ...(kind === 'rollback' ? ['waiting', 'one of two', 'rejected'] : []),
    ...(rollout.alarms.length === 0 ? ['canary', 'aborting', 'rolled back', 'aborted', 'aborted early'] : []),
  ];
}

/** All kinds × all states that can be, in both moods; and a first version, which has nothing to come from. */
export const changes: readonly Specimen<Change>[] = moods.flatMap((mood) =>
  changeKinds.flatMap((kind) =>
    (['serving', ...(kind === 'deploy' ? (['empty'] as const) : [])] as const).flatMap((from) => {
      const plan = planOf(kind, mood, from);
      const states = Object.entries(statesOf(plan, mood)).filter(([state]) => !cannotBe(plan).includes(state));
      return states.map(([state, value]) => ({
        name: `${mood.name} ${from === 'empty' ? 'first ' : ''}${kind}, ${state}`,
        mood,
        value: changeOf(plan, value, mood),
      }));
    }),
  ),
);
