import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { Fault } from '../kernel/fault.ts';
import { attempt } from './attempt.ts';
import { type Ground, openIndex, openKey, openOrder } from './tables.ts';

/** All pages of a query, as they come. */
export async function* pagesOf(
  ground: Ground,
  query: QueryCommandInput,
): AsyncGenerator<readonly Record<string, unknown>[]> {
  let from: Record<string, unknown> | undefined;
  do {
    const answer = await attempt(`list ${query.TableName}`, () =>
      ground.documents.send(new QueryCommand({ ...query, ...(from ? { ExclusiveStartKey: from } : {}) })),
    );
    yield answer.Items ?? [];
    from = answer.LastEvaluatedKey;
  } while (from);
}

/** The query for open items of a kind, optionally those under one word. */
export function openQuery(ground: Ground, kind: string, word: string | undefined): QueryCommandInput {
  return {
    TableName: ground.tables.state,
    IndexName: openIndex,
    KeyConditionExpression: word === undefined ? 'openPk = :open' : 'openPk = :open AND begins_with(openSk, :word)',
    ExpressionAttributeValues: {
      ':open': openKey(kind),
      ...(word === undefined ? {} : { ':word': openOrder(word, '') }),
    },
  };
}

/** Told of each item that a list passed over because it does not read. */
export type OnUnreadable = (error: Fault) => void;

/** What of `items` reads. One item that does not must not hide the others; it is told, and whoever asks for it by id hears it loudly. */
export function readable<T, U>(items: readonly T[], read: (item: T) => U, onUnreadable: OnUnreadable): readonly U[] {
  return items.flatMap((item) => {
    try {
      return [read(item)];
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'store-unreadable') throw error;
      onUnreadable(error);
      return [];
    }
  });
}
