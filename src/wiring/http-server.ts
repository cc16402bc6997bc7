import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A door of ours: the whole body in, a status and a text out. */
export type PlainDoor = (
  headers: IncomingMessage['headers'],
  body: Buffer,
) => Promise<{ readonly status: number; readonly body: string }>;

export type HttpDoors = {
  /** Bolt's own listener; it reads its body itself. Undefined in Socket Mode. */
  readonly slack: RequestListener | undefined;
  readonly sns: PlainDoor;
  readonly healthz: PlainDoor;
  readonly readyz: PlainDoor;
};

export type HttpServer = {
  readonly url: string;
  /** Takes no new work, lets what is under way finish, then closes. */
  readonly close: () => Promise<void>;
};

/** SNS sends at most 256 KB and raw bodies may be larger; beyond 2 MiB nothing of ours is meant. */
const bodyLimitBytes = 2 * 1024 * 1024;
/** Longer than any door takes; a process manager waits some thirty seconds before it kills. */
const closeGraceMs = 10_000;

/** One server of ours in every mode: Slack, SNS, health. Bolt's custom routes are not used: they lose rejected promises. */
export async function openHttpServer(
  doors: HttpDoors,
  address: { readonly host: string; readonly port: number },
): Promise<HttpServer> {
  const plain: Readonly<Record<string, PlainDoor>> = {
    '/sns': doors.sns,
    '/healthz': doors.healthz,
    '/readyz': doors.readyz,
  };
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (path === '/slack/events' && doors.slack) {
      doors.slack(request, response);
      return;
    }
    const door = plain[path];
    if (!door) {
      reply(response, { status: 404, body: 'There is no door here.\n' });
      return;
    }
    openPlain(door, request).then(
      (answer) => reply(response, answer),
      () =>
        reply(response, { status: 500, body: 'Not done: something broke on our side. Sending it again is safe.\n' }),
    );
  });
  server.requestTimeout = 15_000;
  server.headersTimeout = 10_000;
  await listen(server, address);
  return { url: `http://${address.host}:${(server.address() as AddressInfo).port}`, close: () => close(server) };
}

async function openPlain(
  door: PlainDoor,
  request: IncomingMessage,
): Promise<{ readonly status: number; readonly body: string }> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    // The rest is read and thrown away: who is cut off in the middle of sending never reads the answer.
    if (bytes > bodyLimitBytes) pieces.length = 0;
    else pieces.push(piece);
  }
  if (bytes > bodyLimitBytes) return { status: 413, body: 'Not taken: the body is larger than 2 MiB.\n' };
  return door(request.headers, Buffer.concat(pieces));
}

function reply(response: ServerResponse, answer: { readonly status: number; readonly body: string }): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(answer.status, { 'content-type': 'text/plain; charset=utf-8' }).end(answer.body);
}

/** @throws {Error} EADDRINUSE when the port is taken; the entry turns it into a sentence */
function listen(server: Server, { host, port }: { readonly host: string; readonly port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

const sweepEveryMs = 100;

/** Kept connections are closed as soon as nothing is under way on them. Who still sends after the grace is cut off. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const sweep = setInterval(() => server.closeIdleConnections(), sweepEveryMs);
    const grace = setTimeout(() => server.closeAllConnections(), closeGraceMs);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(grace);
      resolve();
    });
    server.closeIdleConnections();
  });
}
