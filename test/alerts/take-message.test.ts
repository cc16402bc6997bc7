import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bodyText } from '../../src/alerts/inbox-body.ts';
import { sha256Hex } from '../../src/kernel/digest.ts';
import { Fault } from '../../src/kernel/fault.ts';
import { type AlertBench, houseChannel, later, openAlertBench } from '../kit/alerts.ts';
import { topic, type Wish } from '../kit/sns.ts';

let bench: AlertBench;
beforeEach(async () => {
  bench = await openAlertBench();
});
afterEach(() => bench.close());

const signed = (text: string, wish: Wish = {}) => bench.signer.message(text, { sentAt: bench.time.wall, ...wish });
const post = (body: string) => bench.acts.takeMessage({ door: 'https', body, bytes: Buffer.byteLength(body) });
const fromQueue = (body: string, queueId = 'q-1') =>
  bench.acts.takeMessage({ door: 'sqs', body, bytes: Buffer.byteLength(body), queueId });
const idOf = (body: string): string => (JSON.parse(body) as { MessageId: string }).MessageId;

describe('a message that SNS signed is taken once', () => {
  it.each(['1', '2'] as const)('with signature version %s', async (version) => {
    const body = signed('Hello', { version, Subject: 'ALARM: "x" in US East (N. Virginia)' });
    expect(await post(body)).toEqual({ ok: true, value: { kind: 'taken', messageId: idOf(body) } });
    expect(await bench.message(idOf(body))).toMatchObject({
      name: 'M1',
      door: 'https',
      topic,
      subject: 'ALARM: "x" in US East (N. Virginia)',
      body: 'Hello',
      encoding: 'plain',
      rawSha256: sha256Hex(body),
      state: { kind: 'new', refusals: 0 },
    });
  });

  it('a redelivery is known, at another replica’s door too', async () => {
    const body = signed('Hello');
    const other = bench.actsOn(bench.replica());
    const answers = await Promise.all([post(body), other.takeMessage({ door: 'https', body, bytes: 1 }), post(body)]);
    expect(answers.map((answer) => answer.ok && answer.value.kind).sort()).toEqual(['known', 'known', 'taken']);
    expect(await post(body)).toMatchObject({ value: { kind: 'known' } });
  });

  it('300 kB are packed and come out as they went in', async () => {
    const text = JSON.stringify({ rows: 'drift é '.repeat(40_000) });
    const body = signed(text);
    expect(await post(body)).toMatchObject({ ok: true });
    const kept = await bench.message(idOf(body));
    expect(kept?.encoding).toBe('gzip');
    expect(kept && bodyText(kept)).toBe(text);
  });

  it('a null Subject was not signed and does no harm', async () => {
    const body = JSON.stringify({ ...JSON.parse(signed('Hello')), Subject: null });
    expect(await post(body)).toMatchObject({ ok: true });
  });
});

describe('what SNS did not sign is refused, audited and not kept', () => {
  const tampered = (change: object) => JSON.stringify({ ...JSON.parse(signed('Hello')), ...change });

  it.each([
    ['another text', () => tampered({ Message: 'URGENT' }), 'forged'],
    ['another subject', () => tampered({ Subject: 'ALARM' }), 'forged'],
    ['another id, to pass for a new one', () => tampered({ MessageId: 'new-one' }), 'forged'],
    ['no signature', () => tampered({ Signature: '' }), 'forged'],
    [
      'a certificate that is not there',
      () => signed('x', { certificateUrl: `${bench.signer.origin}/none.pem` }),
      'forged',
    ],
    [
      'a certificate behind a redirect',
      () => signed('x', { certificateUrl: `${bench.signer.origin}/elsewhere.pem` }),
      'forged',
    ],
    [
      'a certificate of a look-alike host',
      () => signed('x', { certificateUrl: 'https://sns.us-east-1.amazonaws.com.evil.example/a.pem' }),
      'foreign-certificate',
    ],
    ['a foreign topic', () => signed('x', { TopicArn: 'arn:aws:sns:us-east-1:999999999999:mine' }), 'foreign-topic'],
    ['an old message', () => signed('x', { sentAt: later(bench.time.wall, -76) }), 'too-old'],
    ['a message from the future', () => signed('x', { sentAt: later(bench.time.wall, 6) }), 'too-new'],
    ['junk', () => '{"a":1}', 'not-an-envelope'],
    ['null fields', () => tampered({ Message: null, TopicArn: null }), 'not-an-envelope'],
  ])('%s', async (_, make, kind) => {
    const body = make();
    expect(await post(body)).toMatchObject({ ok: false, refusal: { kind } });
    expect(await bench.trail('_house')).toEqual(['message.refused refused']);
    const claimed = (JSON.parse(body) as { MessageId?: string }).MessageId;
    expect(claimed && (await bench.message(claimed))).toBeUndefined();
  });

  it('nothing is fetched for a foreign topic or host', async () => {
    await post(signed('x', { TopicArn: 'arn:aws:sns:us-east-1:999999999999:mine' }));
    await post(signed('x', { certificateUrl: 'https://sns.us-east-1.amazonaws.com.evil.example/a.pem' }));
    expect(bench.signer.server.asked).toBe(0);
  });

  it('a raw delivery and one above 2 MiB', async () => {
    const raw = await bench.acts.takeMessage({ door: 'https', body: '{}', bytes: 2, isRaw: true });
    expect(raw).toMatchObject({ refusal: { kind: 'raw-delivery' } });
    const big = await bench.acts.takeMessage({ door: 'https', body: '', bytes: 2_097_153 });
    expect(big).toEqual({ ok: false, refusal: { kind: 'too-large', bytes: 2_097_153 } });
  });

  it('a flood of one kind is one line a minute, and the count comes with the next', async () => {
    for (let n = 0; n < 5; n += 1) await post('junk');
    expect(await bench.trail('_house')).toHaveLength(1);
    bench.time.wall = later(bench.time.wall, 2);
    await post('junk');
    const lines = await bench.entries('_house');
    expect(lines).toHaveLength(2);
    expect(lines[1]?.facts).toMatchObject({ refusal: 'not-an-envelope', counted: 4 });
  });
});

