import type { Intent } from '../runner/intent.ts';
import type { AlarmFiring, AlarmShown, EndpointShown } from './aws-facts.ts';
import type { ChangeIn, Progress } from './change.ts';
import type { Ending } from './change-life.ts';
import type { Step } from './plan.ts';
import { progressOf } from './progress.ts';

/** What the reconciler sees at one moment. Instants are domain time, but `answeredAgoMs`, which is wall time. */
export type Seen = {
  readonly change: ChangeIn<'running'>;
  /** The intent of the present step. */
  readonly intent: Intent | undefined;
  /** Wall time since AWS took the present step; undefined while it has not. */
  readonly answeredAgoMs?: number | undefined;
  /** Undefined when there is no endpoint. */
  readonly endpoint: EndpointShown | undefined;
  readonly alarms: readonly AlarmShown[];
  /** Which alarms fired since the change started, oldest first. */
  readonly firings: readonly AlarmFiring[];
  /** True when the abort alarm should be tripped again. */
  readonly abortFaded: boolean;
  readonly at: number;
};

export type NextMove =
  | { readonly kind: 'wait'; readonly progress?: Progress | undefined }
  | { readonly kind: 'send-step' }
  | { readonly kind: 'next-step' }
  | { readonly kind: 'push-abort' }
  | { readonly kind: 'end'; readonly ending: Ending };

/** AWS may answer an update and still show the old state for a moment; longer than this it means what it shows. */
export const answerSettlesMs = 5_000;

/** What to do for a running change now. It asks only the endpoint; events and timers merely make somebody look sooner. */
export function nextMove(seen: Seen): NextMove {
  const { change, intent } = seen;
  const step = change.plan.steps[change.state.step];
  if (!step) return { kind: 'end', ending: { kind: 'succeeded' } };
  if (!intent) return beforeStep(seen, step);
  switch (intent.state.kind) {
    case 'wanted':
      return change.state.aborting ? stopsBeforeTraffic(change, change.state.step) : { kind: 'wait' };
    case 'sent':
      return { kind: 'wait' };
    case 'failed':
      return fails(`Could not ${step.says}: ${intent.state.failure.message}`);
    case 'done':
      return step.awaits ? afterAnswer(seen, step.awaits.configName) : stepDone(seen);
    default:
      return intent.state satisfies never;
  }
}

/** Before a later step: the endpoint has to be as our previous step left it, or the step is not sent. */
function beforeStep(seen: Seen, step: Step): NextMove {
  const { change, endpoint } = seen;
  if (change.state.aborting) return stopsBeforeTraffic(change, change.state.step);
  if (!step.awaits || step.operation !== 'sagemaker:UpdateEndpoint') return { kind: 'send-step' };
  if (!endpoint) return interrupted(`Endpoint ${change.plan.endpoint} is gone`);
  if (endpoint.status === 'system-updating') return { kind: 'wait' };
  const expected = configBefore(change);
  const known = endpoint.configName === expected || endpoint.configName === step.awaits.configName;
  if (!known)
    return interrupted(`The endpoint serves ${endpoint.configName}, not ${expected ?? 'what was planned on'}`);
  const isPendingElsewhere = endpoint.pending && endpoint.pending.configName !== step.awaits.configName;
  if (isPendingElsewhere) return interrupted(`Somebody is updating the endpoint to ${endpoint.pending?.configName}`);
  return { kind: 'send-step' };
}

/** The config that served before the present step. */
export function configBefore(change: ChangeIn<'running'>): string | undefined {
  return configAfter(change, change.state.step);
}

/** The config that serves once the first `done` steps are: the last one that they awaited, else the planned one. */
function configAfter({ plan }: ChangeIn<'running'>, done: number): string | undefined {
  const earlier = plan.steps.slice(0, done).findLast((step) => step.awaits !== undefined);
  return earlier?.awaits?.configName ?? plan.from?.configName;
}

