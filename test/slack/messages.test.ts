import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainMessage } from '../../src/outbox/plain-message.ts';
import { makeSlackClient } from '../../src/slack/clients.ts';
import { makePosts } from '../../src/slack/messages.ts';
import { whisper } from '../../src/slack/whisper.ts';
import { openTown, type Town } from '../contracts/local-slack-kit.ts';

let town: Town;
let posts: ReturnType<typeof makePosts>;
beforeEach(async () => {
  town = await openTown();
  posts = makePosts(makeSlackClient({ token: town.slack.botToken, apiUrl: town.slack.apiUrl }));
});
afterEach(() => town.close());

const channel = 'C0PROMO';
const words = (text: string) => plainMessage({ text, blocks: [] });
const post = (marker: string, more: { threadTs?: string; broadcast?: boolean } = {}) =>
  posts.post({ channel, broadcast: false, marker, message: words(`card ${marker}`), ...more });
const find = (marker: string, more: { threadTs?: string; sinceMs?: number } = {}) =>
  posts.findByMarker({ channel, marker, sinceMs: town.wall(), ...more });

describe('a message of ours can be found again', () => {
  it('by its marker, in the channel and in a thread, each in its place only', async () => {
    const card = await post('incident:I1');
    const reply = await post('n1', { threadTs: card.ts });
    expect(await find('incident:I1')).toBe(card.ts);
    expect(await find('n1', { threadTs: card.ts })).toBe(reply.ts);
    expect(await find('n1')).toBeUndefined();
    expect(await find('incident:I2')).toBeUndefined();
  });

  it('though its answer was lost', async () => {
    town.slack.faults.add({ method: 'chat.postMessage', kind: 'answer-lost', times: 1 });
    await expect(post('incident:I1')).rejects.toMatchObject({ ambiguous: true });
    expect(await find('incident:I1')).toBe(town.slack.messages(channel)[0]?.ts);
    expect(town.slack.messages(channel)).toHaveLength(1);
  });

  it('though more than a page was written since', async () => {
    const card = await post('incident:I1');
    for (let line = 0; line < 210; line += 1) await post(`later-${line}`);
    expect(await find('incident:I1')).toBe(card.ts);
  });

  it('though Slack stamps with another clock, by up to a minute', async () => {
    const card = await post('incident:I1');
    expect(await find('incident:I1', { sinceMs: town.wall() + 55_000 })).toBe(card.ts);
    expect(await find('incident:I1', { sinceMs: town.wall() + 65_000 })).toBeUndefined();
  });

  it('and what somebody else wrote is not taken for it', async () => {
    await town.client.chat.postMessage({
      channel,
      text: 'x',
      metadata: { event_type: 'other_app', event_payload: { id: 'incident:I1' } },
    });
    expect(await find('incident:I1')).toBeUndefined();
  });

  it('a search that fails is a fault, never "not there"', async () => {
    await post('incident:I1');
    town.slack.faults.add({ method: 'conversations.history', kind: 'error-500', times: 1 });
    await expect(find('incident:I1')).rejects.toMatchObject({ code: 'slack-no-answer' });
  });
});

describe('posting and editing', () => {
  it('an edit keeps the marker, so that the message can still be found', async () => {
    const card = await post('incident:I1');
    await posts.edit({ channel, ts: card.ts, message: words('Resolved') });
    expect(await find('incident:I1')).toBe(card.ts);
    expect(town.slack.plainText(town.slack.messages(channel)[0] as never)).toContain('Resolved');
  });

  it('a reply is sent to the channel too only where it says so', async () => {
    const card = await post('incident:I1');
    await post('n1', { threadTs: card.ts });
    await post('n2', { threadTs: card.ts, broadcast: true });
    const inChannel = town.slack.messages(channel).map((message) => town.slack.plainText(message));
    expect(inChannel.some((text) => text.includes('card n1'))).toBe(false);
    expect(inChannel.some((text) => text.includes('card n2'))).toBe(true);
  });

  it('a message that Slack does not take is refused with the place of the fault', async () => {
    const message = { text: 'x', blocks: [{ type: 'section' }] };
    await expect(posts.post({ channel, broadcast: false, marker: 'm', message })).rejects.toMatchObject({
      code: 'slack-invalid-blocks',
      retryable: false,
      message: expect.stringContaining('/blocks/0'),
    });
  });

  it('an edit of a message that is gone says so', async () => {
    const card = await post('incident:I1');
    await town.client.chat.delete({ channel, ts: card.ts });
    await expect(posts.edit({ channel, ts: card.ts, message: words('x') })).rejects.toMatchObject({
      code: 'slack-message-not-found',
    });
  });

  it('a whisper reaches one person and is a fault when that person is not in the channel', async () => {
    await whisper(town.client, { user: 'U0BO', channel }, words('only you see this'));
    expect(town.slack.ephemerals('U0BO')).toHaveLength(1);
    const outside = whisper(town.client, { user: 'U0MIRA', channel: 'C0AUDIT' }, words('x'));
    await expect(outside).rejects.toMatchObject({ code: 'slack-user-not-in-channel' });
  });
});
