import type { Entry } from '../../audit/entry.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';
import { parseInstant } from '../../kernel/time.ts';
import { oneLine } from '../foreign-text.ts';
import type { InboxMessage } from '../inbox.ts';
import { packBody } from '../inbox-body.ts';
import type { SnsMessage } from '../sns-message.ts';
import type { TakeRefusal } from '../take-refusal.ts';
import { type KeepDeps, type Kept, keepMessage } from './keep-message.ts';
import { messageEntry } from './message-entry.ts';
import { makeRefusalCount } from './refusal-count.ts';
import { refuseDelivery } from './refuse-delivery.ts';
import { type Delivery, type VerifyDeps, verifyMessage } from './verify-message.ts';

export type TakeDeps = KeepDeps &
  VerifyDeps & {
    readonly houseChannel: string;
    /** Confirms through the SDK; the URL in the message is never opened. Throws a Fault when AWS does not do it now. */
    readonly confirmSubscription: (asked: { readonly topicArn: string; readonly token: string }) => Promise<void>;
    /** Called after a message was stored, so that reading need not wait for its timer. */
    readonly onTaken: () => void;
  };

export type TakeMessage = (delivery: Delivery) => Promise<Result<Kept, TakeRefusal>>;

/**
 * Verifies, claims and stores one delivery; every door uses it. Throws a Fault when it cannot be verified or stored yet:
 * the door must not answer "taken" then, so that it is delivered again.
 */
export function makeTakeMessage(deps: TakeDeps): TakeMessage {
  const refusing = { ...deps, refusalsToTell: makeRefusalCount(deps.clocks.wall) };
  return async function takeMessage(delivery) {
    const verified = await verifiedAndFitting(deps, delivery);
    if (!verified.ok) {
      await refuseDelivery(refusing, delivery, verified.refusal);
      return verified;
    }
    const kept = await keepMessage(deps, {
      ...envelopeOf(delivery, verified.value),
      ...(await fateOf(deps, verified.value)),
    });
    if (kept.kind === 'taken') deps.onTaken();
    return accept(kept);
  };
}

/** Verified, and small enough for an item of the store even if nothing in it can be packed. */
async function verifiedAndFitting(deps: TakeDeps, delivery: Delivery): Promise<Result<SnsMessage, TakeRefusal>> {
  const verified = await verifyMessage(deps, delivery);
  if (verified.ok && !packBody(verified.value.Message)) return refuse({ kind: 'too-large', bytes: delivery.bytes });
  return verified;
}

function envelopeOf(delivery: Delivery, message: SnsMessage) {
  const subject = message.Type === 'Notification' ? message.Subject : undefined;
  return {
    messageId: message.MessageId,
    door: delivery.door,
    topic: message.TopicArn,
    ...(typeof subject === 'string' ? { subject: oneLine(subject, 200) } : {}),
    text: message.Message,
    raw: delivery.body,
    bytes: delivery.bytes,
  };
}

type Fate = { readonly sentAt: number; readonly state: InboxMessage['state']; readonly entries: readonly Entry[] };

/** A notification waits to be read; the two about the subscription itself are settled here. */
async function fateOf(deps: TakeDeps, message: SnsMessage): Promise<Fate> {
  const sentAt = parseInstant(message.Timestamp) ?? deps.clocks.wall();
  switch (message.Type) {
    case 'Notification':
      return { sentAt, state: { kind: 'new', refusals: 0 }, entries: [] };
    case 'SubscriptionConfirmation':
      await deps.confirmSubscription({ topicArn: message.TopicArn, token: message.Token });
      return {
        sentAt,
        state: { kind: 'read', because: 'subscription confirmed' },
        entries: [confirmedEntry(deps, message)],
      };
    case 'UnsubscribeConfirmation': {
      const why = 'this bot was unsubscribed from the topic; its messages no longer arrive here';
      const state = { kind: 'unparsed' as const, why, channel: deps.houseChannel };
      return { sentAt, state, entries: [endedEntry(deps, message)] };
    }
    default:
      return message satisfies never;
  }
}

function confirmedEntry(deps: TakeDeps, { TopicArn, MessageId }: SnsMessage): Entry {
  return messageEntry(deps, {
    act: 'subscription.confirmed',
    outcome: 'done',
    sentence: `Subscription to ${oneLine(TopicArn, 200)} confirmed.`,
    facts: { topic: oneLine(TopicArn, 200), message: MessageId },
    requestId: MessageId,
  });
}

function endedEntry(deps: TakeDeps, { TopicArn, MessageId }: SnsMessage): Entry {
  return messageEntry(deps, {
    act: 'subscription.ended',
    outcome: 'done',
    sentence: `The subscription to ${oneLine(TopicArn, 200)} was ended; its messages no longer arrive here.`,
    facts: { topic: oneLine(TopicArn, 200), message: MessageId },
    requestId: MessageId,
  });
}
