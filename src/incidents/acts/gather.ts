import type { Alert, SourceAnswer } from '../../alerts/alert.ts';
import { type AlertModel, severityOf } from '../alert-policy.ts';
import type { Incident } from '../incident.ts';
import type { Setting } from '../incident-life.ts';

/** What is asked about the world when an alert arrives. Each should answer within a second or two; a failure only leaves its line out. */
export type Surroundings = {
  /** Reads the alarm at CloudWatch itself; only for an ARN of a configured account and region. */
  readonly describeAlarm: (alarmArn: string) => Promise<SourceAnswer>;
  readonly servingOf: (model: string) => Promise<Incident['serving']>;
  readonly lastChangeOf: (model: string) => Promise<Incident['lastChange']>;
  /** Told what failed, and how. */
  readonly onTrouble: (what: string, error: unknown) => void;
};

/** The source's own word; one that fails has not answered. */
export async function askSource(around: Surroundings, alarmArn: string | undefined): Promise<SourceAnswer> {
  if (alarmArn === undefined) return 'no-answer';
  return (await orNothing(around, () => around.describeAlarm(alarmArn))) ?? 'no-answer';
}

/** What a new incident's card shows besides the alert. */
export async function settingOf(
  around: Surroundings,
  model: AlertModel,
  on: { readonly alert: Alert; readonly id: string; readonly confirmed: boolean },
): Promise<Setting> {
  const severity = severityOf(model, on.alert.alarmName);
  const loudness = model.severity[severity];
  const [serving, lastChange] = await Promise.all([
    orNothing(around, () => around.servingOf(model.name)),
    orNothing(around, () => around.lastChangeOf(model.name)),
  ]);
  return {
    id: on.id,
    model: model.name,
    channel: loudness.channel ?? model.channel,
    severity,
    confirmed: on.confirmed,
    ...(serving === undefined ? {} : { serving }),
    ...(lastChange === undefined ? {} : { lastChange }),
    ...(loudness.mention === undefined ? {} : { onCall: loudness.mention }),
    ...(model.runbook === undefined ? {} : { runbook: model.runbook }),
  };
}

/** A card without a line is better than no card: whatever fails here is left out. */
async function orNothing<T>({ onTrouble }: Surroundings, ask: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    onTrouble('the surroundings of an alert', error);
    return undefined;
  }
}
