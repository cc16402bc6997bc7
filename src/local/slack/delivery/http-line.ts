import { createHmac } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import type { Now } from '../../../kernel/time.ts';
import type { AppAnswer, AppLine, Envelope } from './app-line.ts';

/** One request as it went out, so that the same bytes can be sent again. */
export type SentRequest = {
  readonly id: number;
  readonly label: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
};

export type HttpLine = AppLine & {
  /** The last requests, oldest first. */
  readonly sent: () => readonly SentRequest[];
  /** Sends an old request again, byte for byte, with its old signature and time. */
  readonly replay: (id: number) => Promise<AppAnswer>;
};

/** What is wrong on purpose with the next request. */
export type Disguise = { readonly skewSeconds: number; readonly copies: number };

export type HttpLineDeps = {
  readonly wall: Now;
  readonly signingSecret: string;
  readonly requestUrls: readonly string[];
  readonly answerLimitMs: number;
  readonly disguise: (envelope: Envelope) => Disguise;
};

const keptRequests = 500;
const form = 'application/x-www-form-urlencoded';

/** Signed requests to the app's request URLs, one after the other in a round; each waits for its own answer only. */
export function openHttpLine(deps: HttpLineDeps): HttpLine {
  const sent: SentRequest[] = [];
  let turn = 0;

  function nextUrl(): string {
    const url = deps.requestUrls[turn % deps.requestUrls.length];
    if (url === undefined) throw new Error('an app needs at least one request URL');
    turn += 1;
    return url;
  }

  async function send(envelope: Envelope): Promise<AppAnswer> {
    const { skewSeconds, copies } = deps.disguise(envelope);
    const { body, type } = encode(envelope);
    const seconds = Math.floor(deps.wall() / 1_000) + skewSeconds;
    const headers = {
      'content-type': type,
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': String(seconds),
      'x-slack-signature': sign(deps.signingSecret, seconds, body),
      ...(envelope.retry && {
        'x-slack-retry-num': String(envelope.retry.number),
        'x-slack-retry-reason': envelope.retry.reason,
      }),
    };
    const record = { id: (sent.at(-1)?.id ?? 0) + 1, label: envelope.label, body, headers };
    sent.push(record);
    if (sent.length > keptRequests) sent.shift();
    const answers = Array.from({ length: copies }, () => post(nextUrl(), record, deps.answerLimitMs));
    const [first] = await Promise.all(answers);
    if (!first) throw new Error('nothing was sent');
    return first;
  }

  return {
    send,
    sent: () => [...sent],
    replay: (id) => {
      const record = sent.find((one) => one.id === id);
      if (!record) throw new Error(`request ${id} is not kept any more`);
      return post(nextUrl(), record, deps.answerLimitMs);
    },
  };
}

/** Slack's signature, version 0: HMAC-SHA256 over version, time in seconds and the raw body. */
export function sign(secret: string, seconds: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex')}`;
}

/** The content type is bare: Bolt compares it letter by letter and refuses one with a character set. */
function encode({ kind, payload }: Envelope): { body: string; type: string } {
  if (kind === 'events_api') return { body: JSON.stringify(payload), type: 'application/json' };
  const fields = kind === 'interactive' ? { payload: JSON.stringify(payload) } : payload;
  const pairs = Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]);
  return { body: new URLSearchParams(pairs).toString(), type: form };
}

function post(url: string, { body, headers }: SentRequest, limitMs: number): Promise<AppAnswer> {
  const started = performance.now();
  const elapsed = (): number => Math.round(performance.now() - started);
  return new Promise((resolve) => {
    // A connection of its own for each request: a kept-alive socket would hold up an app that is stopping.
    const outgoing = request(url, {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    });
    const fail = (failure: 'operation_timeout' | 'dispatch_failed'): void => {
      clearTimeout(limit);
      resolve({ status: 0, body: '', headers: {}, ms: elapsed(), failure });
    };
    const limit = setTimeout(() => {
      fail('operation_timeout');
      outgoing.destroy();
    }, limitMs);
    outgoing.on('error', () => fail('dispatch_failed'));
    outgoing.on('response', (incoming) => {
      read(incoming)
        .then((text) => {
          clearTimeout(limit);
          resolve(answered(incoming, text, elapsed()));
        })
        .catch(() => fail('dispatch_failed'));
    });
    outgoing.end(body);
  });
}

function answered(incoming: IncomingMessage, body: string, ms: number): AppAnswer {
  const status = incoming.statusCode ?? 0;
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  return { status, body, headers, ms, ...(status !== 200 && { failure: 'http_error' }) };
}

async function read(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}
