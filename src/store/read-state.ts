import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Find, ListGroup, ListOpen } from '../ledger/act.ts';
import type { Kind } from '../ledger/kind.ts';
import { attempt } from './attempt.ts';
import { isExpired, readItem, type StateItem, versionedOf } from './item.ts';
import { openQuery, pagesOf } from './query.ts';
import { type Ground, groupIndex, groupKey, openOrder, stateKey } from './tables.ts';

/** Reads of the state table. Every one leaves expired items out. */
export function makeReads(ground: Ground): { find: Find; listOpen: ListOpen; listGroup: ListGroup } {
  const find: Find = async (kind, id) => {
    const item = await findItem(ground, kind.name, id);
    return item && !isExpired(item, ground.wall()) ? versionedOf(kind, item) : undefined;
  };

  async function listOpen<T>(kind: Kind<T>, word?: string) {
    const items: StateItem[] = [];
    for await (const page of pagesOf(ground, openQuery(ground, kind.name, word))) items.push(...live(ground, page));
    // A word that holds a `#` could begin like another word, so the whole key is compared.
    const listed = word === undefined ? items : items.filter((item) => item.openSk === openOrder(word, item.id));
    return listed.map((item) => versionedOf(kind, item));
  }

  async function listGroup<T>(kind: Kind<T>, group: string, limit: number) {
    const items: StateItem[] = [];
    for await (const page of pagesOf(ground, groupQuery(ground, groupKey(kind.name, group), limit))) {
      items.push(...live(ground, page));
      if (items.length >= limit) break;
    }
    return items.slice(0, limit).map((item) => versionedOf(kind, item));
  }

  return { find, listOpen, listGroup };
}

/** The item as stored, expired or not, by a strongly consistent read. */
export async function findItem(ground: Ground, kind: string, id: string): Promise<StateItem | undefined> {
  const answer = await attempt(`read ${kind} ${id}`, () =>
    ground.documents.send(
      new GetCommand({ TableName: ground.tables.state, Key: { pk: stateKey(kind, id) }, ConsistentRead: true }),
    ),
  );
  return answer.Item && readItem(answer.Item);
}

function groupQuery(ground: Ground, group: string, limit: number) {
  return {
    TableName: ground.tables.state,
    IndexName: groupIndex,
    KeyConditionExpression: 'groupPk = :group',
    ExpressionAttributeValues: { ':group': group },
    ScanIndexForward: false,
    Limit: limit,
  };
}

function live(ground: Ground, page: readonly unknown[]): readonly StateItem[] {
  const at = ground.wall();
  return page.map(readItem).filter((item) => !isExpired(item, at));
}
