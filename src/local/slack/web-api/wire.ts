import type { IncomingMessage } from 'node:http';

const bodyBytesMax = 4 * 1024 * 1024;

/** A call as it came: the token, every argument as text, and the body if it was JSON. */
export type WireCall = {
  readonly token: string;
  readonly values: ReadonlyMap<string, string>;
  readonly json: unknown;
};

/** Arguments come as a form, as JSON, or in the query; the token in `Authorization`, or as an argument. */
export async function readCall(request: IncomingMessage): Promise<WireCall> {
  const body = await readBody(request);
  const type = request.headers['content-type'] ?? '';
  const json = type.startsWith('application/json') ? parseJson(body) : undefined;
  const { searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const form = json === undefined ? new URLSearchParams(body) : jsonAsForm(json);
  const values = new Map([...searchParams, ...form]);
  const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  return { token: bearer ?? values.get('token') ?? '', values, json };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    const piece = Buffer.from(part);
    bytes += piece.length;
    if (bytes > bodyBytesMax) throw new Error(`a body of more than ${bodyBytesMax} bytes`);
    parts.push(piece);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function jsonAsForm(json: unknown): [string, string][] {
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
}
