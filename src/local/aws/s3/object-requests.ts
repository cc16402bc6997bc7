import { createHash } from 'node:crypto';
import { AwsError, type AwsReply, type AwsRequest } from '../service.ts';
import { crc32Base64 } from './crc32.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';

/** Headers of a put that a get gives back. */
const keptHeaders =
  /^(content-type|content-language|content-disposition|cache-control|expires|x-amz-meta-.+|x-amz-checksum-(crc32|sha256))$/;

export function putObject(store: ObjectStore, request: AwsRequest, place: { bucket: string; key: string }): AwsReply {
  const { headers, body } = request;
  checkSums(headers, body);
  if (headers['if-none-match'] === '*' && store.find(place.bucket, place.key)) {
    throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
  }
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => keptHeaders.test(name)));
  const encoding = encodingOf(headers);
  const put = store.put({
    ...place,
    body,
    headers: encoding === '' ? kept : { ...kept, 'content-encoding': encoding },
  });
  return { status: 200, headers: { etag: `"${put.etag}"` }, body: '' };
}

export function getObject(object: StoredObject, asked: AwsRequest['headers']): AwsReply {
  const range = rangeOf(asked.range, object.body.length);
  if (!range) return { status: 200, headers: objectHeaders(object), body: object.body };
  const part = object.body.subarray(range.from, range.to + 1);
  // A checksum of the whole must not be checked against a part.
  const headers = Object.fromEntries(
    Object.entries(objectHeaders(object)).filter(([name]) => !name.startsWith('x-amz-checksum')),
  );
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${range.from}-${range.to}/${object.body.length}` },
    body: part,
  };
}

export function headObject(object: StoredObject): AwsReply {
  return { status: 200, headers: { ...objectHeaders(object), 'content-length': String(object.body.length) }, body: '' };
}

function objectHeaders(object: StoredObject): Record<string, string> {
  return {
    'content-type': 'application/octet-stream',
    ...object.headers,
    etag: `"${object.etag}"`,
    'last-modified': new Date(object.modifiedAt).toUTCString(),
    'accept-ranges': 'bytes',
  };
}

/** The framing's own word is no property of the object. */
function encodingOf(headers: AwsRequest['headers']): string {
  return (headers['content-encoding'] ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '' && word !== 'aws-chunked')
    .join(',');
}

/** Checksums in headers are checked; those in the trailer of a stream were only framing. */
function checkSums(headers: AwsRequest['headers'], body: Buffer): void {
  const given: readonly [string | undefined, string][] = [
    [headers['content-md5'], createHash('md5').update(body).digest('base64')],
    [headers['x-amz-checksum-sha256'], createHash('sha256').update(body).digest('base64')],
    [headers['x-amz-checksum-crc32'], crc32Base64(body)],
  ];
  if (given.some(([wanted, actual]) => wanted !== undefined && wanted !== actual)) {
    throw new AwsError('BadDigest', 'The checksum you specified did not match what we received.');
  }
}

function rangeOf(header: string | undefined, length: number): { from: number; to: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const from = match[1] === '' ? Math.max(0, length - Number(match[2])) : Number(match[1]);
  const to = match[1] === '' || match[2] === '' ? length - 1 : Math.min(length - 1, Number(match[2]));
  if (from > to) throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416);
  return { from, to };
}
