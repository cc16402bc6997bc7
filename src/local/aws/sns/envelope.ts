import { sign } from 'node:crypto';
import type { SigningCertificate } from './certificate.ts';

export type MessageAttribute = { readonly Type: string; readonly Value: string };

/** The members of an SNS message that are signed or go with it, before the signature. */
export type Unsigned = {
  readonly Type: 'Notification' | 'SubscriptionConfirmation' | 'UnsubscribeConfirmation';
  readonly MessageId: string;
  readonly Token?: string;
  readonly TopicArn: string;
  readonly Subject?: string;
  readonly Message: string;
  readonly SubscribeURL?: string;
  readonly Timestamp: string;
};

export type Signing = {
  readonly certificate: SigningCertificate;
  readonly certificateUrl: string;
  readonly version: '1' | '2';
};

const signedInNotifications = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'] as const;
const signedInConfirmations = [
  'Message',
  'MessageId',
  'SubscribeURL',
  'Timestamp',
  'Token',
  'TopicArn',
  'Type',
] as const;

/** `key\nvalue\n` for each signed member in order; a member that is absent leaves no trace. */
function stringToSign(message: Unsigned): string {
  const keys = message.Type === 'Notification' ? signedInNotifications : signedInConfirmations;
  return keys
    .filter((key) => Reflect.get(message, key) !== undefined)
    .map((key) => `${key}\n${String(Reflect.get(message, key))}\n`)
    .join('');
}

type Extras = {
  readonly UnsubscribeURL?: string;
  readonly MessageAttributes?: Readonly<Record<string, MessageAttribute>>;
};

/** The JSON text that SNS posts: signature version 1 is SHA1withRSA, version 2 SHA256withRSA. */
export function signedEnvelope(message: Unsigned, signing: Signing, extras: Extras = {}): string {
  const digest = signing.version === '1' ? 'sha1' : 'sha256';
  const signature = sign(digest, Buffer.from(stringToSign(message), 'utf8'), signing.certificate.privateKey);
  return JSON.stringify(
    {
      ...message,
      SignatureVersion: signing.version,
      Signature: signature.toString('base64'),
      SigningCertURL: signing.certificateUrl,
      ...extras,
    },
    undefined,
    2,
  );
}
