import { z } from 'zod';
import { parseJson } from './body.ts';

const signed = {
  // The id becomes a key of ours; SNS sends UUIDs.
  MessageId: z.string().regex(/^[\w.-]{1,100}$/),
  TopicArn: z.string().max(512),
  Message: z.string(),
  Timestamp: z.string().max(64),
  SignatureVersion: z.enum(['1', '2']),
  Signature: z.string().max(4_096),
  SigningCertURL: z.string().max(1_024),
};
const subscription = { ...signed, Token: z.string().max(4_096), SubscribeURL: z.string().max(4_096) };

/** The envelope that SNS wraps around a message, the same over HTTPS and in a queue. */
export const SnsMessage = z.discriminatedUnion('Type', [
  z.object({ Type: z.literal('Notification'), ...signed, Subject: z.string().nullish() }),
  z.object({ Type: z.literal('SubscriptionConfirmation'), ...subscription }),
  z.object({ Type: z.literal('UnsubscribeConfirmation'), ...subscription }),
]);
export type SnsMessage = z.infer<typeof SnsMessage>;

/** Undefined when the text is no SNS envelope. Lambda's spelling `SigningCertUrl` is read as well. */
export function parseSnsMessage(text: string): SnsMessage | undefined {
  const json = parseJson(text);
  if (typeof json !== 'object' || json === null) return undefined;
  const spelled = 'SigningCertUrl' in json ? { SigningCertURL: json.SigningCertUrl, ...json } : json;
  return SnsMessage.safeParse(spelled).data;
}

const notificationKeys = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'] as const;
const subscriptionKeys = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'] as const;

/**
 * What SNS signed: each key and its unescaped value on a line of its own, in this order. A Subject that is absent or null
 * was not signed; message attributes never are.
 */
export function signedText(message: SnsMessage): string {
  const fields: Readonly<Record<string, unknown>> = message;
  const keys = message.Type === 'Notification' ? notificationKeys : subscriptionKeys;
  return keys
    .filter((key) => typeof fields[key] === 'string')
    .map((key) => `${key}\n${String(fields[key])}\n`)
    .join('');
}
