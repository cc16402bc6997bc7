import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Put } from '../ledger/kind.ts';
import { attempt } from './attempt.ts';
import { itemOf } from './item.ts';
import { unmetPlace } from './store-fault.ts';
import { type Ground, stateKey } from './tables.ts';

export type ItemName = { readonly kind: string; readonly id: string };
type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** One write of a transaction, with the name under which its condition is reported. */
export type Line = { readonly names: ItemName; readonly write: Write };

type AuditItem = { readonly pk: string; readonly sk: string } & Readonly<Record<string, unknown>>;

export type Transaction = {
  readonly doing: string;
  /** At most 36 characters. The same token with the same content is carried out once within ten minutes. */
  readonly token: string;
  readonly lines: readonly Line[];
};

/** DynamoDB's limit on one transaction. */
const linesMost = 100;

/** Writes all lines or none. Answers the first item whose condition did not hold, or undefined when everything is written. */
export async function transact(ground: Ground, { doing, token, lines }: Transaction): Promise<ItemName | undefined> {
  if (lines.length > linesMost) {
    throw new RangeError(`${doing}: ${lines.length} writes do not fit into one transaction of ${linesMost}`);
  }
  const command = new TransactWriteCommand({
    TransactItems: lines.map((line) => line.write),
    ClientRequestToken: token,
  });
  try {
    await attempt(doing, () => ground.documents.send(command));
    return undefined;
  } catch (error) {
    const place = unmetPlace(error);
    if (place === undefined) throw error;
    return lines[place]?.names;
  }
}

/** A guarded write of a state item. */
export function putLine(ground: Ground, put: Put, act: string): Line {
  return {
    names: { kind: put.kind, id: put.id },
    write: { Put: { TableName: ground.tables.state, Item: itemOf(put, act), ...versionGuard(put, ground.wall()) } },
  };
}

/** What has expired counts as absent although DynamoDB may keep it for days, so its place can be taken. */
function versionGuard(put: Put, at: number) {
  if (put.expected > 0) {
    return {
      ConditionExpression: '#version = :expected',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':expected': put.expected },
    };
  }
  return {
    ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
    ExpressionAttributeValues: { ':now': at },
  };
}

/** Removes a state item that must still be there. */
export function removeLine(ground: Ground, names: ItemName): Line {
  return {
    names,
    write: {
      Delete: {
        TableName: ground.tables.state,
        Key: { pk: stateKey(names.kind, names.id) },
        ConditionExpression: 'attribute_exists(pk)',
      },
    },
  };
}

/** Adds an item to the audit table, never in the place of another. */
export function auditLine(ground: Ground, names: ItemName, item: AuditItem): Line {
  return {
    names,
    write: {
      Put: { TableName: ground.tables.audit, Item: item, ConditionExpression: 'attribute_not_exists(pk)' },
    },
  };
}
