import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Fault } from '../kernel/fault.ts';
import type { Now } from '../kernel/time.ts';
import type { Commit, Find, ListGroup, ListOpen, NextNumber } from '../ledger/act.ts';
import { type AuditReads, makeAuditReads } from './audit-read.ts';
import { type AuditWrites, makeAuditWrites } from './audit-write.ts';
import { type Cards, makeCards } from './cards.ts';
import { makeCommit } from './commit.ts';
import { makeNextNumber, makePing } from './counters.ts';
import { ensureTables } from './ensure-tables.ts';
import { type Leases, makeLeases } from './leases.ts';
import type { OnUnreadable } from './query.ts';
import { makeReads } from './read-state.ts';
import type { Ground, TableNames } from './tables.ts';

/** All that is kept, and the only writer of it. */
export type Store = {
  /** Makes and protects the tables; answers a sentence for each protection that the endpoint does not have. */
  readonly ensureTables: () => Promise<readonly string[]>;
  readonly find: Find;
  readonly listOpen: ListOpen;
  readonly listGroup: ListGroup;
  readonly commit: Commit;
  readonly nextNumber: NextNumber;
  /** A real write. Throws a Fault when the store cannot be written. */
  readonly ping: () => Promise<void>;
  readonly cards: Cards;
  readonly leases: Leases;
  readonly audit: AuditReads & AuditWrites;
};

export type StoreGround = {
  /** Its endpoint alone says which DynamoDB is meant. */
  readonly client: DynamoDBClient;
  readonly tables: TableNames;
  /** Real time: leases and expiries go by it. */
  readonly wall: Now;
  /** Told of every item that a list passed over because it does not read. */
  readonly onUnreadable?: OnUnreadable | undefined;
};

/** Everything that is kept, in two tables. */
export function openStore(on: StoreGround): Store {
  const documents = DynamoDBDocumentClient.from(on.client, { marshallOptions: { removeUndefinedValues: true } });
  const ground: Ground = { documents, tables: on.tables, wall: on.wall };
  const onUnreadable = on.onUnreadable ?? (() => {});
  const reads = makeReads(ground, onUnreadable);
  return {
    ensureTables: () => ensureTables(on.client, on.tables),
    ...reads,
    commit: makeCommit(ground),
    nextNumber: makeNextNumber(ground),
    ping: makePing(ground),
    cards: makeCards(ground, onUnreadable),
    leases: makeLeases(ground),
    // The trail never passes over anything.
    audit: { ...makeAuditReads(ground, makeReads(ground, loud).listOpen), ...makeAuditWrites(ground) },
  };
}

function loud(error: Fault): never {
  throw error;
}
