import { checkMessage, type LimitFault, type textMax } from '../../../../blocks/limits.ts';
import type { Block, Content, Metadata } from '../workspace/messages.ts';
import { ApiError, faultMessages } from './api-error.ts';

/** Slack names no number; a message's metadata is an id and a few facts, so one kilobyte is the strict reading. */
const metadataBytesMax = 1_024;

export type ContentArgs = { readonly text?: string; readonly blocks?: unknown; readonly metadata?: unknown };

/** The content of a message if Slack would take it. @throws {ApiError} with Slack's name for what is wrong */
export function readContent(args: ContentArgs, use: keyof typeof textMax): Content {
  const { text, blocks, metadata } = args;
  const faults = checkMessage({ ...(text !== undefined && { text }), ...(blocks !== undefined && { blocks }) }, use);
  if (faults.length > 0) throw new ApiError(nameOf(faults), faultMessages(faults));
  return {
    text: text ?? '',
    ...(blocks !== undefined && { blocks: blocks as readonly Block[] }),
    ...(metadata !== undefined && { metadata: readMetadata(metadata) }),
  };
}

function nameOf(faults: readonly LimitFault[]): string {
  const of = (rule: string, pointer: string): boolean =>
    faults.some((fault) => fault.rule === rule && fault.pointer === pointer);
  if (of('missing', '/text')) return 'no_text';
  if (of('too-long', '/text')) return 'msg_too_long';
  if (of('too-large', '/blocks')) return 'msg_blocks_too_long';
  return 'invalid_blocks';
}

function readMetadata(value: unknown): Metadata {
  if (!isObject(value) || typeof value.event_type !== 'string' || !isObject(value.event_payload)) {
    throw new ApiError('invalid_metadata_format');
  }
  const { event_type, event_payload } = value;
  const known = Object.keys(value).every((name) => name === 'event_type' || name === 'event_payload');
  if (!known || event_type === '' || !Object.values(event_payload).every(isMetadataValue)) {
    throw new ApiError('invalid_metadata_schema');
  }
  if (Buffer.byteLength(JSON.stringify(value)) > metadataBytesMax) throw new ApiError('metadata_too_large');
  return { event_type, event_payload };
}

/** Scalars, objects of scalars and lists of such objects; a list of strings is refused. */
function isMetadataValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isFlatObject);
  return isScalar(value) || isFlatObject(value);
}

function isFlatObject(value: unknown): boolean {
  return isObject(value) && Object.values(value).every(isScalar);
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
