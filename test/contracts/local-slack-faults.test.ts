import { afterEach, describe, expect, it } from 'vitest';
import { instant } from '../../src/kernel/time.ts';
import { errorOf, openTown, type Town } from './local-slack-kit.ts';

let town: Town;
afterEach(() => town.close());

const promo = { channel: 'C0PROMO', text: 'x' };

describe('the pace of a channel', () => {
  it('is a burst of four and then one post in each interval, told with how long to wait', async () => {
    let now = 1_795_000_000_000;
    town = await openTown({ wall: () => instant(now), postIntervalMs: 1_000 });
    const post = (channel = 'C0PROMO') => errorOf(town.client.chat.postMessage({ channel, text: 'x' }));
    for (let n = 0; n < 4; n += 1) expect(await post()).toBe('no error');
    const refusal = await town.client.chat.postMessage(promo).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'slack_webapi_rate_limited_error', retryAfter: 1 });
    expect(await post('C0AUDIT')).toBe('no error');
    now += 1_000;
    expect(await post()).toBe('no error');
    expect(await post()).toBe('slack_webapi_rate_limited_error');
    expect(town.slack.messages('C0PROMO')).toHaveLength(5);
  });

  it('of other methods is that of their tier', async () => {
    town = await openTown({ wall: () => instant(1_795_000_000_000), postIntervalMs: 1_000 });
    const list = () => errorOf(town.client.usergroups.list({}));
    for (let n = 0; n < 20; n += 1) expect(await list()).toBe('no error');
    expect(await list()).toBe('slack_webapi_rate_limited_error');
  });
});

describe('faults on request', () => {
  it('lose the answer of a post that was done, which history then proves', async () => {
    town = await openTown();
    town.slack.faults.add({ method: 'chat.postMessage', channel: 'C0PROMO', kind: 'answer-lost', times: 1 });
    const metadata = { event_type: 'card', event_payload: { id: 'out-7' } };
    expect(await errorOf(town.client.chat.postMessage({ ...promo, metadata }))).toBe('slack_webapi_request_error');
    const { messages } = await town.client.conversations.history({ channel: 'C0PROMO', include_all_metadata: true });
    expect(messages?.map((message) => message.metadata)).toEqual([metadata]);
    expect(await errorOf(town.client.chat.postMessage(promo))).toBe('no error');
  });

  it('fail before anything is done: 500 and 429', async () => {
    town = await openTown();
    town.slack.faults.add({ method: 'chat.postMessage', kind: 'error-500', times: 1 });
    town.slack.faults.add({ method: 'chat.postMessage', kind: 'rate-limited', times: 1, ms: 30_000 });
    expect(await errorOf(town.client.chat.postMessage(promo))).toBe('slack_webapi_http_error');
    const limited = await town.client.chat.postMessage(promo).catch((error: unknown) => error);
    expect(limited).toMatchObject({ retryAfter: 30 });
    expect(town.slack.messages('C0PROMO')).toEqual([]);
  });

  it('answer late what was done at once, or never what was not done', async () => {
    town = await openTown();
    town.slack.faults.add({ method: 'chat.postMessage', kind: 'slow', times: 1, ms: 30 });
    const slow = town.client.chat.postMessage(promo);
    await new Promise<void>((resolve) => {
      const stop = town.slack.onMessage(() => {
        stop();
        resolve();
      });
    });
    expect(town.slack.messages('C0PROMO')).toHaveLength(1);
    expect((await slow).ok).toBe(true);
    town.slack.faults.add({ kind: 'hang', times: 1 });
    const given = await fetch(`${town.slack.apiUrl}api.test`, {
      method: 'POST',
      signal: AbortSignal.timeout(50),
    }).catch((error: unknown) => error);
    expect(given).toMatchObject({ name: 'TimeoutError' });
  });

  it('touch the named channel only, and are gone when they are cleared', async () => {
    town = await openTown();
    town.slack.faults.add({ method: 'chat.postMessage', channel: 'C0AUDIT', kind: 'error-500', times: 5 });
    expect(await errorOf(town.client.chat.postMessage(promo))).toBe('no error');
    expect(await errorOf(town.client.chat.postMessage({ ...promo, channel: 'C0AUDIT' }))).toBe(
      'slack_webapi_http_error',
    );
    town.slack.faults.clear();
    expect(await errorOf(town.client.chat.postMessage({ ...promo, channel: 'C0AUDIT' }))).toBe('no error');
  });
});

describe('the door', () => {
  it('does not open to a page elsewhere that calls this machine by its own name', async () => {
    town = await openTown();
    const { request } = await import('node:http');
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request(`${town.slack.apiUrl}api.test`, { headers: { host: 'evil.example' } }, (reply) =>
        resolve(reply.statusCode),
      )
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
  });
});
