import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Find, ListGroup, ListOpen } from '../ledger/act.ts';
import type { Kind, Versioned } from '../ledger/kind.ts';
import { attempt } from './attempt.ts';
import { isExpired, readItem, type StateItem, versionedOf } from './item.ts';
import { type OnUnreadable, openQuery, pagesOf, readable } from './query.ts';
import { type Ground, groupIndex, groupKey, openOrder, stateKey } from './tables.ts';

/**
 * Reads of the state table. Every one leaves expired items out. Lists pass over what does not read and tell it; asking for
 * such an item by its id throws.
 */
export function makeReads(
  ground: Ground,
  onUnreadable: OnUnreadable,
): { find: Find; listOpen: ListOpen; listGroup: ListGroup } {
  const find: Find = async (kind, id) => {
    const item = await findItem(ground, kind.name, id);
    return item && !isExpired(item, ground.wall()) ? versionedOf(kind, item) : undefined;
  };

  async function listOpen<T>(kind: Kind<T>, word?: string) {
    const items: StateItem[] = [];
    for await (const page of pagesOf(ground, openQuery(ground, kind.name, word)))
      items.push(...live(ground, page, onUnreadable));
    // A word that holds a `#` could begin like another word, so the whole key is compared.
    const listed = word === undefined ? items : items.filter((item) => item.openSk === openOrder(word, item.id));
    return readable(listed, (item) => versionedOf(kind, item), onUnreadable);
  }

  async function listGroup<T>(kind: Kind<T>, group: string, limit: number) {
    const listed: Versioned<T>[] = [];
    for await (const page of pagesOf(ground, groupQuery(ground, groupKey(kind.name, group), limit))) {
      const items = live(ground, page, onUnreadable);
      listed.push(...readable(items, (item) => versionedOf(kind, item), onUnreadable));
      if (listed.length >= limit) break;
    }
    return listed.slice(0, limit);
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

function live(ground: Ground, page: readonly unknown[], onUnreadable: OnUnreadable): readonly StateItem[] {
  const at = ground.wall();
  return readable(page, readItem, onUnreadable).filter((item) => !isExpired(item, at));
}
