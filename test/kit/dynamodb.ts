import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type EpochMs, instant } from '../../src/kernel/time.ts';
import { openDynamoDb } from '../../src/local/dynamodb/open-dynamodb.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';

export type TestStore = {
  readonly store: Store;
  /** The wall that the store goes by: set `at` to move it. */
  readonly clock: { at: EpochMs };
  readonly tables: { readonly state: string; readonly audit: string };
  /** Past the store, as somebody with the table's name and rights would. */
  readonly raw: DynamoDBDocumentClient;
  /** Another replica's store on the same tables, optionally through another address and with more attempts a call. */
  readonly replica: (url?: string, maxAttempts?: number) => Store;
  readonly url: string;
  readonly close: () => Promise<void>;
};

/** 2026-11-23T09:00:00Z, a Monday. */
const morning = instant(1_795_424_400_000);

/** A store on an embedded engine of its own: a real child process, reached by the real SDK. */
export async function openTestStore(): Promise<TestStore> {
  const engine = await openDynamoDb();
  const clock = { at: morning };
  const tables = { state: 'understudy-state', audit: 'understudy-audit' };
  const replica = (url = engine.url, maxAttempts = 1) =>
    openStore({ client: clientAt(url, maxAttempts), tables, wall: () => clock.at });
  const store = replica();
  await store.ensureTables();
  const raw = DynamoDBDocumentClient.from(clientAt(engine.url));
  return { store, clock, tables, raw, replica, url: engine.url, close: engine.close };
}

/** One attempt a call unless said otherwise, so that a test sees what one lost answer does. */
export function clientAt(url: string, maxAttempts = 1): DynamoDBClient {
  return new DynamoDBClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts,
  });
}
