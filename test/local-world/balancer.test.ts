import { createServer, type RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { openBalancer } from '../../src/local/balancer.ts';
import { serve } from '../contracts/local-slack-kit.ts';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

async function replica(listener: RequestListener) {
  const server = await serve(createServer(listener));
  opened.push(server.close);
  return server;
}

const named =
  (name: string): RequestListener =>
  (request, response) => {
    request.resume();
    request.on('end', () => response.end(name));
  };

async function open(...upstreams: readonly string[]) {
  const balancer = await openBalancer();
  opened.push(balancer.close);
  for (const upstream of upstreams) balancer.add(upstream);
  const ask = async (path = '/'): Promise<string> => {
    const answer = await fetch(`${balancer.url}${path}`, { method: 'POST', body: 'x' });
    return `${answer.status} ${await answer.text()}`;
  };
  return { ...balancer, ask };
}

describe('the balancer stands before the replicas', () => {
  it('in turn', async () => {
    const [a, b] = [await replica(named('a')), await replica(named('b'))];
    const { ask } = await open(a.url, b.url);
    const answers = [await ask(), await ask(), await ask(), await ask()];
    expect(answers.toSorted()).toEqual(['200 a', '200 a', '200 b', '200 b']);
    expect(answers[0]).not.toBe(answers[1]);
  });

  it('past one that is dead', async () => {
    const [a, dead] = [await replica(named('a')), await replica(named('dead'))];
    const { ask } = await open(dead.url, a.url);
    await dead.close();
    opened.splice(opened.indexOf(dead.close), 1);
    expect([await ask(), await ask()]).toEqual(['200 a', '200 a']);
  });

  it('and says so when none answers, or when none is left', async () => {
    const a = await replica(named('a'));
    const { ask, remove } = await open(a.url);
    remove(a.url);
    expect(await ask()).toBe('503 no replica answers\n');
  });

  it('passes body, path, status and headers on as they are', async () => {
    const a = await replica((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        const said = `${request.method} ${request.url} ${request.headers['x-slack-signature']} ${Buffer.concat(pieces)}`;
        response.writeHead(418, { 'x-said': 'tea' }).end(said);
      });
    });
    const { url } = await open(a.url);
    const headers = { 'x-slack-signature': 'v0=abc' };
    const answer = await fetch(`${url}/slack/events?x=1`, { method: 'POST', body: 'payload=%7B', headers });
    expect([answer.status, answer.headers.get('x-said')]).toEqual([418, 'tea']);
    expect(await answer.text()).toBe('POST /slack/events?x=1 v0=abc payload=%7B');
  });

  it('what one replica has begun is never given to another: it may have been done', async () => {
    let others = 0;
    const dying = await replica((request, response) => {
      request.resume();
      request.on('end', () => response.destroy());
    });
    const whole = await replica((request, response) => {
      others += 1;
      named('whole')(request, response);
    });
    const { ask, remove } = await open(dying.url, whole.url);
    await ask().catch(() => 'broken');
    await ask().catch(() => 'broken');
    expect(others).toBe(1);
    remove(dying.url);
    expect(await ask()).toBe('200 whole');
  });
});
