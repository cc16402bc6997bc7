import type { Alert } from '../alerts/alert.ts';
import { parseArn } from '../alerts/arn.ts';
import { oneLine } from '../alerts/foreign-text.ts';
import { accept, type Result, refuse } from '../kernel/result.ts';
import type { Severity } from './incident.ts';

/** How loud a severity is: where its cards go and who is mentioned. */
type Loudness = { readonly channel?: string | undefined; readonly mention?: string | undefined };

/** Alarms by foreign name, `*` for any text, to how bad they are. The first rule that matches counts. */
export type SeverityRule = { readonly alarm: string; readonly severity: Severity };

/** What the configuration says about one model, as far as alerts need it. */
export type AlertModel = {
  readonly name: string;
  readonly endpoint: string;
  readonly channel: string;
  readonly account: string;
  readonly region: string;
  readonly severity: Readonly<Record<Severity, Loudness>>;
  readonly severityRules?: readonly SeverityRule[] | undefined;
  readonly runbook?: string | undefined;
};

export type AlertPolicy = {
  readonly models: readonly AlertModel[];
  /** Where a message goes that belongs to no model. */
  readonly houseChannel: string;
};

const usualRules: readonly SeverityRule[] = [
  { alarm: '*-critical', severity: 'critical' },
  { alarm: '*-warn', severity: 'low' },
];

export function severityOf(model: AlertModel, alarmName: string): Severity {
  const rules = model.severityRules ?? usualRules;
  return rules.find((rule) => matches(rule.alarm, alarmName))?.severity ?? 'high';
}

/** Walks the pattern's pieces through the name, so that no pattern can be slow. */
function matches(pattern: string, name: string): boolean {
  const pieces = pattern.split('*');
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (pieces.length === 1) return name === pattern;
  if (!name.startsWith(first) || name.length < first.length + last.length || !name.endsWith(last)) return false;
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const at = name.indexOf(piece, from);
    if (at < 0 || at + piece.length > name.length - last.length) return false;
    from = at + piece.length;
  }
  return true;
}

/** Which model an alert is about; refused with the sentence that the unparsed card shows. */
export function routeAlert(alert: Alert, models: readonly AlertModel[]): Result<AlertModel, string> {
  const model = modelOf(alert, models);
  if (!model) return refuse(`no model of the configuration has ${subjectWords(alert)}`);
  if (model.account !== alert.account || model.region !== alert.region) {
    const place = `${alert.account} ${alert.region}`.trim();
    return refuse(`it is about ${model.name}, but came from ${oneLine(place, 60) || 'nowhere'}`);
  }
  return accept(model);
}

function modelOf(alert: Alert, models: readonly AlertModel[]): AlertModel | undefined {
  if (alert.endpoint !== undefined) return models.find((model) => model.endpoint === alert.endpoint);
  if (alert.model !== undefined) return models.find((model) => model.name === alert.model);
  // A composite alarm names no endpoint. Its own name usually begins with one; the longest wins.
  const named = models.filter((model) => isNamedAfter(alert.alarmName, model.endpoint));
  return named.toSorted((a, b) => b.endpoint.length - a.endpoint.length)[0];
}

function isNamedAfter(alarmName: string, endpoint: string): boolean {
  return alarmName === endpoint || alarmName.startsWith(`${endpoint}-`);
}

function subjectWords(alert: Alert): string {
  if (alert.endpoint !== undefined) return `the endpoint ${oneLine(alert.endpoint, 63)}`;
  if (alert.model !== undefined) return `the name ${oneLine(alert.model, 63)}`;
  return `an endpoint that ${oneLine(alert.alarmName, 60)} is named after`;
}

/** Where a message is shown that nobody could read: the one channel of the topic's account and region, else the house's. */
export function channelOfTopic(topic: string, policy: AlertPolicy): string {
  const arn = parseArn(topic);
  const near = policy.models.filter((model) => model.account === arn?.account && model.region === arn.region);
  const channels = new Set(near.map((model) => model.channel));
  const [only] = channels;
  return channels.size === 1 && only !== undefined ? only : policy.houseChannel;
}
