import { type EpochMs, isoInstant } from '../../../kernel/time.ts';

/** One value in ASN.1 DER: tag, length, content. Just enough of the encoding to write an X.509 certificate. */
export function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), lengthOctets(body.length), body]);
}

export const sequence = (...content: readonly Uint8Array[]): Buffer => der(0x30, ...content);
export const setOf = (...content: readonly Uint8Array[]): Buffer => der(0x31, ...content);
export const utf8String = (text: string): Buffer => der(0x0c, Buffer.from(text, 'utf8'));
export const octetString = (content: Uint8Array): Buffer => der(0x04, content);
/** The leading octet says that no bits are unused. */
export const bitString = (content: Uint8Array): Buffer => der(0x03, Buffer.from([0]), content);
/** `[number]`, wrapping its content. */
export const explicit = (number: number, ...content: readonly Uint8Array[]): Buffer => der(0xa0 + number, ...content);
export const nothing = der(0x05);

/** A non-negative integer. A leading zero octet keeps the sign bit clear. */
export function integer(bytes: Uint8Array): Buffer {
  const isNegativeLooking = ((bytes[0] ?? 0) & 0x80) !== 0;
  return der(0x02, Buffer.from(isNegativeLooking ? [0] : []), bytes);
}

/** `1.2.840.113549.1.1.11`: the first two arcs share an octet, the others are base 128. */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** `261123081200Z`, the form that certificates use for years before 2050. */
export function utcTime(at: EpochMs): Buffer {
  const digits = isoInstant(at).slice(2, 19).replaceAll(/[-T:]/g, '');
  return der(0x17, Buffer.from(`${digits}Z`, 'latin1'));
}

function lengthOctets(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return Buffer.from([0x80 + octets.length, ...octets]);
}

function base128(arc: number): number[] {
  const octets = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) octets.unshift(128 + (rest % 128));
  return octets;
}
