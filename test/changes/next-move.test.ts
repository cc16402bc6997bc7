import { describe, expect, it } from 'vitest';
import type { EndpointShown } from '../../src/changes/aws-facts.ts';
import type { ChangeIn } from '../../src/changes/change.ts';
import { planned, started } from '../../src/changes/change-life.ts';
import { nextMove, type Seen } from '../../src/changes/next-move.ts';
import { stepIntent } from '../../src/changes/step-intent.ts';
import type { Intent } from '../../src/runner/intent.ts';
import { alarm, ana, bo, live, minuteMs, order, plan, shadowServing, shadowTest, shown } from './facts-kit.ts';

const made = plan();
const target = made.target.configName;
const rollOut = made.steps.length - 1;
const [errorsAlarm = ''] = made.rollout.alarms;
const abortAlarm = made.rollout.abortAlarm ?? '';

type State = Partial<ChangeIn<'running'>['state']>;

function running(state: State = {}, of = made): ChangeIn<'running'> {
  const about = { id: order.id, model: 'promo', channel: 'C0PROMO', requestId: 'r1' };
  const change = planned({ ...about, plan: of, requestedBy: ana, requestedAt: order.plannedAt });
  const begun = started(change, order.plannedAt, of);
  return { ...begun, state: { ...begun.state, step: rollOut, ...state } };
}

const done: Intent['state'] = { kind: 'done', at: 0, how: 'answered' };

/** What comes next, for a change whose rollout AWS has taken, unless the test says otherwise. */
function move(
  parts: Partial<Omit<Seen, 'change'>> & { state?: State; intentState?: Intent['state'] | undefined } = {},
) {
  const { state, intentState = done, ...seen } = parts;
  const change = running(state);
  const intent = stepIntent(change, change.state.step);
  return nextMove({
    change,
    intent: intent && { ...intent, state: intentState },
    answeredAgoMs: 60_000,
    endpoint: shown(),
    alarms: [],
    firings: [],
    abortFaded: false,
    at: 1_000,
    ...seen,
  });
}

const pendingOn = (configName: string, phase: 'creating' | 'baking' = 'creating', instances = 0): EndpointShown =>
  shown({ status: 'updating', pending: { configName, variants: [live({ phase, phaseSince: 500, instances })] } });
const moving = { lookedAt: 0, trafficShare: 0.5, phase: 'canary' as const, alarms: [] };
const ending = (parts: Parameters<typeof move>[0]) => {
  const next = move(parts);
  return next.kind === 'end' ? next.ending : next.kind;
};

describe('while AWS works', () => {
  it.each<[string, Intent['state']]>([
    ['wanted', { kind: 'wanted', refusals: 0 }],
    ['sent', { kind: 'sent', at: 0, tries: 1, looks: 0 }],
  ])('a step that is %s is the runner’s business', (_, intentState) => {
    expect(move({ intentState })).toEqual({ kind: 'wait' });
  });

  it('an update to our config goes on, and shows how far it is', () => {
    expect(move({ endpoint: pendingOn(target, 'baking', 1) })).toMatchObject({
      kind: 'wait',
      progress: { phase: 'canary', trafficShare: 0.5, bakesUntil: 500 + 10 * minuteMs },
    });
  });

  it('the bake of the whole fleet lasts as long as the old one is kept', () => {
    expect(move({ endpoint: pendingOn(target, 'baking', 2) })).toMatchObject({
      progress: { phase: 'all-traffic', trafficShare: 1 },
    });
  });

  it('a step without waiting is behind us once AWS has taken it', () => {
    expect(move({ state: { step: 0 } })).toEqual({ kind: 'next-step' });
  });
});

describe('in service is success only on the config that was asked for', () => {
  it('on the asked one', () =>
    expect(ending({ endpoint: shown({ configName: target }) })).toEqual({ kind: 'succeeded' }));

  it('on the old one it went back, in silence when no alarm fired', () => {
    expect(ending({ state: { progress: moving } })).toEqual({
      kind: 'rolled-back',
      reason: 'SageMaker went back and gives no reason',
      liveConfig: 'old',
    });
  });

  it('names the alarm that fired, though it is OK again by now', () => {
    const firings = [{ name: errorsAlarm, at: 900, reason: 'Threshold crossed: 0.5 > 0.01' }];
    expect(ending({ state: { progress: moving }, firings })).toMatchObject({
      alarm: errorsAlarm,
      reason: 'Threshold crossed: 0.5 > 0.01',
    });
  });

  it('names the alarm that still fires', () => {
    expect(ending({ state: { progress: moving }, alarms: [alarm(errorsAlarm, { state: 'ALARM' })] })).toMatchObject({
      alarm: errorsAlarm,
    });
  });

  it('names the alarm that SageMaker names', () => {
    const endpoint = shown({ failureReason: `Rolled back: [${errorsAlarm}] in ALARM` });
    expect(ending({ state: { progress: moving }, endpoint })).toMatchObject({ alarm: errorsAlarm });
  });

  it('on a third config somebody else was here', () => {
    expect(ending({ endpoint: shown({ configName: 'foreign' }) })).toMatchObject({ kind: 'interrupted' });
  });

  it('right after the answer, before it was ever seen moving, the old state means nothing yet', () => {
    expect(move({ answeredAgoMs: 1_000 })).toEqual({ kind: 'wait' });
    expect(ending({ answeredAgoMs: 5_000 })).toMatchObject({ kind: 'rolled-back' });
  });
});

