import { z } from 'zod';
import { Fault } from '../kernel/fault.ts';
import { type Card, type CardNeed, cardId } from '../outbox/card.ts';
import { type Ground, openKey, openOrder, stateKey } from './tables.ts';
import type { Line } from './transact.ts';

export const cardKind = 'card';

const CardItem = z.object({
  id: z.string(),
  channel: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  wanted: z.number().int(),
  drawn: z.number().int(),
  ts: z.string().optional(),
  posting: z.object({ marker: z.string(), since: z.number(), tries: z.number() }).optional(),
  /** Who wrote last: how a poster whose answer was lost recognises its own write. */
  writer: z.string().optional(),
});

/** A card with the mark of its last writer. */
export type StoredCard = Card & { readonly writer?: string | undefined };

/** Asks for one more drawing. Unconditional, so cards never make an act lose a race. */
export function cardLine(ground: Ground, need: CardNeed): Line {
  const id = cardId(need.subject);
  return {
    names: { kind: cardKind, id },
    write: {
      Update: {
        TableName: ground.tables.state,
        Key: { pk: stateKey(cardKind, id) },
        UpdateExpression: wantExpression,
        ExpressionAttributeNames: { '#kind': 'kind', '#id': 'id' },
        ExpressionAttributeValues: {
          ':one': 1,
          ':none': 0,
          ':kind': cardKind,
          ':id': id,
          ':channel': need.channel,
          ':subjectKind': need.subject.kind,
          ':subjectId': need.subject.id,
          ':open': openKey(cardKind),
          ':place': openOrder(need.channel, id),
        },
      },
    },
  };
}

/** `place` keeps where the card stands in the open list of its first channel, for the times when it is not in the list. */
const wantExpression = [
  'SET #kind = :kind, #id = :id, channel = if_not_exists(channel, :channel), place = if_not_exists(place, :place),',
  'subjectKind = :subjectKind, subjectId = :subjectId, drawn = if_not_exists(drawn, :none),',
  'openPk = :open, openSk = if_not_exists(place, :place)',
  'ADD wanted :one',
].join(' ');

/** @throws {Fault} when the attributes are not a card's */
export function readCard(attributes: unknown): StoredCard {
  const read = CardItem.safeParse(attributes);
  if (!read.success) throw new Fault('store-unreadable', 'A stored card does not read', { cause: read.error });
  const { subjectKind, subjectId, ...card } = read.data;
  return { ...card, subject: { kind: subjectKind, id: subjectId } };
}
