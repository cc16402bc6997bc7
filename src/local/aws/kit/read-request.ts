import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { AwsError, type AwsRequest } from '../service.ts';
import { decodeAwsChunked, isAwsChunked } from './aws-chunked.ts';

/** Enough for every model and capture of the local world; a runaway body must not fill the memory. */
const maxBodyBytes = 256 * 1024 * 1024;

/** Reads a request whole: body unzipped and unframed, caller taken from the signature's credential. */
export async function readRequest(incoming: IncomingMessage): Promise<AwsRequest> {
  const url = incoming.url ?? '/';
  // `new URL` would fold `..` and `//`, which are ordinary parts of S3 keys.
  const [path = '/', query = ''] = splitOnce(url, '?');
  const headers = flatHeaders(incoming);
  const raw = await wholeBody(incoming);
  const request = { method: incoming.method ?? 'GET', path, query: new URLSearchParams(query), headers };
  return { ...request, body: plainBody(request, raw), caller: callerOf(headers) };
}

async function wholeBody(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBodyBytes) throw new AwsError('RequestEntityTooLarge', `Bodies end at ${maxBodyBytes} bytes`, 413);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function plainBody(request: Pick<AwsRequest, 'path' | 'headers'>, raw: Buffer): Buffer {
  if (isAwsChunked(request.headers)) return decodeAwsChunked(raw);
  // An S3 object may itself be gzip; only the RPC services, all at `/`, zip requests on the way.
  const zipped = request.path === '/' && (request.headers['content-encoding'] ?? '').includes('gzip');
  return zipped ? gunzipSync(raw) : raw;
}

function flatHeaders(incoming: IncomingMessage): Readonly<Record<string, string>> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return flat;
}

function callerOf(headers: Readonly<Record<string, string>>): string {
  return /Credential=([^/,\s]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';
}

function splitOnce(text: string, sign: string): [string, string] {
  const at = text.indexOf(sign);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
