import type { Alert } from '../../alerts/alert.ts';
import { parseBody } from '../../alerts/body.ts';
import { Inbox, type InboxMessage } from '../../alerts/inbox.ts';
import { bodyText } from '../../alerts/inbox-body.ts';
import { readAlert } from '../../alerts/read-alert.ts';
import { Fault } from '../../kernel/fault.ts';
import { actId } from '../../kernel/ids.ts';
import { instant } from '../../kernel/time.ts';
import type { Act } from '../../ledger/act.ts';
import { put, type Versioned } from '../../ledger/kind.ts';
import { type AlertModel, type AlertPolicy, channelOfTopic, routeAlert } from '../alert-policy.ts';
import { type Incident, IncidentKeys, Incidents } from '../incident.ts';
import { bearingOf, weigh, withPlausibleTime } from '../weigh-alert.ts';
import { type EffectWrites, openingWrites, updateWrites } from './effect-writes.ts';
import { askSource, type Surroundings } from './gather.ts';
import { type Ledger, triesMost } from './ledger.ts';

export type ReadDeps = Ledger & Surroundings & { readonly policy: AlertPolicy };

/** What became of one message of the inbox. */
export type Outcome =
  | { readonly kind: 'read'; readonly incident: Incident | undefined; readonly because: string }
  | { readonly kind: 'unparsed'; readonly why: string };

/** Reads one stored message and writes all that follows from it together: message, incident, entries, card, reply. */
export async function readMessage(deps: ReadDeps, first: Versioned<InboxMessage>): Promise<Outcome> {
  let item = first;
  for (let tries = 0; tries < triesMost; tries += 1) {
    const plan = await planFor(deps, item.value);
    const done = await deps.commit(actOf(deps, item, plan));
    if (done.ok) return plan.outcome;
    const again = await deps.find(Inbox, item.value.messageId);
    const known = again && (await outcomeOf(deps, again.value));
    if (known) return known;
    if (again) item = again;
  }
  throw new Fault('store-busy', `${item.value.name} lost ${triesMost} races in a row`, { retryable: true });
}

/** The message as shown to people because no reader knows it, or its reading broke. */
export async function keepUnparsed(deps: ReadDeps, item: Versioned<InboxMessage>, why: string): Promise<void> {
  await deps.commit(actOf(deps, item, unparsed(deps, item.value, why)));
}

type Plan = EffectWrites & { readonly outcome: Outcome };

async function planFor(deps: ReadDeps, message: InboxMessage): Promise<Plan> {
  const reading = readAlert(parsedBody(message));
  if (reading.kind === 'unparsed') return unparsed(deps, message, reading.why);
  const routed = routeAlert(reading.alert, deps.policy.models);
  if (!routed.ok) return unparsed(deps, message, routed.refusal);
  return await planForAlert(deps, message, {
    alert: withPlausibleTime(reading.alert, deps.clocks.domain()),
    model: routed.value,
  });
}

function parsedBody(message: InboxMessage) {
  const { subject, topic, sentAt } = message;
  return parseBody({ text: bodyText(message), subject, topic, sentAt: instant(sentAt) });
}

type Routed = { readonly alert: Alert; readonly model: AlertModel };

async function planForAlert(deps: ReadDeps, message: InboxMessage, { alert, model }: Routed): Promise<Plan> {
  const key = await deps.find(IncidentKeys, alert.key);
  const current = key && (await deps.find(Incidents, key.value.incident));
  const bearing = bearingOf(alert, current?.value);
  if (bearing.kind === 'nothing')
    return readPlan({ puts: [], entries: [], cards: [] }, current?.value, bearing.because);
  const answer = bearing.kind === 'no-data' ? 'no-answer' : await askSource(deps, alert.alarmArn);
  const effect = weigh(alert, bearing, answer);
  const requestId = message.name;
  if (effect.kind === 'open') {
    const opened = await openingWrites(deps, { alert, model, effect, keyVersion: key?.version ?? 0, requestId });
    return readPlan(opened, opened.incident, 'opened');
  }
  const before = { value: current?.value ?? effect.incident, version: current?.version ?? 0 };
  return readPlan(updateWrites(deps, { before, effect, requestId }), effect.incident, effect.kind);
}

function readPlan(writes: EffectWrites, incident: Incident | undefined, because: string): Plan {
  return { ...writes, outcome: { kind: 'read', incident, because } };
}

function unparsed(deps: ReadDeps, message: InboxMessage, why: string): Plan {
  return { puts: [], entries: [], cards: [inboxCard(deps, message)], outcome: { kind: 'unparsed', why } };
}

function inboxCard({ policy }: ReadDeps, message: InboxMessage): Act['cards'][number] {
  const kept = message.state.kind === 'unparsed' ? message.state.channel : undefined;
  return {
    subject: { kind: 'inbox', id: message.messageId },
    channel: kept ?? channelOfTopic(message.topic, policy),
  };
}

function actOf(deps: ReadDeps, { value, version }: Versioned<InboxMessage>, plan: Plan): Act {
  const next: InboxMessage = { ...value, state: stateAfter(deps, value, plan.outcome) };
  // A message that was shown as unparsed has a card, which now has to say that it was read.
  const shown = value.state.kind === 'unparsed' ? [inboxCard(deps, value)] : [];
  return {
    id: actId(deps.newId()),
    puts: [put(Inbox, next, version), ...plan.puts],
    entries: plan.entries,
    cards: [...plan.cards, ...shown],
  };
}

function stateAfter(deps: ReadDeps, message: InboxMessage, outcome: Outcome): InboxMessage['state'] {
  if (outcome.kind === 'unparsed')
    return { kind: 'unparsed', why: outcome.why, channel: inboxCard(deps, message).channel };
  const { incident, because } = outcome;
  return { kind: 'read', because, ...(incident === undefined ? {} : { incident: incident.id }) };
}

/** What a message became when it was read before; undefined while it still has to be read. */
export async function outcomeOf(deps: Ledger, { state }: InboxMessage): Promise<Outcome | undefined> {
  if (state.kind !== 'read') return undefined;
  const found = state.incident === undefined ? undefined : await deps.find(Incidents, state.incident);
  return { kind: 'read', incident: found?.value, because: state.because };
}
