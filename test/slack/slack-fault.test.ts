import { createServer } from 'node:http';
import type { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Fault } from '../../src/kernel/fault.ts';
import { makeSlackClient } from '../../src/slack/clients.ts';
import { RateLimited, slackFault } from '../../src/slack/slack-fault.ts';
import { serve } from '../contracts/local-slack-kit.ts';

type Answer = { readonly status: number; readonly body: string; readonly headers?: Record<string, string> };

let answer: Answer | 'hang-up';
let client: WebClient;
let close: () => Promise<void>;

/** Slack's side of the wire, saying what a test wants it to say, to the client that the bot uses. */
beforeAll(async () => {
  const server = await serve(
    createServer((request, response) => {
      request.resume();
      if (answer === 'hang-up') return void response.destroy();
      response.writeHead(answer.status, answer.headers).end(answer.body);
    }),
  );
  client = makeSlackClient({ token: 'xoxb-good', apiUrl: `${server.url}/api/` });
  close = server.close;
});
afterAll(() => close());

async function faultOf(said: Answer | 'hang-up', on: WebClient = client): Promise<Fault> {
  answer = said;
  try {
    await on.chat.postMessage({ channel: 'C0PROMO', text: 'Firing' });
  } catch (error) {
    return slackFault('chat.postMessage', error);
  }
  throw new Error('Slack took it');
}

const refused = (error: string, more: object = {}): Answer => ({
  status: 200,
  body: JSON.stringify({ ok: false, error, ...more }),
});

describe('what Slack answers becomes a fault in our words', () => {
  it.each([
    { what: 'not in the channel', said: refused('not_in_channel'), code: 'slack-not-in-channel', is: 'final' },
    { what: 'blocks it does not take', said: refused('invalid_blocks'), code: 'slack-invalid-blocks', is: 'final' },
    { what: 'the token is revoked', said: refused('token_revoked'), code: 'slack-token-revoked', is: 'final' },
    { what: 'a thread that is gone', said: refused('thread_not_found'), code: 'slack-thread-not-found', is: 'final' },
    { what: 'a word never heard before', said: refused('moon_in_taurus'), code: 'slack-moon-in-taurus', is: 'final' },
    { what: 'its own breakdown', said: refused('fatal_error'), code: 'slack-fatal-error', is: 'ambiguous' },
    { what: 'its own trouble', said: refused('internal_error'), code: 'slack-internal-error', is: 'ambiguous' },
    { what: 'away', said: refused('service_unavailable'), code: 'slack-service-unavailable', is: 'ambiguous' },
    { what: 'status 500', said: { status: 500, body: '{"ok":false}' }, code: 'slack-no-answer', is: 'ambiguous' },
    { what: 'status 503', said: { status: 503, body: '' }, code: 'slack-no-answer', is: 'ambiguous' },
    { what: "a proxy's page", said: { status: 200, body: '<html>' }, code: 'slack-no-answer', is: 'ambiguous' },
    { what: 'a lost answer', said: 'hang-up' as const, code: 'slack-no-answer', is: 'ambiguous' },
    { what: 'status 403', said: { status: 403, body: '' }, code: 'slack-http-403', is: 'for later' },
    { what: 'too fast, in words', said: refused('ratelimited'), code: 'slack-rate-limited', is: 'for later' },
  ])('$what: $code, $is', async ({ said, code, is }) => {
    const fault = await faultOf(said);
    const kind = fault.ambiguous ? 'ambiguous' : fault.retryable ? 'for later' : 'final';
    expect({ code: fault.code, kind }).toEqual({ code, kind: is });
    expect(fault.retryable).toBe(is !== 'final');
  });

  it('429 carries how long Slack asks to wait', async () => {
    const fault = await faultOf({ status: 429, body: '', headers: { 'retry-after': '7' } });
    expect(fault).toBeInstanceOf(RateLimited);
    expect(fault).toMatchObject({ retryAfterMs: 7_000, retryable: true, ambiguous: false });
  });

  it('a connection that never stood sent nothing, so nothing has to be searched for', async () => {
    const { url, close: shut } = await serve(createServer());
    await shut();
    const nobody = makeSlackClient({ token: 'xoxb-good', apiUrl: `${url}/api/` });
    expect(await faultOf('hang-up', nobody)).toMatchObject({
      code: 'slack-no-answer',
      retryable: true,
      ambiguous: false,
    });
  });

  it('says which rule a card broke, without its content', async () => {
    const messages = ['[ERROR] no more than 50 items allowed [json-pointer:/blocks]'];
    const fault = await faultOf(refused('invalid_blocks', { response_metadata: { messages } }));
    expect(fault.message).toBe(
      'Slack refused chat.postMessage: invalid_blocks ([ERROR] no more than 50 items allowed [json-pointer:/blocks])',
    );
  });

  it('a fault stays what it is', () => {
    const fault = new Fault('slack-not-in-channel', 'no');
    expect(slackFault('chat.update', fault)).toBe(fault);
  });
});

describe('the client tries once', () => {
  it('a slow or broken post is never sent twice by the client itself', async () => {
    let calls = 0;
    const { url, close: shut } = await serve(
      createServer((_, response) => {
        calls += 1;
        response.destroy();
      }),
    );
    await faultOf('hang-up', makeSlackClient({ token: 'xoxb-good', apiUrl: `${url}/api/` }));
    expect(calls).toBe(1);
    await shut();
  });
});
