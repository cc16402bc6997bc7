import { z } from 'zod';
import { type EpochMs, instant } from '../kernel/time.ts';
import type { Kind } from '../ledger/kind.ts';

/** One message from outside, verified and claimed by its MessageId. Kept 30 days, so a redelivery is known as one. */
export const InboxMessage = z.object({
  schema: z.literal(1),
  messageId: z.string(),
  /** `M4412`: short, for people. */
  name: z.string(),
  door: z.enum(['https', 'sqs', 'lambda', 'replay']),
  topic: z.string(),
  subject: z.string().optional(),
  /** The unescaped `Message`; gzip + base64 above 100 kB. */
  body: z.string(),
  encoding: z.enum(['plain', 'gzip']),
  bytes: z.number().int(),
  rawSha256: z.string(),
  /** Wall instants: when it was sent, and when we took it. */
  sentAt: z.number(),
  takenAt: z.number(),
  state: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('new'), refusals: z.number().int().default(0) }),
    z.object({ kind: z.literal('read'), incident: z.string().optional(), because: z.string() }),
    z.object({ kind: z.literal('unparsed'), why: z.string(), channel: z.string() }),
  ]),
});
export type InboxMessage = z.infer<typeof InboxMessage>;

const keptMs = 30 * 86_400_000;

export const Inbox: Kind<InboxMessage> = {
  name: 'inbox',
  schema: InboxMessage,
  id: (message) => message.messageId,
  open: (message) => (message.state.kind === 'new' ? 'new' : undefined),
  group: (message) => (message.state.kind === 'unparsed' ? 'unparsed' : undefined),
  order: (message) => String(message.takenAt).padStart(15, '0'),
  expiresAt: (message): EpochMs => instant(message.takenAt + keptMs),
};
