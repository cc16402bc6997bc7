import type { ModelStatus, VersionRow } from '../src/status/status.ts';
import { changeStateWords } from './change-states.ts';
import { whatOf } from './change-words.ts';
import { foreign, foreignName } from './foreign.ts';
import { whatWithValue } from './incident-card.ts';
import type { Message } from './message.ts';
import { fleet, plural } from './numbers.ts';
import {
  bold,
  code,
  emoji,
  fact,
  facts,
  footer,
  headerOf,
  type Line,
  line,
  lookedFooter,
  message,
  moment,
  nameOf,
} from './parts.ts';

const listed = 3;

/** What serves behind a model and what hangs on it. Private. */
export function statusCard(status: ModelStatus): Message {
  const { serving, openIncidents, openChanges } = status;
  const runs = serving ? `${versionWords(serving.version)} serves` : 'nothing serves';
  const open = `${plural(openIncidents.length, 'open incident')}, ${plural(openChanges.length, 'open change')}`;
  return message(
    `📊 ${status.model}: ${runs}, ${open}. Endpoint ${foreignName(status.endpoint)} is ${foreign(status.status, 40)}.`,
    headerOf(status.model, (name) => `📊 ${name} · ${runs}${hangs(status)}`),
    facts([
      fact('Serving', serving ? servingWords(serving) : 'nothing yet'),
      fact('Endpoint', `${foreignName(status.endpoint)}, ${foreign(status.status, 40)}`),
      ...(serving ? [fact('Config', foreignName(serving.configName))] : []),
      ...lastLines(status),
      ...shadowLines(status),
      ...changeLines(status),
      ...incidentLines(status),
      ...(serving ? [] : [fact('Next', 'deploy a version: ', code(`/model deploy ${status.model} 1`))]),
    ]),
    lookedFooter('only you see this', status.lookedAt),
  );
}

function hangs({ openIncidents, shadowTest }: ModelStatus): string {
  if (openIncidents.length > 0) return `, ${plural(openIncidents.length, 'incident')}`;
  return shadowTest ? ', shadow test' : '';
}

function versionWords(version: number | undefined): string {
  return version === undefined ? 'a foreign config' : `version\u00a0${version}`;
}

function servingWords({ version, instances, instanceType }: NonNullable<ModelStatus['serving']>): string {
  const what = version === undefined ? 'a config that Understudy did not make' : versionWords(version);
  return `${what} · ${fleet(instances, instanceType)}`;
}

function lastLines({ lastChange }: ModelStatus): readonly Line[] {
  if (!lastChange) return [];
  const { id, state, requestedBy, requestedAt } = lastChange;
  return [
    fact(
      'Changed',
      `${id} ${whatOf(lastChange)}, ${changeStateWords[state.kind]}, asked by ${nameOf(requestedBy)}, `,
      moment(requestedAt),
    ),
  ];
}

function shadowLines({ shadowTest }: ModelStatus): readonly Line[] {
  if (!shadowTest) return [];
  const beside = `${shadowTest.candidateVersion} beside\u00a0${shadowTest.productionVersion}`;
  return [fact('Shadow', `${shadowTest.id}: version\u00a0${beside}, until `, moment(shadowTest.endsAt))];
}

function changeLines({ openChanges }: ModelStatus): readonly Line[] {
  const lines = openChanges.map((change) =>
    fact('Change', `${change.id} ${whatOf(change)}, ${changeStateWords[change.state.kind]}`),
  );
  return cut(lines, 'change');
}

function incidentLines({ openIncidents }: ModelStatus): readonly Line[] {
  const lines = openIncidents.map((incident) =>
    fact('Incident', `${incident.id} ${whatWithValue(incident)}, since `, moment(incident.openedAt)),
  );
  return cut(lines, 'incident');
}

function cut(lines: readonly Line[], noun: string): readonly Line[] {
  const hidden = lines.length - listed;
  return hidden <= 0 ? lines : [...lines.slice(0, listed), line(`and ${plural(hidden, `more ${noun}`)}`)];
}

const rowsShown = 10;

/** The registered versions, newest first. Private. */
export function versionsCard(model: string, rows: readonly VersionRow[]): Message {
  const serving = rows.find((row) => row.serving);
  const serves = serving ? `version\u00a0${serving.version} serves` : 'none serves';
  const hidden = rows.length - rowsShown;
  const newest = rows[0] ? ` Newest: ${rows[0].version}, ${foreign(rows[0].approval, 40)}.` : '';
  return message(
    `📊 ${plural(rows.length, 'version')} of ${model}, ${serves}.${newest}`,
    headerOf(model, (name) => `📊 ${plural(rows.length, 'version')} · ${name} · ${serves}`),
    facts([
      ...(rows.length === 0 ? [line('No version is registered yet.')] : rows.slice(0, rowsShown).map(rowLine)),
      ...(hidden > 0 ? [line(`and ${plural(hidden, 'older version')}`)] : []),
    ]),
    footer('as the registry says now · only you see this'),
  );
}

function rowLine(row: VersionRow): Line {
  const sign = row.serving ? [emoji('white_check_mark'), ' '] : [];
  const serves = row.serving ? '  serves · ' : '  ';
  return line(...sign, bold(String(row.version)), `${serves}${foreign(row.approval, 40)} · ${foreign(row.status, 40)}`);
}
