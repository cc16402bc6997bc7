import { errorReplyFor } from '../kit/error-reply.ts';
import {
  AwsError,
  type AwsGround,
  type AwsReply,
  type AwsRequest,
  type LocalService,
  type PublishToTopic,
} from '../service.ts';
import type { Signer } from './certificate.ts';
import { type DeliveryPace, type HttpDeliverer, openHttpDeliverer } from './http-delivery.ts';
import { type Mischief, openMischief } from './mischief.ts';
import { type LostMessage, type NotifierDeps, publish } from './notifier.ts';
import { checkPublication } from './publication.ts';
import { parametersOf, queryReply } from './query-protocol.ts';
import type { SnsOperation } from './sns-call.ts';
import { subscriptionOperations } from './subscription-operations.ts';
import { topicOperations } from './topic-operations.ts';
import { openTopicBook } from './topics.ts';

export type Sns = {
  readonly service: LocalService;
  readonly publish: PublishToTopic;
  readonly mischief: Pick<Mischief, 'order' | 'clear'>;
  /** Messages that nobody will deliver any more, oldest first. */
  readonly lost: () => readonly LostMessage[];
  /** Deliveries under way, held back or waiting for a retry. */
  readonly pending: () => string[];
  readonly close: () => void;
};

export type SnsOptions = {
  readonly enqueue: NotifierDeps['enqueue'];
  readonly pace: DeliveryPace;
  readonly signer: Signer;
};

/** What a link in a message may ask for without a signature. */
const linkActions = ['ConfirmSubscription', 'Unsubscribe'];
const apiVersion = '2010-03-31';
const keptLostCount = 1_000;

/** The local SNS: topics, confirmations, and deliveries that are really signed. */
export function openSns(ground: AwsGround, options: SnsOptions): Sns {
  const { enqueue, signer } = options;
  const [http, mischief] = [openHttpDeliverer(options.pace), openMischief()];
  const lost: LostMessage[] = [];
  const deps: NotifierDeps = {
    ground,
    topics: openTopicBook(ground),
    signer,
    http,
    mischief,
    enqueue,
    lost: (message) => {
      lost.push(message);
      if (lost.length > keptLostCount) lost.shift();
    },
  };
  return {
    service: snsService(signer, { ...topicOperations(deps), ...subscriptionOperations(deps) }),
    publish: (topicArn, { subject, body }) => {
      const titled = subject === undefined ? {} : { subject };
      publish(deps, topicArn, checkPublication({ message: body, ...titled, attributes: {} }));
    },
    mischief,
    lost: () => [...lost],
    pending: () => [...underWay(http), ...mischief.pending()],
    close: () => {
      http.close();
      mischief.close();
    },
  };
}

function snsService(signer: Signer, operations: Readonly<Record<string, SnsOperation>>): LocalService {
  const actionOf = (request: AwsRequest): string => parametersOf(request).get('Action') ?? '';
  return {
    name: 'sns',
    takes: (request) => request.path === signer.path || isSnsCall(request),
    operation: (request) => (request.path === signer.path ? 'sns:GetCertificate' : `sns:${actionOf(request)}`),
    answer: async (request) => {
      if (request.path === signer.path) {
        return { status: 200, headers: { 'content-type': 'application/x-pem-file' }, body: signer.certificate().pem };
      }
      return answer(request, actionOf(request), operations);
    },
  };
}

function answer(request: AwsRequest, action: string, operations: Readonly<Record<string, SnsOperation>>): AwsReply {
  try {
    const operation = operations[action];
    if (!operation) throw new AwsError('InvalidAction', `The action ${action} is not valid for this endpoint.`);
    const result = operation({ parameters: parametersOf(request), caller: request.caller });
    return { status: 200, headers: { 'content-type': 'text/xml' }, body: queryReply(action, result) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return errorReplyFor(request, error);
  }
}

function isSnsCall(request: AwsRequest): boolean {
  if (request.path !== '/') return false;
  if (request.method === 'GET') return linkActions.includes(request.query.get('Action') ?? '');
  const isForm = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  return request.method === 'POST' && isForm && parametersOf(request).get('Version') === apiVersion;
}

/** `sns: 2 deliveries to http://127.0.0.1:8080/sns under way` */
function underWay(http: HttpDeliverer): string[] {
  const counts = new Map<string, number>();
  for (const url of http.underWay()) counts.set(url, (counts.get(url) ?? 0) + 1);
  return [...counts].map(([url, n]) => `sns: ${n} ${n === 1 ? 'delivery' : 'deliveries'} to ${url} under way`);
}
