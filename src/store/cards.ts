import { randomUUID } from 'node:crypto';
import { GetCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { EpochMs } from '../kernel/time.ts';
import type { Card } from '../outbox/card.ts';
import { attempt, ifHolds } from './attempt.ts';
import { cardKind, readCard, type StoredCard } from './card-item.ts';
import { type OnUnreadable, openQuery, pagesOf, readable } from './query.ts';
import { type Ground, stateKey } from './tables.ts';

/** The cards of the outbox. Each mark is a condition, so of two posters one wins and an older drawing never covers a newer. */
export type Cards = {
  /** Cards that want drawing, optionally of one channel. May lag by moments; what does not read is told and left out. */
  readonly due: (channel?: string) => Promise<readonly Card[]>;
  readonly find: (id: string) => Promise<Card | undefined>;
  /** Before a first post: false when another poster was faster since `card` was read. */
  readonly markPosting: (card: Card, post: { marker: string; since: EpochMs }) => Promise<boolean>;
  /** A post that is known not to be there: the next one needs no search. Nothing happens if another was begun since. */
  readonly forgetPosting: (card: Card) => Promise<void>;
  /**
   * After Slack has it. `drawn` is the `wanted` that was read before the state: 0 for a message that was found and may
   * show anything. No `ts` when there was nothing to show. False when the mark came too late.
   */
  readonly markDrawn: (card: Card, drawing: Drawing) => Promise<boolean>;
};

export type Drawing = { readonly ts?: string | undefined; readonly drawn: number };

type Change = Pick<UpdateCommandInput, 'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames'> & {
  readonly ExpressionAttributeValues: Record<string, unknown>;
};

export function makeCards(ground: Ground, onUnreadable: OnUnreadable): Cards {
  async function due(channel?: string): Promise<readonly Card[]> {
    const cards: Card[] = [];
    for await (const page of pagesOf(ground, openQuery(ground, cardKind, channel))) {
      cards.push(...readable(page, readCard, onUnreadable));
    }
    return cards.filter((card) => card.wanted > card.drawn && (channel === undefined || card.channel === channel));
  }

  async function markPosting(card: Card, { marker, since }: { marker: string; since: EpochMs }): Promise<boolean> {
    const posting = { marker, since, tries: (card.posting?.tries ?? 0) + 1 };
    return await change(ground, card.id, {
      UpdateExpression: 'SET posting = :posting, writer = :writer',
      ConditionExpression: `attribute_exists(pk) AND ${asRead(card)} AND ${postingAsRead(card)}`,
      ExpressionAttributeValues: { ':posting': posting, ...valuesAsRead(card), ...postingValue(card) },
    });
  }

  async function forgetPosting(card: Card): Promise<void> {
    const posting = (await findCard(ground, card.id))?.posting;
    if (!posting || posting.tries !== (card.posting?.tries ?? 0) + 1) return;
    await change(ground, card.id, {
      UpdateExpression: 'SET writer = :writer REMOVE posting',
      ConditionExpression: `attribute_not_exists(ts) AND ${postingAsRead({ posting })}`,
      ExpressionAttributeValues: postingValue({ posting }),
    });
  }

  async function markDrawn(card: Card, { ts, drawn }: Drawing): Promise<boolean> {
    const place = ts ? 'ts = :ts, ' : '';
    const values = { ...(ts ? { ':ts': ts } : {}), ':drawn': drawn, ...valuesAsRead(card) };
    // The first message of a card may show nothing known yet, so it need not be newer than "not drawn".
    const newer = ts && card.ts === undefined ? 'drawn <= :drawn' : 'drawn < :drawn';
    const isNewer = `attribute_exists(pk) AND ${newer} AND ${asRead(card)}`;
    // Only a card that nobody wants again leaves the open list; a wish that came during the drawing keeps it there.
    const isSettled = await change(ground, card.id, {
      UpdateExpression: `SET ${place}drawn = :drawn, writer = :writer REMOVE posting, openPk, openSk`,
      ConditionExpression: `${isNewer} AND wanted = :drawn`,
      ExpressionAttributeValues: values,
    });
    if (isSettled) return true;
    return await change(ground, card.id, {
      UpdateExpression: `SET ${place}drawn = :drawn, writer = :writer REMOVE posting`,
      ConditionExpression: `${isNewer} AND wanted > :drawn`,
      ExpressionAttributeValues: values,
    });
  }

  return { due, find: (id) => findCard(ground, id), markPosting, forgetPosting, markDrawn };
}

/** The message that the poster knew of is still the one: nobody posted in between. */
function asRead(card: Card): string {
  return card.ts === undefined ? 'attribute_not_exists(ts)' : 'ts = :tsRead';
}

function valuesAsRead(card: Card): Record<string, unknown> {
  return card.ts === undefined ? {} : { ':tsRead': card.ts };
}

type Begun = Pick<Card, 'posting'>;

function postingAsRead(card: Begun): string {
  return card.posting ? 'posting = :postingRead' : 'attribute_not_exists(posting)';
}

function postingValue(card: Begun): Record<string, unknown> {
  return card.posting ? { ':postingRead': card.posting } : {};
}

/** The SDK repeats a call whose answer was lost, and the repeat fails its own condition: the writer's mark tells. */
async function change(ground: Ground, id: string, change: Change): Promise<boolean> {
  const writer = randomUUID();
  const written = await ifHolds(`mark card ${id}`, () =>
    ground.documents.send(
      new UpdateCommand({
        TableName: ground.tables.state,
        Key: { pk: stateKey(cardKind, id) },
        ...change,
        ExpressionAttributeValues: { ...change.ExpressionAttributeValues, ':writer': writer },
      }),
    ),
  );
  return written !== undefined || (await findCard(ground, id))?.writer === writer;
}

async function findCard(ground: Ground, id: string): Promise<StoredCard | undefined> {
  const answer = await attempt(`read card ${id}`, () =>
    ground.documents.send(
      new GetCommand({ TableName: ground.tables.state, Key: { pk: stateKey(cardKind, id) }, ConsistentRead: true }),
    ),
  );
  return answer.Item && readCard(answer.Item);
}
