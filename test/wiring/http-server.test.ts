import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type HttpDoors, type HttpServer, openHttpServer, type PlainDoor } from '../../src/wiring/http-server.ts';

const servers: HttpServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const says =
  (status: number, body: string): PlainDoor =>
  () =>
    Promise.resolve({ status, body });

async function open(doors: Partial<HttpDoors> = {}) {
  const server = await openHttpServer(
    { slack: undefined, sns: says(200, 'taken'), healthz: says(200, 'alive'), readyz: says(503, 'late'), ...doors },
    { host: '127.0.0.1', port: 0 },
  );
  servers.push(server);
  const ask = async (path: string, body?: string): Promise<string> => {
    const answer = await fetch(`${server.url}${path}`, body === undefined ? {} : { method: 'POST', body });
    return `${answer.status} ${await answer.text()}`;
  };
  return { ...server, ask };
}

describe('one server, four doors', () => {
  it('each at its path, whatever stands behind the question mark', async () => {
    const { ask } = await open({
      slack: (incoming, response) => {
        incoming.resume();
        response.end('Bolt');
      },
    });
    expect(await ask('/healthz')).toBe('200 alive');
    expect(await ask('/readyz?x=1')).toBe('503 late');
    expect(await ask('/sns', '{}')).toBe('200 taken');
    expect(await ask('/slack/events', 'payload=x')).toBe('200 Bolt');
  });

  it.each(['/', '/admin', '/sns/', '/healthz/../x', '/slack/events'])('%s is no door', async (path) => {
    const { ask } = await open();
    expect(await ask(path)).toBe('404 There is no door here.\n');
  });

  it('a door is given the body as it came, byte for byte', async () => {
    let got: { length: number; type: string | undefined } | undefined;
    const { ask } = await open({
      sns: async (headers, body) => {
        got = { length: body.length, type: headers['content-type'] };
        return { status: 200, body: 'ok' };
      },
    });
    await ask('/sns', 'ä'.repeat(700_000));
    expect(got).toEqual({ length: 1_400_000, type: 'text/plain;charset=UTF-8' });
  });

  it('a body above 2 MiB never reaches the door, and who sent it reads why', async () => {
    let knocks = 0;
    const { ask } = await open({
      sns: async () => {
        knocks += 1;
        return { status: 200, body: 'ok' };
      },
    });
    expect(await ask('/sns', 'x'.repeat(8 * 1024 * 1024))).toBe('413 Not taken: the body is larger than 2 MiB.\n');
    expect(knocks).toBe(0);
    expect(await ask('/sns', 'x'.repeat(2 * 1024 * 1024))).toBe('200 ok');
  });

  it('a door that breaks is a sentence without its reason', async () => {
    const { ask } = await open({ sns: () => Promise.reject(new Error('secret of the store')) });
    const answer = await ask('/sns', '{}');
    expect(answer).toBe('500 Not done: something broke on our side. Sending it again is safe.\n');
  });

  it('who hangs up in the middle of sending breaks nothing', async () => {
    const { url, ask } = await open();
    const { port } = new URL(url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write('POST /sns HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf');
        socket.destroy();
      });
      socket.once('close', () => resolve());
    });
    expect(await ask('/healthz')).toBe('200 alive');
  });

  it('a port that is taken is an error of the start', async () => {
    const { url } = await open();
    const again = openHttpServer(
      { slack: undefined, sns: says(200, ''), healthz: says(200, ''), readyz: says(200, '') },
      { host: '127.0.0.1', port: Number(new URL(url).port) },
    );
    await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('closing', () => {
  it('lets what is under way finish, takes nothing new, and waits for no kept connection', async () => {
    let answer = (): void => {};
    let knocked = (): void => {};
    const isAtDoor = new Promise<void>((resolve) => {
      knocked = resolve;
    });
    const server = await open({
      sns: () =>
        new Promise((resolve) => {
          knocked();
          answer = () => resolve({ status: 200, body: 'finished' });
        }),
    });
    const underWay = keptAlive(`${server.url}/sns`);
    await isAtDoor;
    let isClosed = false;
    const closed = server.close().then(() => {
      isClosed = true;
    });
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    expect(isClosed).toBe(false);
    const began = performance.now();
    answer();
    expect(await underWay).toBe('finished');
    await closed;
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

/** A POST on a connection that its sender would keep. */
function keptAlive(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { connection: 'keep-alive' } }, (response) => {
      let text = '';
      response.on('data', (piece: Buffer) => {
        text += piece.toString();
      });
      response.on('end', () => resolve(text));
    });
    sent.on('error', reject);
    sent.end('{}');
  });
}
