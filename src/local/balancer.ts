import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands before the replicas of the bot, as a load balancer would: round robin, and past those that do not answer. */
export type Balancer = {
  readonly url: string;
  readonly add: (upstream: string) => void;
  readonly remove: (upstream: string) => void;
  readonly close: () => Promise<void>;
};

export async function openBalancer(): Promise<Balancer> {
  let upstreams: readonly string[] = [];
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    read(incoming).then(
      (body) => {
        turn += 1;
        const order = upstreams.map((_, index) => upstreams[(turn + index) % upstreams.length] ?? '');
        pass({ incoming, outgoing, body }, order);
      },
      () => outgoing.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add: (upstream) => {
      upstreams = [...upstreams, upstream];
    },
    remove: (upstream) => {
      upstreams = upstreams.filter((each) => each !== upstream);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(incoming: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

type Exchange = { readonly incoming: IncomingMessage; readonly outgoing: ServerResponse; readonly body: Buffer };

/** Tries one replica after the other until a connection stands; an answer that was begun is never repeated elsewhere. */
function pass(exchange: Exchange, [upstream, ...others]: readonly string[]): void {
  const { incoming, outgoing, body } = exchange;
  if (upstream === undefined) {
    outgoing.writeHead(503).end('no replica answers\n');
    return;
  }
  const headers = { ...incoming.headers, 'content-length': String(body.length) };
  const onward = httpRequest(
    new URL(incoming.url ?? '/', upstream),
    // A connection of its own: a kept one that the replica has just closed would lose the request.
    { method: incoming.method ?? 'GET', headers, agent: false },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  let connected = false;
  onward.on('socket', (socket) => {
    if (socket.connecting) socket.once('connect', () => (connected = true));
    else connected = true;
  });
  onward.on('error', () => {
    if (outgoing.headersSent || connected) outgoing.destroy();
    else pass(exchange, others);
  });
  onward.end(body);
}
