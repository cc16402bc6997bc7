import { AwsError, type AwsReply, type AwsRequest, type LocalService } from '../service.ts';
import { checkShape } from './check-shape.ts';
import { checkRules, type Rules } from './rules.ts';
import { type OperationCodec, operationCodec } from './sdk-schemas.ts';

/** What an operation knows about its call besides the input. */
export type CallContext = { readonly caller: string };

/**
 * An SDK input type after the kit's check: required members (which the SDK types as `T | undefined`) are there.
 * Write operations as `createModel(input: Checked<CreateModelInput>)`.
 */
export type Checked<T> = T extends Date | Uint8Array
  ? T
  : T extends ReadonlyArray<infer Item>
    ? readonly Checked<Item>[]
    : T extends object
      ? { readonly [K in keyof T]: object extends Pick<T, K> ? Checked<T[K]> : Checked<Exclude<T[K], undefined>> }
      : T;

/** Input is decoded (timestamps are `Date`s, blobs bytes) and checked; the answer is encoded by the SDK's output schema. */
export type JsonOperation = (input: never, context: CallContext) => unknown;

export type JsonServiceOptions = {
  /** The service's word in operation names, `sagemaker` in `sagemaker:CreateModel`. */
  readonly name: string;
  /** What stands before the dot in `X-Amz-Target`. */
  readonly target: string;
  readonly protocol: '1.0' | '1.1';
  /** The module namespace of the SDK client: `import * as schemas from '@aws-sdk/client-…'`. */
  readonly schemas: object;
  readonly operations: Readonly<Record<string, JsonOperation>>;
  /** Lengths, patterns, enums and ranges, by operation and member path; the schemas carry none of them. */
  readonly rules?: Readonly<Record<string, Rules>>;
  /** More headers for an error answer; CloudWatch and SQS clients read `queryErrorHeaders`. */
  readonly errorHeaders?: (error: AwsError) => Readonly<Record<string, string>>;
};

/** What query-compatible services (CloudWatch, SQS) add to errors so that clients find the old query code. */
export function queryErrorHeaders(error: AwsError): Readonly<Record<string, string>> {
  return { 'x-amzn-query-error': `${error.code};${error.status < 500 ? 'Sender' : 'Receiver'}` };
}

/** A service that speaks AWS JSON 1.0 or 1.1, built on the schemas which the SDK's own client uses. */
export function jsonService(options: JsonServiceOptions): LocalService {
  const codecs = new Map<string, OperationCodec>();
  for (const operation of Object.keys(options.operations)) {
    const codec = operationCodec(options.schemas, operation);
    if (!codec) throw new Error(`The client for ${options.name} has no operation ${operation}`);
    codecs.set(operation, codec);
  }
  const prefix = `${options.target}.`;
  const wanted = (request: AwsRequest): string => (request.headers['x-amz-target'] ?? '').slice(prefix.length);

  async function reply(request: AwsRequest): Promise<string> {
    const operation = options.operations[wanted(request)];
    const codec = codecs.get(wanted(request));
    if (!operation || !codec) throw new AwsError('UnknownOperationException', `Unknown operation ${wanted(request)}`);
    if (request.caller === '')
      throw new AwsError('MissingAuthenticationTokenException', 'The request is not signed', 403);
    const text = request.body.length === 0 ? '{}' : request.body.toString('utf8');
    const raw = parsed(text);
    checkShape(codec.input, raw);
    checkRules(raw, options.rules?.[wanted(request)] ?? {});
    const input = await codec.decode(text);
    return codec.encode(await operation(input as never, { caller: request.caller }));
  }

  return {
    name: options.name,
    takes: (request) => request.method === 'POST' && (request.headers['x-amz-target'] ?? '').startsWith(prefix),
    operation: (request) => `${options.name}:${wanted(request)}`,
    answer: async (request) => {
      try {
        return { status: 200, headers: contentType(options.protocol), body: await reply(request) };
      } catch (error) {
        return errorReply(options, error);
      }
    },
  };
}

/** An error as the AWS JSON protocols carry it; also what the front door answers for faults on request. */
export function jsonErrorReply(error: AwsError, protocol: '1.0' | '1.1' = '1.1'): AwsReply {
  return {
    status: error.status,
    headers: { ...contentType(protocol), 'x-amzn-errortype': error.code },
    body: JSON.stringify({ __type: error.code, message: error.message }),
  };
}

function errorReply(options: JsonServiceOptions, error: unknown): AwsReply {
  const known = error instanceof AwsError ? error : internalFailure(options.name, error);
  const plain = jsonErrorReply(known, options.protocol);
  return { ...plain, headers: { ...plain.headers, ...options.errorHeaders?.(known) } };
}

/** A bug in the stand-in must be seen by whoever runs it, not only by the client. */
function internalFailure(name: string, error: unknown): AwsError {
  process.emitWarning(
    `local ${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  return new AwsError('InternalFailure', String(error), 500);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new AwsError('SerializationException', 'The request is not valid JSON');
  }
}

function contentType(protocol: string): Readonly<Record<string, string>> {
  return { 'content-type': `application/x-amz-json-${protocol}` };
}
