import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
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
