import { AwsError } from '../service.ts';
import type { MessageAttribute } from './envelope.ts';
import type { Protocol } from './topics.ts';

/** What somebody publishes, checked. */
export type Publication = {
  readonly subject?: string;
  readonly message: string;
  /** With `MessageStructure: json`, what each protocol gets instead. */
  readonly byProtocol?: Readonly<Record<string, unknown>>;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
};

/** 256 KiB, attributes included. */
const maxBytes = 262_144;

/** @throws {AwsError} `InvalidParameter` in SNS's words */
export function checkPublication(publication: Publication): Publication {
  const { message, subject, attributes } = publication;
  if (message === '') throw invalid('Empty message');
  if (subject !== undefined && !/^[\x21-\x7e][\x20-\x7e]{0,98}$/.test(subject)) throw invalid('Subject');
  let bytes = Buffer.byteLength(message);
  for (const [name, { Type, Value }] of Object.entries(attributes)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(Type) + Buffer.byteLength(Value);
  }
  if (bytes > maxBytes) throw invalid('Message too long');
  return publication;
}

/** `MessageStructure: json`: an object of strings with at least `default`. */
export function readProtocolMessages(message: string): Readonly<Record<string, unknown>> {
  const parsed = objectIn(message);
  if (typeof parsed.default !== 'string') throw invalid('Message Structure - No default entry in JSON message body');
  return parsed;
}

export function messageFor(publication: Publication, protocol: Protocol): string {
  const own = publication.byProtocol?.[protocol] ?? publication.byProtocol?.default;
  return typeof own === 'string' ? own : publication.message;
}

/** What filter policies look at: attribute values by name, numbers and lists as such, or the body's members. */
export function filteredValues(publication: Publication, scope: string): Readonly<Record<string, unknown>> {
  if (scope === 'MessageBody') return tolerant(publication.message);
  const entries = Object.entries(publication.attributes).map(([name, attribute]) => [name, attributeValue(attribute)]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

function attributeValue({ Type, Value }: MessageAttribute): unknown {
  if (Type.startsWith('Number')) return Number(Value);
  if (!Type.startsWith('String.Array')) return Value;
  try {
    return JSON.parse(Value);
  } catch {
    return Value;
  }
}

function tolerant(text: string): Readonly<Record<string, unknown>> {
  try {
    return objectIn(text);
  } catch {
    return {};
  }
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>;
  } catch {
    // Falls through: both kinds of wrong text get the same answer.
  }
  throw invalid('Message Structure - JSON message body failed to parse');
}

function invalid(what: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${what}`);
}
