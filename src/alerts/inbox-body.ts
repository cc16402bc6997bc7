import { gunzipText, gzipText } from '../kernel/gzip.ts';
import type { InboxMessage } from './inbox.ts';

const plainUpToBytes = 100_000;
/** An item of the store holds 400 kB; the rest of the message stands beside the body. */
const largestPacked = 380_000;

type PackedBody = Pick<InboxMessage, 'body' | 'encoding'>;

/** The body as it is kept; undefined when even packed it does not fit, which SNS's own limit of 256 kB rules out. */
export function packBody(text: string): PackedBody | undefined {
  if (Buffer.byteLength(text, 'utf8') <= plainUpToBytes) return { body: text, encoding: 'plain' };
  const body = gzipText(text);
  return body.length <= largestPacked ? { body, encoding: 'gzip' } : undefined;
}

/** The `Message` as it was sent. */
export function bodyText(message: PackedBody): string {
  return message.encoding === 'gzip' ? gunzipText(message.body) : message.body;
}
