import type { RichTextElement } from '@slack/types';
import type { Incident } from '../src/incidents/incident.ts';
import { foreignName } from './foreign.ts';
import { count, fleet, limitOf, valueBeside } from './numbers.ts';
import { fact, type Line, link, moment, nameOf, whoever } from './parts.ts';

type Measure = NonNullable<Incident['measure']>;

/** The limit that was crossed, with how often; an alarm that measures nothing has its own words quoted below. */
export function limitLine({ measure, confirmed, reason }: Incident): Line {
  const doubt = confirmed ? '' : ' · reported, not confirmed';
  if (!measure) return fact('CloudWatch', `${reason === '' ? 'gives no reason' : 'says'}${doubt}`);
  const worst =
    measure.worst === measure.value ? '' : ` · at worst ${valueBeside(measure.worst, measure.limit, measure.unit)}`;
  const points = measure.datapoints === '' ? '' : ` · ${measure.datapoints}`;
  return fact('Limit', `${limitOf(measure.limit, measure.unit)}${worst}${points}${doubt}`);
}

export function sinceLine({ openedAt }: Pick<Incident, 'openedAt'>): Line {
  const ago = moment(openedAt, 'ago');
  return fact('Since', moment(openedAt), ...(ago.type === 'date' ? [' (', ago, ')'] : []));
}

export function seenLines({ seen, lastSeenAt }: Incident): readonly Line[] {
  return seen > 1 ? [fact('Seen', `${count(seen)} times, last `, moment(lastSeenAt, 'time'))] : [];
}

export function servingLines({ serving, variant }: Pick<Incident, 'serving' | 'variant'>): readonly Line[] {
  if (!serving) return [];
  const where = variant === undefined ? '' : ` · ${foreignName(variant, 30)}`;
  return [
    fact('Serving', `version\u00a0${serving.version}${where} · ${fleet(serving.instances, serving.instanceType)}`),
  ];
}

export function changedLines({ lastChange }: Pick<Incident, 'lastChange'>): readonly Line[] {
  if (!lastChange) return [];
  const from = lastChange.from === undefined ? '' : `${lastChange.from}\u00a0→\u00a0`;
  return [
    fact(
      'Changed',
      `${from}${lastChange.to} by ${nameOf({ name: lastChange.by })} (${lastChange.id}), `,
      moment(lastChange.at),
    ),
  ];
}

/** A chip rings in a first post. Nobody is woken by what its source has not confirmed. */
export function onCallLine({ onCall, confirmed }: Pick<Incident, 'onCall' | 'confirmed'>): Line {
  if (onCall === undefined) return fact('On call', 'nobody is called for this severity');
  return confirmed ? fact('On call', whoever(onCall)) : fact('On call', 'called once CloudWatch confirms it');
}

/** Where to look next. Names go into an address only encoded, and only below AWS's own console. */
export function openLine(incident: Incident): Line {
  const { runbook, region, endpoint } = incident;
  const site = `https://${region}.console.aws.amazon.com`;
  const links: RichTextElement[] = [
    ...(runbook === undefined ? [] : [link(runbook, 'Runbook')]),
    link(`${site}/cloudwatch/home?region=${region}#alarmsV2:alarm/${inAddress(incident.alarmName)}`, 'Alarm'),
    ...(endpoint === undefined
      ? []
      : [
          link(`${site}/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${logGroup(endpoint)}`, 'Logs'),
          link(`${site}/sagemaker/home?region=${region}#/endpoints/${inAddress(endpoint)}`, 'Endpoint'),
        ]),
  ];
  const between = links.flatMap((each, place) => (place === 0 ? [each] : [' · ', each]));
  return fact('Open', ...between);
}

/** The console encodes twice and writes `$25` for the percent sign. */
function logGroup(endpoint: string): string {
  return encodeURIComponent(inAddress(`/aws/sagemaker/Endpoints/${endpoint}`)).replaceAll('%25', '$25');
}

/** `encodeURIComponent` throws on half a character. */
function inAddress(name: string): string {
  return encodeURIComponent(name.slice(0, 255).replace(/\p{Surrogate}/gu, '\ufffd'));
}

/** "812 ms, at worst 1,204 ms" */
export function worstWords({ value, worst, limit, unit }: Measure): string {
  const last = valueBeside(value, limit, unit);
  return value === worst ? last : `${last}, at worst ${valueBeside(worst, limit, unit)}`;
}

export function footText(incident: Pick<Incident, 'id' | 'alarmName' | 'account' | 'region'>): string {
  return `${incident.id} · ${foreignName(incident.alarmName)} · ${incident.account} ${incident.region}`;
}
