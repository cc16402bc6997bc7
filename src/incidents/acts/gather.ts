import type { Alert, SourceAnswer } from '../../alerts/alert.ts';
import { Fault } from '../../kernel/fault.ts';
import { type AlertModel, severityOf } from '../alert-policy.ts';
import type { Incident } from '../incident.ts';
import type { Setting } from '../incident-life.ts';

/** A card waits for these answers, on the real clock; what is not known by then is left out. */
const answerWithinMs = 1_500;

/** What is asked about the world when an alert arrives. What fails or is slow only leaves its line out. */
export type Surroundings = {
  /** Reads the alarm at CloudWatch itself; only for an ARN of a configured account and region. */
  readonly describeAlarm: (alarmArn: string) => Promise<SourceAnswer>;
  readonly servingOf: (model: string) => Promise<Incident['serving']>;
  readonly lastChangeOf: (model: string) => Promise<Incident['lastChange']>;
  /** Told what failed, and how. */
  readonly onTrouble: (what: string, error: unknown) => void;
};

/** As `askSource`, by an incident's key: the alarm's ARN, with `#contributor` behind it for alarms that have several. */
export async function askSourceOf(around: Surroundings, key: string): Promise<SourceAnswer> {
  return await askSource(around, key.startsWith('arn:') ? key.split('#')[0] : undefined);
}

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
    orNothing(around, () => soon('what serves', around.servingOf(model.name))),
    orNothing(around, () => soon('the last change', around.lastChangeOf(model.name))),
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

/** @throws {Fault} `surroundings-slow` when there is no answer by then; a later one is not waited for */
async function soon<T>(what: string, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const tooLate = () =>
      reject(new Fault('surroundings-slow', `No answer about ${what} in ${answerWithinMs} ms`, { retryable: true }));
    timer = setTimeout(tooLate, answerWithinMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
