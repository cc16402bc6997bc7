import type { EpochMs } from '../../../kernel/time.ts';
import { type AlarmState, AwsError, type AwsGround, type PublishToTopic } from '../service.ts';
import type { Alarm } from './alarm.ts';
import type { AlarmHistory } from './alarm-history.ts';
import { alarmNotice } from './alarm-notice.ts';

export type StateChange = {
  readonly at: EpochMs;
  readonly state: AlarmState;
  readonly reason: string;
  readonly reasonData?: string;
};

export type TransitionDeps = {
  readonly ground: AwsGround;
  readonly publish: PublishToTopic;
  readonly history: AlarmHistory;
};

/** The alarm in its new state. When the state is another one than before, that is history and the actions fire. */
export function enterState(deps: TransitionDeps, alarm: Alarm, change: StateChange): Alarm {
  const { reasonData: _, ...kept } = alarm;
  const { at, ...state } = change;
  const changed = alarm.state !== change.state;
  const next: Alarm = { ...kept, ...state, updatedAt: at, since: changed ? at : alarm.since };
  if (!changed) return next;
  deps.history.write({
    alarmName: alarm.name,
    at,
    type: 'StateUpdate',
    summary: `Alarm updated from ${alarm.state} to ${next.state}`,
    details: {
      version: '1.0',
      oldState: { stateValue: alarm.state, stateReason: alarm.reason },
      newState: { stateValue: next.state, stateReason: next.reason },
    },
  });
  if (next.actionsEnabled) for (const action of actionsOf(next)) fire(deps, { alarm: next, from: alarm.state, action });
  return next;
}

type Firing = { readonly alarm: Alarm; readonly from: AlarmState; readonly action: string };

/** An action that cannot be carried out is history too; the alarm changes state all the same. */
function fire({ ground, publish, history }: TransitionDeps, { alarm, from, action }: Firing): void {
  const entry = { alarmName: alarm.name, at: alarm.updatedAt, type: 'Action' as const };
  try {
    if (!/^arn:aws[a-z-]*:sns:/.test(action)) throw new AwsError('ValidationError', 'only SNS actions are carried out');
    publish(action, alarmNotice(alarm, from, ground));
    history.write({
      ...entry,
      summary: `Successfully executed action ${action}`,
      details: { actionState: 'Succeeded' },
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const details = { actionState: 'Failed', error: error.message };
    history.write({ ...entry, summary: `Failed to execute action ${action}`, details });
  }
}

function actionsOf({ state, input }: Alarm): readonly string[] {
  const lists = { OK: input.OKActions, ALARM: input.AlarmActions, INSUFFICIENT_DATA: input.InsufficientDataActions };
  return lists[state] ?? [];
}
