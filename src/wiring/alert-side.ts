import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { Inbox } from '../alerts/inbox.ts';
import { makeCheckSignature } from '../aws/sns/check-signature.ts';
import { makeConfirmSubscription } from '../aws/sns/confirm-subscription.ts';
import { makeDescribeAlarm } from '../aws/sns/describe-alarm.ts';
import { makeSnsDoor } from '../aws/sns/http-door.ts';
import { type SqsPoller, startSqsPoller } from '../aws/sqs/poller.ts';
import { makeAlertActs } from '../incidents/acts/alert-acts.ts';
import type { Surroundings } from '../incidents/acts/gather.ts';
import { type Incident, Incidents } from '../incidents/incident.ts';
import { awsPlace } from './aws-place.ts';
import type { Ground } from './ground.ts';
import { alertPolicy } from './policies.ts';

const unparsedShown = 20;

/** From a message at any door to an incident with a life. */
export function makeAlertSide(ground: Ground, around: Pick<Surroundings, 'servingOf' | 'lastChangeOf'>) {
  const { store, clocks, commit, config, log } = ground;
  const clients = clientsByRegion(ground);
  const acts = makeAlertActs({
    clocks,
    find: store.find,
    listOpen: store.listOpen,
    nextNumber: store.nextNumber,
    commit,
    policy: alertPolicy(config),
    checkSignature: makeCheckSignature(),
    confirmSubscription: makeConfirmSubscription(clients.sns),
    describeAlarm: makeDescribeAlarm({
      clientFor: ({ account, region }) =>
        isConfigured(ground, account, region) ? clients.cloudWatch(region) : undefined,
      onTrouble: (alarm, error) => log.warn({ alarm, error }, 'CloudWatch does not say how the alarm stands'),
    }),
    ...around,
    onTaken: () => {},
    onTrouble: (message, error) => log.error({ message, error }, 'a message could not be read yet'),
  });
  return {
    acts,
    door: makeSnsDoor({
      takeMessage: acts.takeMessage,
      onTrouble: (error) => log.warn({ error }, 'an SNS delivery was put off'),
    }),
    startPollers: (): readonly SqsPoller[] =>
      config.queues.map((queueUrl) =>
        startSqsPoller({
          client: clients.sqs(regionOfQueue(queueUrl, config.store.region)),
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

function clientsByRegion({ config }: Ground) {
  const once = <T>(make: (region: string) => T): ((region: string) => T) => {
    const made = new Map<string, T>();
    return (region) => {
      const client = made.get(region) ?? make(region);
      made.set(region, client);
      return client;
    };
  };
  return {
    sns: once((region) => new SNSClient(awsPlace(config, region))),
    cloudWatch: once((region) => new CloudWatchClient(awsPlace(config, region))),
    sqs: once((region) => new SQSClient(awsPlace(config, region))),
  };
}
