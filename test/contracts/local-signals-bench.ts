import { createVerify, X509Certificate } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { instant, parseInstant, wallNow } from '../../src/kernel/time.ts';
import { openLocalAws } from '../../src/local/aws/open-local-aws.ts';
import { openSignals, type SignalOptions, type Signals } from '../../src/local/aws/open-signals.ts';
import { openSigner } from '../../src/local/aws/sns/certificate.ts';
import { openDomainClock } from '../../src/local/clock/domain-clock.ts';

export const account = '111122223333';
export const region = 'us-east-1';
export const nine = parseInstant('2026-11-23T09:00:00Z') ?? wallNow();

/** One key for all tests of a file; making one takes a tenth of a second. */
const signer = openSigner(`sns.${region}.amazonaws.com`, wallNow);

/** The local AWS with a clock moved by hand; a second of a delivery policy lasts a millisecond. */
export async function openSignalBench(options: SignalOptions = {}) {
  const clock = openDomainClock(nine);
  let signals: Signals | undefined;
  let laterMs = 0;
  const aws = await openLocalAws({
    clock,
    wall: () => instant(wallNow() + laterMs),
    account,
    region,
    containers: [],
    extraServices: (ground) => {
      signals = openSignals(ground, { policySecondMs: 1, signer, ...options });
      return signals;
    },
  });
  if (!signals) throw new Error('the local AWS did not ask for its signals');
  const credentials = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'local' };
  const plain = { endpoint: aws.url, region, maxAttempts: 1, credentials };
  const clients = {
    cloudWatch: new CloudWatchClient(plain),
    sns: new SNSClient(plain),
    sqs: new SQSClient(plain),
  };
  return {
    url: aws.url,
    signals,
    clock,
    calls: aws.calls,
    ...clients,
    advanceSeconds: (seconds: number) => clock.advance(seconds * 1_000),
    /** Moves the real clock that the services see. */
    skipWall: (ms: number) => {
      laterMs += ms;
    },
    close: async () => {
      for (const client of Object.values(clients)) client.destroy();
      clock.close();
      await aws.close();
    },
  };
}

export type SignalBench = Awaited<ReturnType<typeof openSignalBench>>;

export type Post = { readonly headers: IncomingHttpHeaders; readonly body: string };

/** An HTTP endpoint that keeps what it is sent and answers as told; without orders, 200. */
export async function openEndpoint() {
  const posts: Post[] = [];
  const statuses: number[] = [];
  let hangs = false;
  const waiting: { readonly count: number; readonly tell: () => void }[] = [];
  const server = createServer((incoming, outgoing) => {
    void textOf(incoming).then((body) => {
      posts.push({ headers: incoming.headers, body });
      const status = statuses.shift() ?? 200;
      if (status === 0) outgoing.destroy();
      else if (!hangs) outgoing.writeHead(status).end();
      for (const { count, tell } of waiting) if (posts.length >= count) tell();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/sns`,
    posts,
    /** What the next requests are answered, in order; 0 breaks the connection. */
    answer: (...next: number[]) => statuses.push(...next),
    /** From now on nothing is answered. */
    hang: () => {
      hangs = true;
    },
    /** Resolves with the first `count` requests once they are there. */
    received: async (count: number): Promise<readonly Post[]> => {
      if (posts.length < count) await new Promise<void>((tell) => waiting.push({ count, tell }));
      return posts.slice(0, count);
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

export type Endpoint = Awaited<ReturnType<typeof openEndpoint>>;

/** How a call was refused: `ValidationError: …`. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'not refused',
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  );
}

/** Resolves when nothing of SNS is under way any more. */
export async function quiet(signals: Signals): Promise<void> {
  while (signals.pending().length > 0) await new Promise((resolve) => setImmediate(resolve));
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of incoming as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

export type SnsMessage = Readonly<Record<string, string | undefined>> & {
  readonly Type: string;
  readonly MessageId: string;
  readonly Message: string;
};

export function messageIn(post: Pick<Post, 'body'> | undefined): SnsMessage {
  return JSON.parse(post?.body ?? '{}') as SnsMessage;
}

/** Checks a signature as a stranger would: fetches the certificate and rebuilds what was signed, by the book. */
export async function isSigned(message: SnsMessage): Promise<boolean> {
  const { body } = await get(message.SigningCertURL ?? '');
  const { publicKey } = new X509Certificate(body);
  const keys =
    message.Type === 'Notification'
      ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
      : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
  let text = '';
  for (const key of keys) if (message[key] !== undefined) text += `${key}\n${message[key]}\n`;
  const algorithm = message.SignatureVersion === '1' ? 'RSA-SHA1' : 'RSA-SHA256';
  return createVerify(algorithm)
    .update(text, 'utf8')
    .verify(publicKey, message.Signature ?? '', 'base64');
}

export function get(url: string): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    request(url, { agent: false }, (response) => {
      textOf(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
    })
      .on('error', reject)
      .end();
  });
}
