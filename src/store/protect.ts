import {
  DescribeContinuousBackupsCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
  type TableDescription,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { attempt } from './attempt.ts';
import { putOnlyPolicy, saysPutOnly } from './put-only-policy.ts';
import { storeFault } from './store-fault.ts';

type Table = { readonly client: DynamoDBClient; readonly name: string; readonly arn: string };
type Protection = { readonly what: string; readonly switchOn: () => Promise<unknown> };

/** Switches on what a table of this role needs, unless it is on. Answers a sentence for each that could not be had. */
export async function protect(
  client: DynamoDBClient,
  described: TableDescription,
  role: 'state' | 'audit',
): Promise<readonly string[]> {
  const table = { client, name: described.TableName ?? '', arn: described.TableArn ?? '' };
  const both = [deletionProtection(table, described), pointInTimeRecovery(table)];
  // An entry of the trail must never be deleted by its age, so only the state table has a time to live.
  const protections = role === 'state' ? [...both, timeToLive(table)] : [...both, noTimeToLive(table), putOnly(table)];
  const sentences: string[] = [];
  for (const { what, switchOn } of protections) sentences.push(...(await unlessOn(table, what, switchOn)));
  return sentences;
}

async function unlessOn({ name }: Table, what: string, switchOn: () => Promise<unknown>): Promise<readonly string[]> {
  try {
    await attempt(`switch on ${what} for ${name}`, switchOn);
    return [];
  } catch (error) {
    const fault = storeFault(error, `switch on ${what} for ${name}`);
    if (fault.code === 'store-unknown-operation')
      return [`Table ${name} has no ${what}: this endpoint does not know it.`];
    if (fault.code === 'store-unreachable') throw fault;
    return [`Table ${name} has no ${what}: ${fault.message}.`];
  }
}

function deletionProtection({ client, name }: Table, described: TableDescription): Protection {
  return {
    what: 'deletion protection',
    switchOn: async () => {
      if (described.DeletionProtectionEnabled) return;
      await client.send(new UpdateTableCommand({ TableName: name, DeletionProtectionEnabled: true }));
    },
  };
}

function pointInTimeRecovery({ client, name }: Table): Protection {
  return {
    what: 'point-in-time recovery',
    switchOn: async () => {
      const answer = await client.send(new DescribeContinuousBackupsCommand({ TableName: name }));
      const status = answer.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
      if (status === 'ENABLED') return;
      const on = { PointInTimeRecoveryEnabled: true };
      await client.send(new UpdateContinuousBackupsCommand({ TableName: name, PointInTimeRecoverySpecification: on }));
    },
  };
}

function timeToLive({ client, name }: Table): Protection {
  return {
    what: 'time to live',
    switchOn: async () => {
      const { status } = await timeToLiveOf(client, name);
      if (status === 'ENABLED' || status === 'ENABLING') return;
      const on = { AttributeName: 'ttl', Enabled: true };
      await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification: on }));
    },
  };
}

function noTimeToLive({ client, name }: Table): Protection {
  return {
    what: 'safety from deletion by age',
    switchOn: async () => {
      const { status, attribute } = await timeToLiveOf(client, name);
      if (status === 'DISABLED' || status === 'DISABLING' || attribute === undefined) return;
      const off = { AttributeName: attribute, Enabled: false };
      await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification: off }));
    },
  };
}

async function timeToLiveOf(client: DynamoDBClient, name: string) {
  const { TimeToLiveDescription: told } = await client.send(new DescribeTimeToLiveCommand({ TableName: name }));
  return { status: told?.TimeToLiveStatus, attribute: told?.AttributeName };
}

/** A policy that somebody else wrote is left alone, and said if it does not keep the table put-only. */
function putOnly({ client, arn }: Table): Protection {
  return {
    what: 'put-only policy',
    switchOn: async () => {
      const policy = await findPolicy(client, arn);
      if (policy === undefined) {
        await client.send(new PutResourcePolicyCommand({ ResourceArn: arn, Policy: putOnlyPolicy(arn) }));
      } else if (!saysPutOnly(policy)) {
        throw new Error('its resource policy does not deny updates and deletes');
      }
    },
  };
}

async function findPolicy(client: DynamoDBClient, arn: string): Promise<string | undefined> {
  try {
    const { Policy: policy } = await client.send(new GetResourcePolicyCommand({ ResourceArn: arn }));
    return policy;
  } catch (error) {
    if (error instanceof Error && error.name === 'PolicyNotFoundException') return undefined;
    throw error;
  }
}
