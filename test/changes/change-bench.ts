import {
  CreateEndpointConfigCommand,
  CreateModelCommand,
  CreateModelPackageCommand,
  type CreateModelPackageCommandInput,
  CreateModelPackageGroupCommand,
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  SageMakerClient,
  UpdateEndpointCommand,
} from '@aws-sdk/client-sagemaker';
import { InvokeEndpointCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import type { Entry } from '../../src/audit/entry.ts';
import { awsRequestId } from '../../src/aws/aws-fault.ts';
import { makeAwsReads } from '../../src/aws/aws-reads.ts';
import { makeAwsClients } from '../../src/aws/clients.ts';
import { makeAwsOperations } from '../../src/aws/operations/aws-operations.ts';
import { makeChangeActs } from '../../src/changes/acts/change-acts.ts';
import type { ChangeDeps } from '../../src/changes/acts/change-deps.ts';
import type { Change } from '../../src/changes/change.ts';
import type { ChangeKind } from '../../src/changes/plan.ts';
import type { ChangeRefusal } from '../../src/changes/refusal.ts';
import { timeOrderedId } from '../../src/kernel/ids.ts';
import type { Result } from '../../src/kernel/result.ts';
import { instant, plus, wallNow } from '../../src/kernel/time.ts';
import { openLocalAws } from '../../src/local/aws/open-local-aws.ts';
import { openSignals } from '../../src/local/aws/open-signals.ts';
import type { Container } from '../../src/local/aws/service.ts';
import { openDomainClock } from '../../src/local/clock/domain-clock.ts';
import { Notes } from '../../src/outbox/card.ts';
import { makeRunOpenIntents } from '../../src/runner/acts/run-open-intents.ts';
import type { Operations } from '../../src/runner/operation.ts';
import { openTestStore } from '../kit/dynamodb.ts';
import { account, ana, bo, cy, policy, region, report } from './facts-kit.ts';

const image = `${account}.dkr.ecr.${region}.amazonaws.com/echo:1`;

/** A container that answers with its artefact, and cannot load the artefact `broken`. */
const echo: Container = {
  runs: (wanted) => wanted === image,
  load: (artefact) => {
    const body = Buffer.from(artefact).toString();
    if (body === 'broken') throw new Error('the artefact is no model');
    return { predict: (_body, contentType) => ({ body, contentType }) };
  },
};

/** The real store, the real SDK, the local AWS, and a clock moved by hand. Wall time is by hand too: leases and settling. */
export async function openChangeBench() {
  const start = instant(1_795_424_400_000);
  const clock = openDomainClock(start);
  const db = await openTestStore();
  const aws = await openLocalAws({
    clock,
    wall: wallNow,
    account,
    region,
    containers: [echo],
    extraServices: openSignals,
  });
  const place = { region, endpoint: aws.url, credentials: { accessKeyId: 'BOT', secretAccessKey: 'x' } };
  const clients = makeAwsClients({ ...place, readOnly: false });
  const raw = {
    sageMaker: new SageMakerClient({ ...place, maxAttempts: 1 }),
    runtime: new SageMakerRuntimeClient(place),
  };
  const groups: Record<string, string[]> = { S0APPROVERS: [ana.user, bo.user, cy.user] };
  const settings = { policy: policy() };
  const clocks = { wall: () => db.clock.at, domain: clock.now };

  /** A second replica has its own acts on the same store. One that dies takes its leases with it, until they run out. */
  function replica(holder: string, { dies, isZombie = false }: Fate = {}) {
    const deps: ChangeDeps = {
      ...db.store,
      lease: async (name, ttlMs) => {
        if (isZombie) return { renew: async () => true, release: async () => {} };
        const lease = await db.store.leases.take(name, holder, ttlMs);
        return lease && dies ? { ...lease, release: async () => {} } : lease;
      },
      takeTurn: async (name, everyMs) => (await db.store.leases.take(`turn:${name}`, holder, everyMs)) !== undefined,
      clocks,
      newId: () => timeOrderedId(wallNow()),
      models: () => ['promo'],
      policyOf: (model) => (model === 'promo' ? settings.policy : undefined),
      readsOf: () => makeAwsReads(clients),
      membersOf: async (group) => groups[group] ?? [],
    };
    const operations = (dies ?? ((alive) => alive))(makeAwsOperations(clients));
    const runOpenIntents = makeRunOpenIntents({
      ...deps,
      operationsOf: (model) => (model === 'promo' ? operations : undefined),
      awsRequestId,
    });
    return { ...makeChangeActs(deps), runOpenIntents };
  }
  const bot = replica('bot-1');

  /** Lets the runner and the reconciler work until neither gets any further at this instant. */
  async function settle(): Promise<void> {
    for (let round = 0; round < 60; round += 1) {
      const ran = await bot.runOpenIntents();
      const moves = await bot.advanceRunning();
      const isMoving =
        ran.some(({ run }) => !(run instanceof Error) && run.kind === 'settled') ||
        moves.some(({ advance }) => advance === 'moved' || advance === 'ended');
      if (!isMoving) return;
    }
    throw new Error('the bot never comes to rest');
  }

  async function passSeconds(seconds: number): Promise<void> {
    db.clock.at = plus(db.clock.at, seconds * 1_000);
    await clock.advance(seconds * 1_000);
    await settle();
  }

  async function register(reportText = report()): Promise<number> {
    aws.objects.createBucket('models');
    const number = versions + 1;
    aws.objects.put({ bucket: 'models', key: `${number}.json`, body: Buffer.from(`v${number}`) });
    aws.objects.put({ bucket: 'models', key: `${number}-report.json`, body: Buffer.from(reportText) });
    await raw.sageMaker.send(new CreateModelPackageCommand(packageInput(number)));
    versions = number;
    return number;
  }
  let versions = 0;
  await raw.sageMaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName: 'promo' }));

  /** Somebody else points the endpoint to a config of their own, with the model that serves. */
  async function makeForeign(configName: string): Promise<void> {
    const endpoint = await raw.sageMaker.send(new DescribeEndpointCommand({ EndpointName: 'promo' }));
    const { EndpointConfigName } = endpoint;
    const { ProductionVariants } = await raw.sageMaker.send(new DescribeEndpointConfigCommand({ EndpointConfigName }));
    await raw.sageMaker.send(new CreateEndpointConfigCommand({ EndpointConfigName: configName, ProductionVariants }));
    await raw.sageMaker.send(new UpdateEndpointCommand({ EndpointName: 'promo', EndpointConfigName: configName }));
  }

  async function makeForeignModel(ModelName: string): Promise<void> {
    const PrimaryContainer = { Image: image, ModelDataUrl: 's3://models/1.json' };
    await raw.sageMaker.send(new CreateModelCommand({ ModelName, PrimaryContainer }));
  }

  async function plan(kind: ChangeKind, version?: number): Promise<Result<Change, ChangeRefusal>> {
    return await bot.planChange({ kind, model: 'promo', version, by: ana, channel: 'C0PROMO', requestId: 'r1' });
  }

  async function planned(kind: ChangeKind, version?: number): Promise<Change> {
    const change = await plan(kind, version);
    if (!change.ok) throw new Error(`not planned: ${JSON.stringify(change.refusal)}`);
    return change.value;
  }

  return {
    aws,
    bot,
    replica,
    db,
    clock,
    groups,
    raw,
    clients,
    settings,
    settle,
    passSeconds,
    register,
    makeForeign,
    makeForeignModel,
    report: async (number: number) =>
      Buffer.from(aws.objects.find('models', `${number}-report.json`)?.body ?? []).toString(),
    plan,
    planned,
    press: (change: Change, by = ana) => ({ id: change.id, by, requestId: 'r2' }),
    state: async (id: string) => (await bot.findChange(id))?.state,
    /** Asks, lets Bo approve, and lets the bot work until AWS has to do something. */
    start: async (kind: ChangeKind, version?: number): Promise<Change> => {
      const change = await planned(kind, version);
      const asked = await bot.askForApproval({ id: change.id, by: ana, requestId: 'r2' });
      if (!asked.ok) throw new Error(`not asked: ${JSON.stringify(asked.refusal)}`);
      if (asked.value.state.kind === 'awaiting-approval') {
        const approved = await bot.approve({ id: change.id, by: bo, requestId: 'r3' });
        if (!approved.ok) throw new Error(`not approved: ${JSON.stringify(approved.refusal)}`);
      }
      await settle();
      return change;
    },
    /** A change from the wish to its end, with nothing in its way. */
    finish: async (kind: ChangeKind, version?: number): Promise<Change> => {
      const change = await planned(kind, version);
      await bot.askForApproval({ id: change.id, by: ana, requestId: 'r2' });
      await bot.approve({ id: change.id, by: bo, requestId: 'r3' });
      await settle();
      for (let stretch = 0; stretch < 20; stretch += 1) {
        if ((await bot.findChange(change.id))?.state.kind !== 'running') break;
        await passSeconds(240);
      }
      const ended = await bot.findChange(change.id);
      if (ended?.state.kind !== 'succeeded') throw new Error(`${kind}: ${JSON.stringify(ended?.state)}`);
      return ended;
    },
    /** What was said below a change's card, in order. */
    thread: async (change: Change): Promise<readonly unknown[]> => {
      const notes = (await db.store.listOpen(Notes))
        .map(({ value }) => value)
        .filter((note) => note.card === `change:${change.id}`);
      return notes.sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ facts }) => facts.says);
    },
    endpoint: () => raw.sageMaker.send(new DescribeEndpointCommand({ EndpointName: 'promo' })),
    /** Which artefact answers a caller. */
    ask: async (): Promise<string> => {
      const input = { EndpointName: 'promo', Body: Buffer.from('x'), ContentType: 'text/csv' };
      const answer = await raw.runtime.send(new InvokeEndpointCommand(input));
      return Buffer.from(answer.Body ?? []).toString();
    },
    trail: async (): Promise<readonly Entry[]> => await db.store.audit.entries('promo', { limit: 500 }),
    sent: (operation: string) =>
      aws.calls().filter((call) => call.operation === `sagemaker:${operation}` && call.status === 200),
    close: async () => {
      clients.close();
      raw.sageMaker.destroy();
      raw.runtime.destroy();
      clock.close();
      await aws.close();
      await db.close();
    },
  };
}

/** `dies` wraps the calls that kill it; a zombie believes that every lease is its own. */
type Fate = { readonly dies?: (operations: Operations) => Operations; readonly isZombie?: boolean };

export type ChangeBench = Awaited<ReturnType<typeof openChangeBench>>;

function packageInput(number: number): CreateModelPackageCommandInput {
  return {
    ModelPackageGroupName: 'promo',
    ModelApprovalStatus: 'PendingManualApproval',
    InferenceSpecification: {
      Containers: [
        { Image: image, ImageDigest: `sha256:${'a'.repeat(64)}`, ModelDataUrl: `s3://models/${number}.json` },
      ],
      SupportedContentTypes: ['text/csv'],
      SupportedResponseMIMETypes: ['text/csv'],
    },
    ModelMetrics: {
      ModelQuality: { Statistics: { ContentType: 'application/json', S3Uri: `s3://models/${number}-report.json` } },
    },
  };
}
