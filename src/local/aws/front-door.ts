import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Now } from '../../kernel/time.ts';
import { type FaultOrder, type Faults, faultError } from './faults.ts';
import { type CallLog, inputSummary } from './kit/call-log.ts';
import { errorReplyFor, s3ErrorReply } from './kit/error-reply.ts';
import { readRequest } from './kit/read-request.ts';
import { AwsError, type AwsReply, type AwsRequest, type LocalService } from './service.ts';

export type FrontDoorOptions = {
  readonly services: readonly LocalService[];
  /** 0 or absent: any free port. */
  readonly port?: number;
  readonly faults: Faults;
  readonly log: CallLog;
  readonly wall: Now;
  readonly domain: Now;
};

export type FrontDoor = { readonly url: string; readonly close: () => Promise<void> };

/** What becomes of a request: an answer, an answer that is thrown away, or silence. */
type Outcome = { readonly reply?: AwsReply; readonly answered: boolean; readonly afterMs?: number };

/** One HTTP server on loopback for every local AWS service; the first that takes a request answers it. */
export async function openFrontDoor(options: FrontDoorOptions): Promise<FrontDoor> {
  const waiting = new Set<NodeJS.Timeout>();
  const server = createServer((incoming, outgoing) => {
    receive(options, incoming)
      .then((outcome) => send(outcome, outgoing, waiting))
      .catch((error: unknown) => {
        process.emitWarning(`local AWS front door: ${String(error)}`);
        outgoing.destroy();
      });
  });
  await listening(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      for (const timer of waiting) clearTimeout(timer);
      return closed(server);
    },
  };
}

async function receive(options: FrontDoorOptions, incoming: IncomingMessage): Promise<Outcome> {
  const request = await readRequest(incoming).catch(unreadable);
  if ('answered' in request) return request;
  const service = options.services.find((candidate) => candidate.takes(request));
  if (!service) return { reply: nobodyAnswers(request), answered: true };
  const operation = service.operation(request);
  const arrived = { operation, caller: request.caller, at: options.domain(), wallAt: options.wall() };
  const outcome = await decide(service, request, options.faults.strike(operation));
  const status = outcome.reply?.status ?? 0;
  options.log.write({ ...arrived, status, answered: outcome.answered, input: inputSummary(request) });
  return outcome;
}

async function decide(service: LocalService, request: AwsRequest, fault: FaultOrder | undefined): Promise<Outcome> {
  if (!fault) return { reply: await service.answer(request), answered: true };
  const error = faultError(fault, request, service.operation(request));
  if (error) return { reply: errorReplyFor(request, error), answered: true };
  if (fault.kind === 'hang') return { answered: false };
  const reply = await service.answer(request);
  if (fault.kind === 'answer-lost') return { reply, answered: false };
  return { reply, answered: true, afterMs: fault.ms ?? 1_000 };
}

function send(outcome: Outcome, outgoing: ServerResponse, waiting: Set<NodeJS.Timeout>): void {
  const { reply, answered, afterMs } = outcome;
  if (!reply) return;
  if (!answered) {
    outgoing.destroy();
  } else if (afterMs === undefined) {
    write(reply, outgoing);
  } else {
    const timer = setTimeout(() => {
      waiting.delete(timer);
      write(reply, outgoing);
    }, afterMs);
    waiting.add(timer);
  }
}

function write(reply: AwsReply, outgoing: ServerResponse): void {
  const length = reply.status === 204 ? {} : { 'content-length': String(Buffer.byteLength(reply.body)) };
  outgoing.writeHead(reply.status, { ...length, 'x-amzn-requestid': randomUUID(), ...reply.headers });
  outgoing.end(reply.body);
}

/** A body that cannot be read is refused before any service sees it. */
function unreadable(error: unknown): Outcome {
  if (error instanceof AwsError) return { reply: s3ErrorReply(error), answered: true };
  throw error;
}

function nobodyAnswers(request: AwsRequest): AwsReply {
  const asked = request.headers['x-amz-target'] ?? `${request.method} ${request.path}`;
  return errorReplyFor(request, new AwsError('UnknownOperationException', `The local AWS does not know ${asked}`, 404));
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

/** Hanging calls end here: their connections are cut. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
