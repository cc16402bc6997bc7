import { openCloudWatch } from './cloudwatch/open-cloudwatch.ts';
import type { AwsGround, LocalService, Measure, PublishToTopic, ReadAlarm } from './service.ts';
import { openSigner, type Signer } from './sns/certificate.ts';
import type { Mischief } from './sns/mischief.ts';
import type { LostMessage } from './sns/notifier.ts';
import { openSns } from './sns/open-sns.ts';
import { openSqs } from './sqs/open-sqs.ts';

export type SignalOptions = {
  /** Wall milliseconds that one second of an SNS delivery policy lasts; 1,000 when absent. Tests shorten it. */
  readonly policySecondMs?: number;
  /** How long SNS waits for an endpoint's answer; 15,000 when absent. */
  readonly deliveryTimeoutMs?: number;
  /** What SNS signs with; a new key and certificate when absent. */
  readonly signer?: Signer;
};

/** CloudWatch, SNS and SQS, and what the rest of the local AWS needs of them. */
export type Signals = {
  readonly services: readonly LocalService[];
  readonly measure: Measure;
  readonly readAlarm: ReadAlarm;
  /** Throws `AwsError` `NotFound` when there is no such topic. */
  readonly publish: PublishToTopic;
  /** Makes SNS misbehave for the next notifications. */
  readonly mischief: Pick<Mischief, 'order' | 'clear'>;
  /** Messages that SNS gave up on and no dead-letter queue took. */
  readonly lost: () => readonly LostMessage[];
  /** Deliveries under way, retries to come included. Empty when SNS has nothing left to do. */
  readonly pending: () => string[];
  /** Queues that hold messages. Apart from `pending`, because nobody may be there to take them. */
  readonly queued: () => string[];
  readonly close: () => void;
};

/** Opens the services by which AWS makes itself heard. */
export function openSignals(ground: AwsGround, options: SignalOptions = {}): Signals {
  const sqs = openSqs(ground);
  const pace = { policySecondMs: options.policySecondMs ?? 1_000, timeoutMs: options.deliveryTimeoutMs ?? 15_000 };
  const signer = options.signer ?? openSigner(`sns.${ground.region}.amazonaws.com`, ground.wall);
  const sns = openSns(ground, { enqueue: sqs.deliver, pace, signer });
  const cloudWatch = openCloudWatch(ground, sns.publish);
  return {
    services: [cloudWatch.service, sns.service, sqs.service],
    measure: cloudWatch.measure,
    readAlarm: cloudWatch.readAlarm,
    publish: sns.publish,
    mischief: sns.mischief,
    lost: sns.lost,
    pending: sns.pending,
    queued: sqs.waiting,
    close: () => {
      cloudWatch.close();
      sns.close();
      sqs.close();
    },
  };
}
