import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Fault } from '../../src/kernel/fault.ts';
import { type LocalDynamoDb, openDynamoDb } from '../../src/local/dynamodb/open-dynamodb.ts';

const folder = mkdtempSync(join(tmpdir(), 'understudy-dynamodb-'));
const TableName = 'understudy-state';
let database: LocalDynamoDb;

function documents({ url }: LocalDynamoDb): DynamoDBDocumentClient {
  const credentials = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'local' };
  return DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 }),
  );
}

beforeAll(async () => {
  database = await openDynamoDb({ dir: folder });
  await documents(database).send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    }),
  );
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the embedded DynamoDB keeps what the audit trail rests on', () => {
  it('a transaction that loses writes nothing and shows the item that stood in its way', async () => {
    const client = documents(database);
    await client.send(new PutCommand({ TableName, Item: { pk: 'change', version: 2 } }));
    const lost = client.send(
      new TransactWriteCommand({
        TransactItems: [
          { Put: { TableName, Item: { pk: 'entry' } } },
          {
            Put: {
              TableName,
              Item: { pk: 'change', version: 2 },
              ConditionExpression: 'version = :seen',
              ExpressionAttributeValues: { ':seen': 1 },
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            },
          },
        ],
      }),
    );
    const error: unknown = await lost.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TransactionCanceledException);
    const reasons = error instanceof TransactionCanceledException ? error.CancellationReasons : [];
    expect(reasons).toMatchObject([
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed', Item: { version: { N: '2' } } },
    ]);
    expect((await client.send(new GetCommand({ TableName, Key: { pk: 'entry' } }))).Item).toBeUndefined();
  });

  it('items are there again after a restart', async () => {
    await documents(database).send(new PutCommand({ TableName, Item: { pk: 'kept', word: 'here' } }));
    await database.close();
    database = await openDynamoDb({ dir: folder });
    const found = await documents(database).send(new GetCommand({ TableName, Key: { pk: 'kept' } }));
    expect(found.Item).toEqual({ pk: 'kept', word: 'here' });
  });
});

describe('the embedded DynamoDB is a child that does not outlive its parent', () => {
  it('goes when the parent is killed without a word', async () => {
    const open = new URL('../../dist/src/local/dynamodb/open-dynamodb.js', import.meta.url).href;
    const script = `const { openDynamoDb } = await import(${JSON.stringify(open)}); console.log((await openDynamoDb()).url);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [url] = (await once(parent.stdout, 'data')) as [Buffer];
    const port = Number(new URL(String(url).trim()).port);
    expect(await isOpen(port)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => isOpen(port), { timeout: 5_000, interval: 20 }).toBe(false);
  });

  it('a program that cannot start is a fault with its last words', async () => {
    const broken = openDynamoDb({ source: { kind: 'program', path: '/nowhere/dynoxide' } });
    await expect(broken).rejects.toThrowError(Fault);
  });
});

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const said = (open: boolean) => () => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', said(true));
    socket.once('error', said(false));
  });
}
