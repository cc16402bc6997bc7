import { describe, expect, it } from 'vitest';
import { parseSnsMessage } from '../../src/alerts/sns-message.ts';
import { checkAge, checkOrigin, type SnsPolicy } from '../../src/alerts/sns-rules.ts';
import { instant, isoInstant, plus } from '../../src/kernel/time.ts';
import { topic } from '../kit/sns.ts';

const at = instant(1_795_424_400_000);
const file = '/SimpleNotificationService-f3ecfb7224c7233fe7bb5f59f96de52f.pem';
const home = `https://sns.us-east-1.amazonaws.com${file}`;
const real: SnsPolicy = { topics: [topic], certificateHosts: [] };

function message(change: object) {
  const body = {
    Type: 'Notification',
    MessageId: 'm-1',
    TopicArn: topic,
    Message: 'x',
    Timestamp: isoInstant(at),
    SignatureVersion: '2',
    Signature: 'AA==',
    SigningCertURL: home,
    ...change,
  };
  const parsed = parseSnsMessage(JSON.stringify(body));
  if (!parsed) throw new Error('no envelope');
  return parsed;
}

const certificate = (url: string, policy = real) => checkOrigin(message({ SigningCertURL: url }), policy);

describe('a certificate is taken from the SNS of the topic’s region only', () => {
  it.each([home, `https://SNS.us-east-1.amazonaws.com${file}`])('%s', (url) => {
    expect(certificate(url)).toMatchObject({ ok: true });
  });

  it.each([
    `http://sns.us-east-1.amazonaws.com${file}`,
    `https://sns.us-east-1.amazonaws.com.evil.example${file}`,
    `https://sns.us-east-1.amazonaws.com@evil.example${file}`,
    `https://user@sns.us-east-1.amazonaws.com${file}`,
    `https://evil.example/sns.us-east-1.amazonaws.com${file}`,
    `https://sns.us-east-1-amazonaws.com${file}`,
    `https://sns.us-east-1.amazonaws.co${file}`,
    `https://xsns.us-east-1.amazonaws.com${file}`,
    `https://sns.us-east-1.amazonaws.com:8443${file}`,
    `https://s3.us-east-1.amazonaws.com${file}`,
    `https://sns.eu-west-1.amazonaws.com${file}`,
    `https://sns.us-east-1.аmazonaws.com${file}`,
    `${home}?x=1`,
    `${home}#x`,
    'https://sns.us-east-1.amazonaws.com/?Action=GetAnything',
    'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-x/../evil.pem',
    'file:///etc/passwd',
    'not a URL',
  ])('not %s', (url) => {
    expect(certificate(url)).toMatchObject({ ok: false, refusal: { kind: 'foreign-certificate' } });
  });

  it('comes from the configured host alone in a local world', () => {
    const local = { topics: [topic], certificateHosts: ['http://127.0.0.1:4001'] };
    expect(certificate('http://127.0.0.1:4001/x.pem', local)).toMatchObject({ ok: true });
    expect(certificate('http://127.0.0.1:4002/x.pem', local)).toMatchObject({ ok: false });
    expect(certificate(home, local)).toMatchObject({ ok: false });
  });
});

describe('topics and confirmations', () => {
  it('a topic that is not configured is foreign, another account’s of the same name too', () => {
    const foreign = 'arn:aws:sns:us-east-1:999999999999:ml-guardrails';
    expect(checkOrigin(message({ TopicArn: foreign }), real)).toEqual({
      ok: false,
      refusal: { kind: 'foreign-topic', topic: foreign },
    });
  });

  it.each(['https://evil.example/?Action=ConfirmSubscription', 'http://169.254.169.254/latest', 'x'])(
    'a confirmation that leads to %s is refused',
    (SubscribeURL) => {
      const asked = message({ Type: 'SubscriptionConfirmation', Token: 't', SubscribeURL });
      expect(checkOrigin(asked, real)).toEqual({
        ok: false,
        refusal: { kind: 'foreign-subscribe-url', url: SubscribeURL },
      });
    },
  );

  it('a confirmation at home is taken', () => {
    const SubscribeURL = 'https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=t';
    expect(checkOrigin(message({ Type: 'SubscriptionConfirmation', Token: 't', SubscribeURL }), real).ok).toBe(true);
  });
});

describe('age at a door that anybody can post to', () => {
  const minute = 60_000;
  it.each([
    ['an hour and a quarter old', -75 * minute, true],
    ['a moment older', -75 * minute - 1, false],
    ['five minutes ahead', 5 * minute, true],
    ['a moment further ahead', 5 * minute + 1, false],
  ])('%s', (_, ms, taken) => {
    expect(checkAge(message({ Timestamp: isoInstant(plus(at, ms)) }), at).ok).toBe(taken);
  });

  it('a time that is none', () => {
    expect(checkAge(message({ Timestamp: 'yesterday' }), at)).toEqual({
      ok: false,
      refusal: { kind: 'not-an-envelope' },
    });
  });
});
