import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Config } from '../config/config.ts';
import type { Now } from '../kernel/time.ts';
import { openStore, type Store } from '../store/open-store.ts';
import type { Log } from './log.ts';

/** The embedded DynamoDB asks for credentials and looks at none of them. */
export const localCredentials = { accessKeyId: 'understudy-local', secretAccessKey: 'understudy-local' } as const;

/** DynamoDB answers in milliseconds. A connection that has gone silent must become a fault, not a wait without end. */
const requestHandler = { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true };

/** The store that the configuration names: DynamoDB itself, or the engine of the local world. */
export function connectStore(config: Config, wall: Now, log?: Pick<Log, 'error'>): Store {
  const client = new DynamoDBClient({
    region: config.store.region,
    requestHandler,
    ...(config.override.store === undefined ? {} : { endpoint: config.override.store }),
    ...(config.world.store === 'local' ? { credentials: localCredentials } : {}),
  });
  const onUnreadable = (error: unknown): void =>
    log?.error({ error }, 'a stored item does not read and was passed over');
  return openStore({ client, tables: config.store.tables, wall, onUnreadable });
}
