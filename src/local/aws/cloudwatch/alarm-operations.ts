import type {
  DeleteAlarmsInput,
  DescribeAlarmHistoryInput,
  DescribeAlarmsInput,
  DescribeAlarmsOutput,
  DisableAlarmActionsInput,
  EnableAlarmActionsInput,
  MetricAlarm,
  PutMetricAlarmInput,
  SetAlarmStateInput,
} from '@aws-sdk/client-cloudwatch';
import type { Checked } from '../kit/json-service.ts';
import { type AlarmState, AwsError } from '../service.ts';
import type { Alarm } from './alarm.ts';
import type { AlarmBook } from './alarms.ts';

const states: readonly AlarmState[] = ['OK', 'ALARM', 'INSUFFICIENT_DATA'];
const maxRecords = 100;
const defaultRecords = 50;

/** The alarm half of CloudWatch's operations. */
export function alarmOperations(book: AlarmBook) {
  return {
    PutMetricAlarm: (input: Checked<PutMetricAlarmInput>) => book.put(input as PutMetricAlarmInput),
    DescribeAlarms: (input: Checked<DescribeAlarmsInput>) => describeAlarms(book, input),
    DeleteAlarms: (input: Checked<DeleteAlarmsInput>) => deleteAlarms(book, input.AlarmNames),
    SetAlarmState: (input: Checked<SetAlarmStateInput>) => setAlarmState(book, input),
    DescribeAlarmHistory: (input: Checked<DescribeAlarmHistoryInput>) => book.history.describe(input),
    EnableAlarmActions: (input: Checked<EnableAlarmActionsInput>) => book.enableActions(input.AlarmNames),
    DisableAlarmActions: (input: Checked<DisableAlarmActionsInput>) => book.disableActions(input.AlarmNames),
    PutCompositeAlarm: refuseComposite,
  };
}

function refuseComposite(): never {
  throw invalid('The local CloudWatch has no composite alarms; use a metric alarm or metric math');
}

function describeAlarms(book: AlarmBook, input: Checked<DescribeAlarmsInput>): DescribeAlarmsOutput {
  if (input.AlarmNames && input.AlarmNamePrefix !== undefined) {
    throw new AwsError('InvalidParameterCombination', 'AlarmNames and AlarmNamePrefix exclude each other');
  }
  const size = input.MaxRecords ?? defaultRecords;
  if (size < 1 || size > maxRecords) throw invalid(`MaxRecords must be between 1 and ${maxRecords}`);
  const skipped = Number(input.NextToken ?? 0);
  if (!Number.isInteger(skipped)) throw new AwsError('InvalidNextToken', 'The NextToken is not valid');
  const wantsMetricAlarms = input.AlarmTypes?.includes('MetricAlarm') ?? true;
  const found = wantsMetricAlarms ? book.all().filter((alarm) => matches(alarm, input)) : [];
  return {
    MetricAlarms: found.slice(skipped, skipped + size).map(metricAlarm),
    CompositeAlarms: [],
    ...(found.length > skipped + size ? { NextToken: String(skipped + size) } : {}),
  };
}

function matches(alarm: Alarm, input: Checked<DescribeAlarmsInput>): boolean {
  if (input.AlarmNames && !input.AlarmNames.includes(alarm.name)) return false;
  if (input.StateValue !== undefined && input.StateValue !== alarm.state) return false;
  if (input.ActionPrefix !== undefined && !hasAction(alarm, input.ActionPrefix)) return false;
  return alarm.name.startsWith(input.AlarmNamePrefix ?? '');
}

function hasAction({ input }: Alarm, prefix: string): boolean {
  const actions = [input.OKActions, input.AlarmActions, input.InsufficientDataActions].flatMap((list) => list ?? []);
  return actions.some((action) => action.startsWith(prefix));
}

/** `DescribeAlarms` shows everything of the input but the tags. */
function metricAlarm(alarm: Alarm): MetricAlarm {
  const { Tags: _, ...configured } = alarm.input;
  return {
    ...configured,
    OKActions: configured.OKActions ?? [],
    AlarmActions: configured.AlarmActions ?? [],
    InsufficientDataActions: configured.InsufficientDataActions ?? [],
    Dimensions: configured.Dimensions ?? [],
    AlarmArn: alarm.arn,
    ActionsEnabled: alarm.actionsEnabled,
    AlarmConfigurationUpdatedTimestamp: new Date(alarm.configuredAt),
    StateValue: alarm.state,
    StateReason: alarm.reason,
    StateReasonData: alarm.reasonData,
    StateUpdatedTimestamp: new Date(alarm.updatedAt),
    StateTransitionedTimestamp: new Date(alarm.since),
  };
}

/** All or nothing: one unknown name and nothing is deleted. */
function deleteAlarms(book: AlarmBook, names: readonly string[]): void {
  if (names.length > maxRecords) throw invalid(`At most ${maxRecords} alarms can be deleted in one call`);
  const known = new Set(book.all().map(({ name }) => name));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) throw new AwsError('ResourceNotFound', `Alarms not found: ${unknown.join(', ')}`, 404);
  book.remove(names);
}

function setAlarmState(book: AlarmBook, input: Checked<SetAlarmStateInput>): void {
  const state = states.find((known) => known === input.StateValue);
  if (!state) throw invalid(`StateValue ${input.StateValue} must be one of ${states.join(', ')}`);
  const reasonData = input.StateReasonData;
  if (reasonData !== undefined && !isJson(reasonData)) {
    throw new AwsError('InvalidFormat', 'StateReasonData was not syntactically valid JSON');
  }
  book.setState(input.AlarmName, {
    state,
    reason: input.StateReason,
    ...(reasonData === undefined ? {} : { reasonData }),
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationError', message);
}
