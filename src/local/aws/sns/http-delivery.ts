import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

export type HttpDelivery = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly retryDelaysSeconds: readonly number[];
  /** Called once when SNS gives up; the reason is for people. */
  readonly lost: (reason: string) => void;
};

export type HttpDeliverer = {
  /** Resolves when the first try is over; retries go on by themselves. */
  readonly start: (delivery: HttpDelivery) => Promise<void>;
  /** The addresses of deliveries under way, those that wait for a retry included. */
  readonly underWay: () => readonly string[];
  readonly close: () => void;
};

export type DeliveryPace = {
  /** How long one second of a delivery policy lasts; 1,000 but in tests. */
  readonly policySecondMs: number;
  /** SNS waits 15 seconds for an answer. */
  readonly timeoutMs: number;
};

type Outcome = 'delivered' | { readonly retry: boolean; readonly reason: string };

/** Posts messages as SNS does: 5xx, 429, time-outs and broken connections are tried again, anything else is final. */
export function openHttpDeliverer(pace: DeliveryPace): HttpDeliverer {
  const underWay = new Set<HttpDelivery>();
  const timers = new Set<NodeJS.Timeout>();
  const stop = new AbortController();

  async function attempt(delivery: HttpDelivery, number: number): Promise<void> {
    const outcome = await post(delivery, pace.timeoutMs, stop.signal);
    if (stop.signal.aborted) return;
    const delaySeconds = delivery.retryDelaysSeconds[number];
    if (outcome !== 'delivered' && outcome.retry && delaySeconds !== undefined) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        void attempt(delivery, number + 1);
      }, delaySeconds * pace.policySecondMs);
      timers.add(timer);
      return;
    }
    underWay.delete(delivery);
    if (outcome !== 'delivered') delivery.lost(outcome.reason);
  }

  return {
    start: (delivery) => {
      // A copy, so that the same delivery sent twice is under way twice.
      const own = { ...delivery };
      underWay.add(own);
      return attempt(own, 0);
    },
    underWay: () => [...underWay].map(({ url }) => url),
    close: () => {
      stop.abort();
      for (const timer of timers) clearTimeout(timer);
      underWay.clear();
    },
  };
}

/** One try, on a connection of its own: a kept connection that the receiver just closed would look like an outage. */
function post(delivery: HttpDelivery, timeoutMs: number, signal: AbortSignal): Promise<Outcome> {
  const send = delivery.url.startsWith('https:') ? requestHttps : requestHttp;
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const body = Buffer.from(delivery.body, 'utf8');
  const headers = { ...delivery.headers, 'content-length': String(body.length) };
  return new Promise((resolve) => {
    const request = send(delivery.url, { method: 'POST', headers, agent: false, signal: deadline }, (response) => {
      response.on('error', (error) => resolve({ retry: true, reason: error.message }));
      response.on('end', () => resolve(outcomeOf(response.statusCode ?? 0)));
      response.resume();
    });
    request.on('error', (error) => {
      const reason = deadline.aborted ? `no answer within ${timeoutMs} ms` : error.message;
      resolve({ retry: true, reason });
    });
    request.end(body);
  });
}

function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return 'delivered';
  return { retry: status >= 500 || status === 429, reason: `the endpoint answered ${status}` };
}
