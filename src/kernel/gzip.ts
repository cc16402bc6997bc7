import { gunzipSync, gzipSync } from 'node:zlib';

/** What one packed text may grow to again; ours are at most 2 MiB, so that more is damage. */
const largestBytes = 8 * 1_048_576;

/** A text as base64 of its gzip form, for items of the store that have a size limit. */
export function gzipText(text: string): string {
  return gzipSync(Buffer.from(text, 'utf8')).toString('base64');
}

/** The text that `gzipText` packed. */
export function gunzipText(packed: string): string {
  return gunzipSync(Buffer.from(packed, 'base64'), { maxOutputLength: largestBytes }).toString('utf8');
}
