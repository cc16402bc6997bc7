import { describe, expect, it } from 'vitest';
import { parseSnsMessage, signedText } from '../../src/alerts/sns-message.ts';

const notification = {
  Type: 'Notification',
  MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
  TopicArn: 'arn:aws:sns:us-west-2:123456789012:MyTopic',
  Subject: 'My First Message',
  Message: 'Hello\nworld',
  Timestamp: '2012-05-02T00:54:06.655Z',
  SignatureVersion: '1',
  Signature: 'EXAMPLE',
  SigningCertURL: 'https://sns.us-west-2.amazonaws.com/SimpleNotificationService-f3ecfb7224c7233fe7bb5f59f96de52f.pem',
};
const confirmation = {
  ...notification,
  Type: 'SubscriptionConfirmation',
  Token: '2336412f37',
  SubscribeURL: 'https://x/',
};

const parsed = (change: object, from: object = notification) => parseSnsMessage(JSON.stringify({ ...from, ...change }));
const textOf = (change: object, from?: object) => {
  const message = parsed(change, from);
  return message && signedText(message);
};

describe('what SNS signed', () => {
  it('is each key and its unescaped value on a line of its own, as in the developer guide', () => {
    expect(textOf({})).toBe(
      'Message\nHello\nworld\nMessageId\n22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324\nSubject\nMy First Message\n' +
        'Timestamp\n2012-05-02T00:54:06.655Z\nTopicArn\narn:aws:sns:us-west-2:123456789012:MyTopic\nType\nNotification\n',
    );
  });

  it('leaves out a Subject that is absent or null', () => {
    expect(textOf({ Subject: null })).not.toContain('Subject');
    expect(textOf({ Subject: undefined })).not.toContain('Subject');
  });

  it('holds token and URL of a confirmation', () => {
    expect(textOf({}, confirmation)).toContain(
      'SubscribeURL\nhttps://x/\nTimestamp\n2012-05-02T00:54:06.655Z\nToken\n2336412f37\n',
    );
  });

  it('never holds attributes', () => {
    expect(textOf({ MessageAttributes: { severity: { Type: 'String', Value: 'critical' } } })).toBe(textOf({}));
  });
});

describe('an envelope', () => {
  it('is also read in the spelling of Lambda', () => {
    const { SigningCertURL, ...rest } = notification;
    expect(parsed({ SigningCertUrl: SigningCertURL }, rest)?.SigningCertURL).toBe(SigningCertURL);
  });

  it.each([
    ['no JSON', 'Hello'],
    ['an alarm that was delivered raw', '{"AlarmName":"x","NewStateValue":"ALARM"}'],
    ['an unknown type', JSON.stringify({ ...notification, Type: 'Command' })],
    ['an unknown signature version', JSON.stringify({ ...notification, SignatureVersion: '3' })],
    ['a null message', JSON.stringify({ ...notification, Message: null })],
    ['an id that could not be a key', JSON.stringify({ ...notification, MessageId: 'a b#c' })],
    ['a confirmation without a token', JSON.stringify({ ...confirmation, Token: null })],
    ['nothing', 'null'],
  ])('is not %s', (_, text) => {
    expect(parseSnsMessage(text)).toBeUndefined();
  });
});
