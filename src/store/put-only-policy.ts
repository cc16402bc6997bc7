import { z } from 'zod';

/** Everything that changes or removes what is there, or adds past the condition of a transaction. */
const deniedActions = [
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:PartiQLInsert',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PartiQLDelete',
  'dynamodb:DeleteTable',
];

/**
 * Denies everybody to change the trail. `PutItem` overwrites, and no policy can ask for a condition expression; a put
 * outside a transaction is therefore denied as well, and the chain of hashes shows an overwriting inside one.
 */
export function putOnlyPolicy(tableArn: string): string {
  const everybody = { Effect: 'Deny', Principal: '*', Resource: tableArn };
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'TrailIsPutOnly', ...everybody, Action: deniedActions },
      {
        Sid: 'PutsOnlyInTransactions',
        ...everybody,
        Action: 'dynamodb:PutItem',
        Condition: { StringNotEquals: { 'dynamodb:EnclosingOperation': 'TransactWriteItems' } },
      },
    ],
  });
}

const Words = z.union([z.string(), z.array(z.string())]).transform((words) => [words].flat());
const Policy = z.object({ Statement: z.array(z.object({ Effect: z.string(), Action: Words.optional() })) });

/** True when the policy denies at least updates and deletes. */
export function saysPutOnly(policy: string): boolean {
  const read = Policy.safeParse(JSON.parse(policy));
  if (!read.success) return false;
  const denied = new Set(
    read.data.Statement.flatMap(({ Effect, Action }) => (Effect === 'Deny' ? (Action ?? []) : [])),
  );
  return ['dynamodb:UpdateItem', 'dynamodb:DeleteItem'].every(
    (action) => denied.has(action) || denied.has('dynamodb:*'),
  );
}
