import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from './json.ts';

/** SHA-256 of the text's UTF-8 bytes, 64 lower-case hex digits. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** The digest of a JSON value: SHA-256 over its canonical form. */
export function digestOf(value: Json): string {
  return sha256Hex(canonicalJson(value));
}

/** How people read a digest: the first eight digits in two groups, `9f2c 41ab`. */
export function shortDigest(digest: string): string {
  return `${digest.slice(0, 4)} ${digest.slice(4, 8)}`;
}
