import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  type TableDescription,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { Fault } from '../kernel/fault.ts';
import { attempt } from './attempt.ts';
import { protect } from './protect.ts';
import { codeOf } from './store-fault.ts';
import { groupIndex, lineIndex, openIndex, type TableNames } from './tables.ts';

type Shape = Pick<CreateTableCommandInput, 'AttributeDefinitions' | 'KeySchema' | 'GlobalSecondaryIndexes'>;

const state: Shape = {
  AttributeDefinitions: ['pk', 'openPk', 'openSk', 'groupPk', 'groupSk'].map(textAttribute),
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  GlobalSecondaryIndexes: [index(openIndex, 'openPk', 'openSk'), index(groupIndex, 'groupPk', 'groupSk')],
};

const audit: Shape = {
  AttributeDefinitions: ['pk', 'sk', 'entryId'].map(textAttribute),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [index(lineIndex, 'pk', 'entryId')],
};

/**
 * Makes the tables where they are missing and switches their protections on.
 * @returns one sentence for each protection that could not be had; in a real store these are faults, for the caller to raise
 * @throws {Fault} when a table of that name has other keys
 */
export async function ensureTables(client: DynamoDBClient, names: TableNames): Promise<readonly string[]> {
  const stateTable = await ensureTable(client, names.state, state);
  const auditTable = await ensureTable(client, names.audit, audit);
  return [...(await protect(client, stateTable, 'state')), ...(await protect(client, auditTable, 'audit'))];
}

async function ensureTable(client: DynamoDBClient, name: string, shape: Shape): Promise<TableDescription> {
  const found = await findTable(client, name);
  if (!found) await createTable(client, name, shape);
  const table = found?.TableStatus === 'ACTIVE' ? found : await whenActive(client, name);
  const missing = missingIn(table, shape);
  if (missing) throw new Fault('store-wrong-table', `Table ${name} exists but ${missing}. Choose another name for it.`);
  return table;
}

async function findTable(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return await describeTable(client, name);
  } catch (error) {
    if (codeOf(error) === 'store-missing-table') return undefined;
    throw error;
  }
}

async function describeTable(client: DynamoDBClient, name: string): Promise<TableDescription> {
  const answer = await attempt(`look for table ${name}`, () =>
    client.send(new DescribeTableCommand({ TableName: name })),
  );
  return answer.Table ?? {};
}

/** Two bots that start at once both try; the second is told that the table is being made, and waits as well. */
async function createTable(client: DynamoDBClient, name: string, shape: Shape): Promise<void> {
  const more = { BillingMode: 'PAY_PER_REQUEST', DeletionProtectionEnabled: true } as const;
  try {
    await attempt(`make table ${name}`, () =>
      client.send(new CreateTableCommand({ TableName: name, ...shape, ...more })),
    );
  } catch (error) {
    if (codeOf(error) !== 'store-table-exists') throw error;
  }
}

async function whenActive(client: DynamoDBClient, name: string): Promise<TableDescription> {
  const patience = { client, maxWaitTime: 120, minDelay: 1, maxDelay: 5 };
  await attempt(`wait for table ${name}`, () => waitUntilTableExists(patience, { TableName: name }));
  return await describeTable(client, name);
}

function missingIn(table: TableDescription, shape: Shape): string | undefined {
  if (keyText(table.KeySchema) !== keyText(shape.KeySchema)) return `its key is ${keyText(table.KeySchema)}`;
  const has = new Set((table.GlobalSecondaryIndexes ?? []).map((one) => `${one.IndexName}: ${keyText(one.KeySchema)}`));
  const lacking = (shape.GlobalSecondaryIndexes ?? [])
    .map((one) => `${one.IndexName}: ${keyText(one.KeySchema)}`)
    .find((one) => !has.has(one));
  return lacking && `it lacks the index ${lacking}`;
}

function keyText(schema: CreateTableCommandInput['KeySchema']): string {
  return (schema ?? []).map((part) => `${part.AttributeName} ${part.KeyType}`).join(', ');
}

function textAttribute(name: string) {
  return { AttributeName: name, AttributeType: 'S' as const };
}

function index(name: string, partition: string, sort: string) {
  return {
    IndexName: name,
    KeySchema: [
      { AttributeName: partition, KeyType: 'HASH' as const },
      { AttributeName: sort, KeyType: 'RANGE' as const },
    ],
    Projection: { ProjectionType: 'ALL' as const },
  };
}
