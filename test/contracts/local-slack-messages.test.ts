import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { card, clientOf, errorOf, openTown, type Town } from './local-slack-kit.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

const promo = { channel: 'C0PROMO' };
const post = async (text: string, more: { thread_ts?: string } = {}): Promise<string> => {
  const { ts } = await town.client.chat.postMessage({ ...promo, text, ...more });
  return ts ?? '';
};

describe('a posted message', () => {
  it('stands in the channel with its blocks, and its stamp is newer than the one before', async () => {
    const first = await post('one');
    const answer = await town.client.chat.postMessage({ ...promo, text: 'two', blocks: card('Two') });
    expect(Number(answer.ts)).toBeGreaterThan(Number(first));
    expect(town.slack.messages('C0PROMO').map(({ text, user }) => [text, user])).toEqual([
      ['one', 'U0BOT'],
      ['two', 'U0BOT'],
    ]);
    expect(answer.message?.blocks).toMatchObject(card('Two'));
  });

  it('is found again in history by its metadata, newest first, only when metadata is asked for', async () => {
    await post('other');
    const metadata = { event_type: 'card', event_payload: { id: 'out-1', facts: [{ model: 'm', version: 7 }] } };
    await town.client.chat.postMessage({ ...promo, text: 'mine', metadata });
    const plain = await town.client.conversations.history({ ...promo, limit: 1 });
    expect(plain.messages?.map((message) => [message.text, message.metadata])).toEqual([['mine', undefined]]);
    const whole = await town.client.conversations.history({ ...promo, include_all_metadata: true });
    expect(whole.messages?.map((message) => message.metadata)).toEqual([metadata, undefined]);
  });

  it('is listed by span and by page', async () => {
    const [a, b, c] = [await post('a'), await post('b'), await post('c')];
    const texts = async (span: object) =>
      (await town.client.conversations.history({ ...promo, ...span })).messages?.map((m) => m.text);
    expect(await texts({ oldest: a })).toEqual(['c', 'b']);
    expect(await texts({ oldest: b, latest: c, inclusive: true })).toEqual(['c', 'b']);
    const first = await town.client.conversations.history({ ...promo, limit: 2 });
    expect(first.has_more).toBe(true);
    const cursor = first.response_metadata?.next_cursor ?? '';
    expect(await texts({ limit: 2, cursor })).toEqual(['a']);
  });

  it('has a permalink that names channel and stamp', async () => {
    const ts = await post('a');
    const { permalink } = await town.client.chat.getPermalink({ ...promo, message_ts: ts });
    expect(permalink).toBe(`https://acme.slack.com/archives/C0PROMO/p${ts.replace('.', '')}`);
  });
});

describe('an edit', () => {
  it('keeps every version, keeps the metadata, and takes the blocks away when only text is sent', async () => {
    const metadata = { event_type: 'card', event_payload: { id: 'out-1' } };
    const { ts = '' } = await town.client.chat.postMessage({ ...promo, text: 'one', blocks: card('One'), metadata });
    await town.client.chat.update({ ...promo, ts, text: 'two', blocks: card('Two') });
    await town.client.chat.update({ ...promo, ts, text: 'three' });
    const versions = town.slack.versions('C0PROMO', ts);
    expect(versions.map(({ text, blocks }) => [text, blocks?.length])).toEqual([
      ['one', 1],
      ['two', 1],
      ['three', undefined],
    ]);
    expect(versions.at(-1)?.metadata).toEqual(metadata);
  });

  it('is refused for messages that are not there, not ours, or not for everybody', async () => {
    const theirs = town.slack.as('U0ANA').say('C0PROMO', 'mine').ts;
    const { message_ts: secret = '' } = await town.client.chat.postEphemeral({ ...promo, user: 'U0ANA', text: 'psst' });
    const update = (ts: string) => errorOf(town.client.chat.update({ ...promo, ts, text: 'x' }));
    expect(await update('1.000000')).toBe('message_not_found');
    expect(await update(theirs)).toBe('cant_update_message');
    expect(await update(secret)).toBe('message_not_found');
  });

  it('takes 4,000 characters where a post takes 40,000', async () => {
    const ts = await post('x'.repeat(40_000));
    expect(await errorOf(town.client.chat.update({ ...promo, ts, text: 'x'.repeat(4_001) }))).toBe('msg_too_long');
    expect(await errorOf(post('x'.repeat(40_001)))).toBe('msg_too_long');
  });
});

describe('a thread', () => {
  it('is read with its parent first, and only broadcast replies stand in the channel too', async () => {
    const parent = await post('card');
    await post('quiet', { thread_ts: parent });
    await town.client.chat.postMessage({ ...promo, text: 'loud', thread_ts: parent, reply_broadcast: true });
    const { messages } = await town.client.conversations.replies({ ...promo, ts: parent });
    expect(messages?.map((message) => message.text)).toEqual(['card', 'quiet', 'loud']);
    expect(messages?.[0]).toMatchObject({ reply_count: 2, thread_ts: parent });
    expect(town.slack.messages('C0PROMO').map((message) => message.text)).toEqual(['card', 'loud']);
  });

  it('needs a parent that is there and is no reply itself', async () => {
    const parent = await post('card');
    const reply = await post('reply', { thread_ts: parent });
    expect(await errorOf(post('x', { thread_ts: '1.000000' }))).toBe('thread_not_found');
    expect(await errorOf(post('x', { thread_ts: reply }))).toBe('cannot_reply_to_message');
    expect(await errorOf(town.client.conversations.replies({ ...promo, ts: '1.000000' }))).toBe('thread_not_found');
  });

  it('takes no more replies once its parent is deleted', async () => {
    const parent = await post('card');
    await town.client.chat.delete({ ...promo, ts: parent });
    expect(town.slack.messages('C0PROMO')).toEqual([]);
    expect(await errorOf(town.client.chat.delete({ ...promo, ts: parent }))).toBe('message_not_found');
    expect(await errorOf(post('late', { thread_ts: parent }))).toBe('thread_not_found');
  });
});

