import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { ifHolds } from './attempt.ts';
import { type Ground, stateKey } from './tables.ts';

/** The right to be the only one, for a while. Runs on wall time; the fence grows with every taking. */
export type Lease = {
  readonly fence: number;
  /** Holds it for another `ttlMs`; false when somebody else has taken it. */
  readonly renew: () => Promise<boolean>;
  readonly release: () => Promise<void>;
};

export type Leases = {
  /** Undefined while somebody holds it, the same holder included: two loops of one process are two. */
  readonly take: (name: string, holder: string, ttlMs: number) => Promise<Lease | undefined>;
};

export function makeLeases(ground: Ground): Leases {
  return {
    async take(name, holder, ttlMs) {
      // The SDK may repeat a taking whose answer was lost: the token lets the repeat pass and nobody else.
      const claim: Claim = { name, holder, token: randomUUID(), ttlMs };
      const fence = await takeFence(ground, claim);
      if (fence === undefined) return undefined;
      return {
        fence,
        renew: () => extend(ground, claim),
        release: async () => {
          await giveUp(ground, claim);
        },
      };
    },
  };
}

type Claim = { readonly name: string; readonly holder: string; readonly token: string; readonly ttlMs: number };

async function takeFence(ground: Ground, claim: Claim): Promise<number | undefined> {
  const now = ground.wall();
  const answer = await ifHolds(`take the lease ${claim.name}`, () =>
    ground.documents.send(
      new UpdateCommand({
        ...keyOf(ground, claim),
        UpdateExpression: 'SET holder = :holder, #token = :token, heldUntil = :until ADD fence :one',
        ConditionExpression: 'attribute_not_exists(heldUntil) OR heldUntil <= :now OR #token = :token',
        ExpressionAttributeNames: { '#token': 'token' },
        ExpressionAttributeValues: {
          ':holder': claim.holder,
          ':token': claim.token,
          ':until': now + claim.ttlMs,
          ':now': now,
          ':one': 1,
        },
        ReturnValues: 'ALL_NEW',
      }),
    ),
  );
  return answer && z.object({ fence: z.number() }).parse(answer.Attributes).fence;
}

async function extend(ground: Ground, claim: Claim): Promise<boolean> {
  return await whileOurs(ground, claim, {
    UpdateExpression: 'SET heldUntil = :until',
    values: { ':until': ground.wall() + claim.ttlMs },
  });
}

/** The item stays, so that the fence goes on growing. */
async function giveUp(ground: Ground, claim: Claim): Promise<boolean> {
  return await whileOurs(ground, claim, { UpdateExpression: 'REMOVE heldUntil, holder, #token', values: {} });
}

async function whileOurs(
  ground: Ground,
  claim: Claim,
  change: { UpdateExpression: string; values: Record<string, unknown> },
): Promise<boolean> {
  const answer = await ifHolds(`keep the lease ${claim.name}`, () =>
    ground.documents.send(
      new UpdateCommand({
        ...keyOf(ground, claim),
        UpdateExpression: change.UpdateExpression,
        ConditionExpression: '#token = :token',
        ExpressionAttributeNames: { '#token': 'token' },
        ExpressionAttributeValues: { ':token': claim.token, ...change.values },
      }),
    ),
  );
  return answer !== undefined;
}

function keyOf(ground: Ground, claim: Claim) {
  return { TableName: ground.tables.state, Key: { pk: stateKey('lease', claim.name) } };
}