describe('what needs a human', () => {
  it.each<[string, EndpointShown | undefined, string]>([
    ['a failed endpoint', shown({ status: 'failed', failureReason: 'no capacity' }), 'failed'],
    ['an update whose way back failed too', shown({ status: 'update-rollback-failed' }), 'failed'],
    ['an endpoint that is going away', shown({ status: 'deleting' }), 'interrupted'],
    ['an endpoint that is gone', undefined, 'interrupted'],
    ['somebody else’s update', pendingOn('foreign'), 'interrupted'],
  ])('%s', (_, endpoint, kind) => {
    expect(ending({ endpoint })).toMatchObject({ kind });
  });

  it('a step that AWS refused, with AWS’s words', () => {
    const intentState: Intent['state'] = {
      kind: 'failed',
      at: 0,
      failure: { code: 'aws-denied', message: 'not authorized to perform: sagemaker:CreateModel' },
    };
    expect(ending({ state: { step: 1 }, intentState })).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('sagemaker:CreateModel'),
    });
  });
});

describe('before a later step the endpoint has to be as we left it', () => {
  const atNextStep = (endpoint: EndpointShown | undefined) => {
    const change = running();
    return nextMove({ change, intent: undefined, endpoint, alarms: [], firings: [], abortFaded: false, at: 0 });
  };

  it('as planned: the step is sent', () => expect(atNextStep(shown())).toEqual({ kind: 'send-step' }));
  it('under maintenance: it waits', () =>
    expect(atNextStep(shown({ status: 'system-updating' }))).toEqual({ kind: 'wait' }));
  it('on another config, or being updated by somebody: it is interrupted', () => {
    expect(atNextStep(shown({ configName: 'foreign' }))).toMatchObject({ ending: { kind: 'interrupted' } });
    expect(atNextStep(pendingOn('foreign'))).toMatchObject({ ending: { kind: 'interrupted' } });
  });

  it('after a shadow was taken down that is the plain config, not the one that was planned on', () => {
    const promotion = plan({ kind: 'promotion', serving: shadowServing(), test: shadowTest() });
    const change = running({ step: promotion.steps.length - 1 }, promotion);
    const seen = { change, intent: undefined, alarms: [], firings: [], abortFaded: false, at: 0 };
    expect(nextMove({ ...seen, endpoint: shown({ configName: 'old' }) })).toEqual({ kind: 'send-step' });
    expect(nextMove({ ...seen, endpoint: shown({ configName: 'shadowed' }) })).toMatchObject({ kind: 'end' });
  });
});

describe('abort', () => {
  const aborting = { by: bo, at: 0 };

  it('before the traffic moves, ends the change where it stands', () => {
    expect(ending({ state: { step: 0, aborting } })).toEqual({
      kind: 'rolled-back',
      reason: 'Bo aborted before any traffic moved',
      alarm: abortAlarm,
      liveConfig: 'old',
    });
  });

  it('while it moves, trips the alarm again once the last push has faded', () => {
    expect(move({ state: { aborting }, endpoint: pendingOn(target), abortFaded: true })).toEqual({
      kind: 'push-abort',
    });
    expect(move({ state: { aborting }, endpoint: pendingOn(target) })).toMatchObject({ kind: 'wait' });
  });

  it('names who pressed it, unless another alarm fired', () => {
    const state = { aborting, progress: moving };
    const firings = [{ name: abortAlarm, at: 1 }];
    expect(ending({ state, firings })).toMatchObject({ reason: 'Bo pressed Abort', alarm: abortAlarm });
    expect(ending({ state, firings: [...firings, { name: errorsAlarm, at: 2 }] })).toMatchObject({
      alarm: errorsAlarm,
    });
  });

  it('too late: what serves is success', () => {
    expect(ending({ state: { aborting }, endpoint: shown({ configName: target }) })).toEqual({ kind: 'succeeded' });
  });
});
