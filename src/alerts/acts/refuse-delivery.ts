import type { Entry } from '../../audit/entry.ts';
import { actId } from '../../kernel/ids.ts';
import { oneLine } from '../foreign-text.ts';
import { parseSnsMessage } from '../sns-message.ts';
import type { TakeRefusal } from '../take-refusal.ts';
import { takeRefusalWords } from '../take-words.ts';
import { type KeepDeps, keepMessage } from './keep-message.ts';
import { messageEntry } from './message-entry.ts';
import type { makeRefusalCount } from './refusal-count.ts';
import type { Delivery } from './verify-message.ts';

export type RefuseDeps = KeepDeps & {
  readonly houseChannel: string;
  readonly refusalsToTell: ReturnType<typeof makeRefusalCount>;
};

/** Writes a refusal into the trail. What came by a queue is kept besides: once deleted there, nobody else has it. */
export async function refuseDelivery(deps: RefuseDeps, delivery: Delivery, refusal: TakeRefusal): Promise<void> {
  const untold = deps.refusalsToTell(`${delivery.door} ${refusal.kind}`);
  const entries = untold === undefined ? [] : [refusalEntry(deps, delivery, { refusal, untold })];
  if (delivery.queueId === undefined) {
    if (entries.length > 0) await deps.commit({ id: actId(deps.newId()), puts: [], entries, cards: [] });
    return;
  }
  await keepMessage(deps, {
    // Never the id that the body claims: a forged message must not take the place of the true one.
    messageId: `queue.${delivery.queueId}`,
    door: delivery.door,
    topic: 'queue',
    text: delivery.body,
    raw: delivery.body,
    bytes: delivery.bytes,
    sentAt: deps.clocks.wall(),
    state: { kind: 'unparsed', why: takeRefusalWords(refusal), channel: deps.houseChannel },
    entries,
  });
}

type Told = { readonly refusal: TakeRefusal; readonly untold: number };

function refusalEntry(deps: KeepDeps, delivery: Delivery, { refusal, untold }: Told): Entry {
  const more = untold === 0 ? '' : ` (${untold} more like it were only counted)`;
  const claims = parseSnsMessage(delivery.body);
  return messageEntry(deps, {
    act: 'message.refused',
    outcome: 'refused',
    sentence: `A message was not taken: ${takeRefusalWords(refusal)}.${more}`,
    facts: {
      door: delivery.door,
      refusal: refusal.kind,
      bytes: delivery.bytes,
      counted: untold,
      ...(claims ? { claimsTopic: oneLine(claims.TopicArn, 200), claimsId: claims.MessageId } : {}),
    },
    requestId: delivery.queueId ?? claims?.MessageId ?? '',
  });
}