describe('what cannot be verified yet is not refused', () => {
  it('the certificate’s server is down: a fault to try again, then taken', async () => {
    bench.signer.server.down = true;
    const body = signed('Hello');
    const failed = await post(body).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Fault);
    expect(failed).toMatchObject({ retryable: true });
    bench.signer.server.down = false;
    expect(await post(body)).toMatchObject({ value: { kind: 'taken' } });
  });

  it('a certificate is fetched once', async () => {
    for (const text of ['a', 'b', 'c']) await post(signed(text));
    expect(bench.signer.server.asked).toBe(1);
  });
});

describe('a subscription', () => {
  const confirmation = (change: Wish = {}) =>
    signed('You have chosen to subscribe', {
      Type: 'SubscriptionConfirmation',
      Token: 'token-1',
      SubscribeURL: `${bench.signer.origin}/?Action=ConfirmSubscription`,
      ...change,
    });

  it('to a topic of ours is confirmed by API call, and written down once', async () => {
    const body = confirmation();
    await post(body);
    await post(body);
    expect(bench.confirmed[0]).toBe(`${topic} token-1`);
    expect(await bench.trail('_house')).toEqual(['subscription.confirmed done']);
    expect(await bench.acts.readInbox()).toEqual({ read: 0, left: 0 });
  });

  it('to a foreign topic is never confirmed', async () => {
    const TopicArn = 'arn:aws:sns:us-east-1:999999999999:mine';
    expect(await post(confirmation({ TopicArn }))).toMatchObject({ refusal: { kind: 'foreign-topic' } });
    expect(bench.confirmed).toEqual([]);
  });

  it('that would be confirmed elsewhere is refused, and the URL is not opened', async () => {
    const asked = bench.signer.server.asked;
    const refused = await post(confirmation({ SubscribeURL: 'http://169.254.169.254/latest/meta-data' }));
    expect(refused).toMatchObject({ refusal: { kind: 'foreign-subscribe-url' } });
    expect(bench.confirmed).toEqual([]);
    expect(bench.signer.server.asked).toBe(asked);
  });

  it('that ends is shown to people, because its alerts stop coming', async () => {
    const body = confirmation({ Type: 'UnsubscribeConfirmation' });
    expect(await post(body)).toMatchObject({ value: { kind: 'taken' } });
    expect(await bench.trail('_house')).toEqual(['subscription.ended done']);
    expect(await bench.wanted(`inbox:${idOf(body)}`)).toMatchObject({ channel: houseChannel });
  });
});

describe('a queue', () => {
  it('has no age limit', async () => {
    const body = signed('Hello', { sentAt: later(bench.time.wall, -14 * 24 * 60) });
    expect(await fromQueue(body)).toMatchObject({ value: { kind: 'taken' } });
  });

  it('delivers what HTTPS delivered already: known', async () => {
    const body = signed('Hello');
    await post(body);
    expect(await fromQueue(body)).toMatchObject({ value: { kind: 'known' } });
  });

  it.each([
    ['a body that is no envelope', () => '{"AlarmName":"x","NewStateValue":"ALARM"}', 'it is no SNS message'],
    [
      'a forged message',
      () => JSON.stringify({ ...JSON.parse(signed('a')), Message: 'b' }),
      'its signature is not valid: it was not signed with that certificate',
    ],
  ])('%s is kept as unparsed, once, under the queue’s own id', async (_, make, why) => {
    const body = make();
    expect(await fromQueue(body, 'q-7')).toMatchObject({ ok: false });
    await fromQueue(body, 'q-7');
    expect(await bench.messages()).toMatchObject([
      { messageId: 'queue.q-7', body, state: { kind: 'unparsed', why, channel: houseChannel } },
    ]);
    expect(await bench.wanted('inbox:queue.q-7')).toMatchObject({ channel: houseChannel, wanted: 1 });
  });

  it('a forged message does not take the place of the true one', async () => {
    const body = signed('Hello');
    await fromQueue(JSON.stringify({ ...JSON.parse(body), Message: 'Goodbye' }));
    expect(await fromQueue(body, 'q-2')).toMatchObject({ value: { kind: 'taken' } });
  });
});
