import { Inbox } from '../alerts/inbox.ts';
import { makeAwsClients } from '../aws/clients.ts';
import { makeCheckSignature } from '../aws/sns/check-signature.ts';
import { makeConfirmSubscription } from '../aws/sns/confirm-subscription.ts';
import { makeDescribeAlarm } from '../aws/sns/describe-alarm.ts';
import { makeSnsDoor } from '../aws/sns/http-door.ts';
import { makeSignalClients } from '../aws/sns/signal-clients.ts';
import { type SqsPoller, startSqsPoller } from '../aws/sqs/poller.ts';
import { makeAlertActs } from '../incidents/acts/alert-acts.ts';
import { makeByOneReplica } from '../incidents/acts/by-one-replica.ts';
import type { Surroundings } from '../incidents/acts/gather.ts';
import { type Incident, Incidents } from '../incidents/incident.ts';
import { awsPlace, oncePerRegion } from './aws-place.ts';
import type { Ground } from './ground.ts';
import { alertPolicy } from './policies.ts';

const unparsedShown = 20;

/** From a message at any door to an incident with a life. */
export function makeAlertSide(ground: Ground, around: Pick<Surroundings, 'servingOf' | 'lastChangeOf'>) {
  const { store, clocks, commit, config, log } = ground;
  const signals = oncePerRegion((region) => makeSignalClients(awsPlace(config, region)));
  const reading = oncePerRegion((region) => makeAwsClients(awsPlace(config, region)).reading);
  const acts = makeAlertActs({
    clocks,
    find: store.find,
    listOpen: store.listOpen,
    nextNumber: store.nextNumber,
    commit,
    policy: alertPolicy(config),
    checkSignature: makeCheckSignature(),
    confirmSubscription: makeConfirmSubscription((region) => signals(region).sns),
    describeAlarm: makeDescribeAlarm({
      clientFor: ({ account, region }) =>
        isConfigured(ground, account, region) ? reading(region).cloudWatch : undefined,
      onTrouble: (alarm, error) => log.warn({ alarm, error }, 'CloudWatch does not say how the alarm stands'),
    }),
    ...around,
    onTaken: () => {},
    onTrouble: (message, error) => log.error({ message, error }, 'a message could not be read yet'),
  });
  const byOneReplica = makeByOneReplica({
    take: () => store.leases.take('sources', ground.holder, config.store.leaseMs),
    ttlMs: config.store.leaseMs,
    wall: clocks.wall,
  });
  return {
    acts: { ...acts, askSources: byOneReplica(acts.askSources) },
    door: makeSnsDoor({
      takeMessage: acts.takeMessage,
      onTrouble: (error) => log.warn({ error }, 'an SNS delivery was put off'),
    }),
    /** A world that may only look deletes nothing, so it takes nothing from queues either. */
    startPollers: (): readonly SqsPoller[] =>
      (config.readOnly ? [] : config.queues).map((queueUrl) =>
        startSqsPoller({
          client: signals(regionOfQueue(queueUrl, config.store.region)).sqs,
          queueUrl,
          take: acts.takeMessage,
          onTrouble: (doing, error) => log.warn({ queueUrl, doing, error }, 'polling waits'),
        }),
      ),
    openIncidents: async (): Promise<readonly Incident[]> =>
      (await store.listOpen(Incidents)).map((each) => each.value).sort((a, b) => b.openedAt - a.openedAt),
    unparsed: async () => (await store.listGroup(Inbox, 'unparsed', unparsedShown)).map((each) => each.value),
  };
}

function isConfigured({ config }: Ground, account: string, region: string): boolean {
  return Object.values(config.models).some((model) => model.aws.account === account && model.aws.region === region);
}

/** `https://sqs.<region>.amazonaws.com/…`; a stand-in's address names no region. */
function regionOfQueue(url: string, otherwise: string): string {
  return /^https:\/\/sqs\.([a-z0-9-]+)\./.exec(url)?.[1] ?? otherwise;
}