function afterAnswer(seen: Seen, target: string): NextMove {
  const { change, endpoint } = seen;
  if (!endpoint) return waitsOr(seen, interrupted(`Endpoint ${change.plan.endpoint} is gone`));
  switch (endpoint.status) {
    case 'in-service':
      return inService(seen, endpoint, target);
    case 'failed':
      return fails(`SageMaker says: ${endpoint.failureReason ?? 'the endpoint failed, without a reason'}`);
    case 'update-rollback-failed':
      return fails(
        `The update and its way back both failed, so a mix of configs serves. SageMaker says: ${endpoint.failureReason ?? 'nothing'}`,
      );
    case 'out-of-service':
    case 'deleting':
      return interrupted(`The endpoint is ${endpoint.status.replaceAll('-', ' ')}`);
    case 'creating':
    case 'updating':
    case 'system-updating':
    case 'rolling-back':
      return underWay(seen, endpoint, target);
    default:
      return endpoint.status satisfies never;
  }
}

/** `InService` alone says nothing: after a rollback it is in service too, on the old config. */
function inService(seen: Seen, endpoint: EndpointShown, target: string): NextMove {
  if (endpoint.configName === target) return stepDone(seen);
  if (endpoint.configName !== configBefore(seen.change)) {
    return interrupted(`The endpoint serves ${endpoint.configName}, which this change did not ask for`);
  }
  const back: NextMove = { kind: 'end', ending: wentBack(seen, endpoint) };
  return seen.change.state.progress === undefined ? waitsOr(seen, back) : back;
}

/** Right after the answer the old state may still show. */
function waitsOr({ answeredAgoMs }: Seen, move: NextMove): NextMove {
  return answeredAgoMs !== undefined && answeredAgoMs >= answerSettlesMs ? move : { kind: 'wait' };
}

function underWay(seen: Seen, endpoint: EndpointShown, target: string): NextMove {
  const going = endpoint.pending?.configName ?? (endpoint.status === 'creating' ? endpoint.configName : target);
  if (going !== target) return interrupted(`Somebody is updating the endpoint to ${going}`);
  if (seen.change.state.aborting && seen.abortFaded) return { kind: 'push-abort' };
  return { kind: 'wait', progress: progressOf(seen.change.plan, endpoint, seen) };
}

/** A step is done; an abort that was pressed meanwhile stops the change before it goes on, if nothing new serves yet. */
function stepDone(seen: Seen): NextMove {
  const { plan, state } = seen.change;
  if (state.step + 1 >= plan.steps.length) return { kind: 'end', ending: { kind: 'succeeded' } };
  return state.aborting ? stopsBeforeTraffic(seen.change, state.step + 1) : { kind: 'next-step' };
}

/** Aborted with `done` steps behind it and the traffic still where it was. The abort alarm was tripped all the same. */
function stopsBeforeTraffic(change: ChangeIn<'running'>, done: number): NextMove {
  const who = change.state.aborting?.by.name ?? 'Somebody';
  const liveConfig = configAfter(change, done) ?? '';
  const reason = `${who} aborted before any traffic moved`;
  const alarm = change.plan.rollout.abortAlarm;
  return { kind: 'end', ending: { kind: 'rolled-back', reason, alarm, liveConfig } };
}

/** By which alarm, if one can be named; undefined means in silence. */
function wentBack(seen: Seen, endpoint: EndpointShown): Ending {
  const { change, firings, alarms } = seen;
  const liveConfig = endpoint.configName;
  const said = endpoint.failureReason;
  const { aborting } = change.state;
  const abortAlarm = change.plan.rollout.abortAlarm;
  const others = firings.filter(({ name }) => name !== abortAlarm);
  const fired =
    others[0]?.name ??
    alarms.find(({ name, state }) => state === 'ALARM' && name !== abortAlarm)?.name ??
    change.plan.rollout.alarms.find((name) => name !== abortAlarm && said?.includes(name));
  if (fired !== undefined) {
    const why = firings.find(({ name }) => name === fired)?.reason ?? alarms.find(({ name }) => name === fired)?.reason;
    return { kind: 'rolled-back', reason: why ?? said ?? `Alarm ${fired} fired`, alarm: fired, liveConfig };
  }
  if (aborting)
    return { kind: 'rolled-back', reason: `${aborting.by.name} pressed Abort`, alarm: abortAlarm, liveConfig };
  return { kind: 'rolled-back', reason: said ?? 'SageMaker went back and gives no reason', liveConfig };
}

function fails(reason: string): NextMove {
  return { kind: 'end', ending: { kind: 'failed', reason } };
}

function interrupted(reason: string): NextMove {
  return { kind: 'end', ending: { kind: 'interrupted', reason } };
}
