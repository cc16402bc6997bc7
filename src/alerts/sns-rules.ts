import { accept, type Result, refuse } from '../kernel/result.ts';
import { type EpochMs, parseInstant } from '../kernel/time.ts';
import { parseArn } from './arn.ts';
import type { SnsMessage } from './sns-message.ts';
import type { TakeRefusal } from './take-refusal.ts';

/** Whose messages are taken. */
export type SnsPolicy = {
  readonly topics: readonly string[];
  /** Origins that stand for SNS in a local world (`http://127.0.0.1:4566`); empty means SNS itself and nobody else. */
  readonly certificateHosts: readonly string[];
};

/** AWS's own rule for the host, with the region named; `amazonaws.eu` is the sovereign cloud. */
const snsHost = /^sns\.([a-z0-9-]{3,})\.amazonaws\.(?:com|com\.cn|eu)$/;
const certificatePath = /^\/SimpleNotificationService-[0-9A-Za-z]+\.pem$/;

/** SNS retries for at most an hour; the rest is room for clocks and queues on the way. */
const oldestMs = 75 * 60_000;
const newestMs = 5 * 60_000;

/** The topic is one of ours, and everything the message points at belongs to the topic's own SNS. Pure; the signature comes after. */
export function checkOrigin(message: SnsMessage, policy: SnsPolicy): Result<URL, TakeRefusal> {
  const topic = message.TopicArn;
  if (!policy.topics.includes(topic)) return refuse({ kind: 'foreign-topic', topic });
  const url = message.SigningCertURL;
  const certificate = parseUrl(url);
  if (!certificate) return refuse({ kind: 'foreign-certificate', url, because: 'it is no URL' });
  const because = certificateFault(certificate, topic, policy);
  if (because) return refuse({ kind: 'foreign-certificate', url, because });
  if (message.Type !== 'Notification' && !subscribesAtHome(message.SubscribeURL, topic, policy))
    return refuse({ kind: 'foreign-subscribe-url', url: message.SubscribeURL });
  return accept(certificate);
}

/** Age by the wall clock. Only for a door that anybody can post to: a queue may hold a message for days. */
export function checkAge(message: SnsMessage, at: EpochMs): Result<void, TakeRefusal> {
  const sentAt = parseInstant(message.Timestamp);
  if (sentAt === undefined) return refuse({ kind: 'not-an-envelope' });
  if (at - sentAt > oldestMs) return refuse({ kind: 'too-old', ageMs: at - sentAt });
  if (sentAt - at > newestMs) return refuse({ kind: 'too-new', aheadMs: sentAt - at });
  return accept(undefined);
}

function certificateFault(url: URL, topic: string, policy: SnsPolicy): string | undefined {
  if (url.username || url.password) return 'it carries a user name';
  if (url.search || url.hash) return 'it carries a query';
  if (policy.certificateHosts.length > 0) {
    if (!policy.certificateHosts.includes(url.origin)) return 'its host is not configured';
    return url.pathname.endsWith('.pem') ? undefined : 'its path is no certificate';
  }
  if (url.protocol !== 'https:') return 'it is not https';
  if (!isHome(url, topic)) return 'its host is not SNS in the region of the topic';
  return certificatePath.test(url.pathname) ? undefined : 'its path is no certificate of SNS';
}

/** The URL is never opened; one that leads elsewhere shows that the message is not what it says. */
function subscribesAtHome(text: string, topic: string, policy: SnsPolicy): boolean {
  const url = parseUrl(text);
  if (!url || url.username || url.password) return false;
  return policy.certificateHosts.includes(url.origin) || (url.protocol === 'https:' && isHome(url, topic));
}

function isHome(url: URL, topic: string): boolean {
  const region = snsHost.exec(url.hostname)?.[1];
  return url.port === '' && region !== undefined && region === parseArn(topic)?.region;
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
