import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { NextNumber } from '../ledger/act.ts';
import { attempt } from './attempt.ts';
import { type Ground, stateKey } from './tables.ts';

/** Named counters. A lost answer may skip a number; no number is given out twice. */
export function makeNextNumber(ground: Ground): NextNumber {
  return async function nextNumber(counter) {
    return await addOne(ground, stateKey('counter', counter));
  };
}

/** A real write, so that readiness means "can be written", not "can be reached". */
export function makePing(ground: Ground): () => Promise<void> {
  return async function ping() {
    await addOne(ground, stateKey('ping', 'ready'));
  };
}

async function addOne(ground: Ground, pk: string): Promise<number> {
  const answer = await attempt(`count ${pk}`, () =>
    ground.documents.send(
      new UpdateCommand({
        TableName: ground.tables.state,
        Key: { pk },
        UpdateExpression: 'ADD #count :one',
        ExpressionAttributeNames: { '#count': 'count' },
        ExpressionAttributeValues: { ':one': 1 },
        ReturnValues: 'UPDATED_NEW',
      }),
    ),
  );
  return z.object({ count: z.number() }).parse(answer.Attributes).count;
}