describe('a private message', () => {
  it('reaches one member of the channel and no history', async () => {
    await town.client.chat.postEphemeral({ ...promo, user: 'U0ANA', text: 'psst', blocks: card('Psst') });
    expect(town.slack.ephemerals('U0ANA').map(({ text }) => text)).toEqual(['psst']);
    expect(town.slack.ephemerals('U0BO')).toEqual([]);
    expect((await town.client.conversations.history(promo)).messages).toEqual([]);
    const toSam = town.client.chat.postEphemeral({ ...promo, user: 'U0STRANGER', text: 'psst' });
    expect(await errorOf(toSam)).toBe('user_not_in_channel');
  });

  it('goes to a person’s own channel by conversation or by name', async () => {
    const { channel } = await town.client.conversations.open({ users: 'U0BO' });
    const answer = await town.client.chat.postMessage({ channel: 'U0BO', text: 'hello' });
    expect(answer.channel).toBe(channel?.id);
  });
});

describe('where a message may go', () => {
  it('is told apart: unknown, hidden, not joined, archived', async () => {
    town.slack.addChannel({ id: 'C0OPEN', name: 'open', members: ['U0ANA'] });
    town.slack.addChannel({ id: 'C0HIDDEN', name: 'hidden', members: ['U0ANA'], is_private: true });
    town.slack.archive('C0AUDIT');
    const to = (channel: string) => errorOf(town.client.chat.postMessage({ channel, text: 'x' }));
    expect(await to('C0NOWHERE')).toBe('channel_not_found');
    expect(await to('C0HIDDEN')).toBe('channel_not_found');
    expect(await to('C0OPEN')).toBe('not_in_channel');
    expect(await to('C0AUDIT')).toBe('is_archived');
    await town.client.conversations.join({ channel: 'C0OPEN' });
    expect(await to('C0OPEN')).toBe('no error');
  });
});

describe('what Slack would not show', () => {
  it('is refused with the place of each fault', async () => {
    const blocks = [...card('x'.repeat(151)), { type: 'marquee' }];
    const refusal = await town.client.chat
      .postMessage({ ...promo, text: 'x', blocks })
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      data: {
        error: 'invalid_blocks',
        response_metadata: {
          messages: [
            '[ERROR] /blocks/0/text/text has 151 characters, at most 150 are allowed [json-pointer:/blocks/0/text/text]',
            '[ERROR] /blocks/1/type is "marquee", which may not stand here [json-pointer:/blocks/1/type]',
          ],
        },
      },
    });
  });

  it('has a name of its own when it is nothing, or far too much', async () => {
    const section = { type: 'section', text: { type: 'plain_text', text: 'y'.repeat(3_000) } };
    const send = (blocks: object[]) =>
      errorOf(town.client.chat.postMessage({ ...promo, text: '', blocks: blocks as never }));
    expect(await send([])).toBe('no_text');
    expect(await send([section, section, section, section, section])).toBe('msg_blocks_too_long');
  });

  it('is metadata that is more than an id and a few flat facts', async () => {
    const send = (metadata: object) =>
      errorOf(town.client.chat.postMessage({ ...promo, text: 'x', metadata: metadata as never }));
    expect(await send({ event_type: 'card' })).toBe('invalid_metadata_format');
    expect(await send({ event_type: 'card', event_payload: { tags: ['a'] } })).toBe('invalid_metadata_schema');
    expect(await send({ event_type: 'card', event_payload: { deep: { deeper: { deepest: 1 } } } })).toBe(
      'invalid_metadata_schema',
    );
    expect(await send({ event_type: 'card', event_payload: { id: 'x'.repeat(1_024) } })).toBe('metadata_too_large');
  });
});

describe('who calls', () => {
  it('needs the right token, and loses it when it is revoked', async () => {
    expect(await errorOf(clientOf(town.slack, 'xoxb-bad').auth.test())).toBe('invalid_auth');
    expect(await errorOf(clientOf(town.slack, '').users.list({}))).toBe('not_authed');
    expect(await town.client.auth.test()).toMatchObject({
      user_id: 'U0BOT',
      team_id: 'T0ACME',
      bot_id: 'B0UNDERSTUDY',
    });
    town.slack.revokeToken();
    expect(await errorOf(town.client.auth.test())).toBe('token_revoked');
  });

  it('is told when there is no such method', async () => {
    expect(await errorOf(town.client.apiCall('chat.shout'))).toBe('unknown_method');
  });
});
