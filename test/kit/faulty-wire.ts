import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What happens to one call on its way: its answer is lost, it is answered or refused by the wire, or its body is changed. */
export type Mishap =
  | { readonly kind: 'lose-answer' }
  | { readonly kind: 'answer'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refuse'; readonly error: Readonly<Record<string, unknown>> }
  | { readonly kind: 'rewrite'; readonly change: (body: Record<string, unknown>) => Record<string, unknown> };

export type FaultyWire = {
  readonly url: string;
  /** The next `times` calls of `operation` meet with the mishap. */
  readonly next: (operation: string, mishap: Mishap, times?: number) => void;
  /** Every call that came, in order. */
  readonly calls: readonly { readonly operation: string; readonly body: string }[];
  readonly close: () => Promise<void>;
};

function reply(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
}

/** A loopback proxy in front of DynamoDB that does to calls what networks do. */
export async function openFaultyWire(target: string): Promise<FaultyWire> {
  const calls: { operation: string; body: string }[] = [];
  const coming: { operation: string; mishap: Mishap }[] = [];

  function mishapFor(operation: string): Mishap | undefined {
    const place = coming.findIndex((one) => one.operation === operation);
    return place < 0 ? undefined : coming.splice(place, 1)[0]?.mishap;
  }

  const server = createServer((request, response) => {
    carry(request, response).catch(() => response.destroy());
  });

  async function carry(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const header = String(request.headers['x-amz-target']);
    const mishap = mishapFor(header.split('.')[1] ?? '');
    const sent = Buffer.concat(chunks).toString('utf8');
    calls.push({ operation: header.split('.')[1] ?? '', body: sent });
    if (mishap?.kind === 'refuse') return reply(response, 400, JSON.stringify(mishap.error));
    if (mishap?.kind === 'answer') return reply(response, 200, JSON.stringify(mishap.body));
    const passed = mishap?.kind === 'rewrite' ? JSON.stringify(mishap.change(JSON.parse(sent))) : sent;
    const answer = await fetch(target, { method: 'POST', headers: passedOn(request), body: passed });
    const body = await answer.text();
    if (mishap?.kind === 'lose-answer') response.destroy();
    else reply(response, answer.status, body);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The wire has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    next: (operation, mishap, times = 1) => {
      for (let time = 0; time < times; time += 1) coming.push({ operation, mishap });
    },
    calls,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function passedOn(request: IncomingMessage): Record<string, string> {
  const names = ['content-type', 'x-amz-target', 'authorization', 'x-amz-date'];
  return Object.fromEntries(names.map((name) => [name, String(request.headers[name])]));
}
