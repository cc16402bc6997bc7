import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ResponseUrls } from '../delivery/response-urls.ts';
import type { CallFault, FaultBook } from '../faults.ts';
import type { Json } from '../workspace/as-json.ts';
import { ApiError } from './api-error.ts';
import { readArgs } from './args.ts';
import type { Ground, Methods } from './method.ts';
import type { Pacing } from './pacing.ts';
import { readCall } from './wire.ts';

export type DoorDeps = {
  readonly ground: Ground;
  readonly methods: Methods;
  readonly pacing: Pacing;
  readonly faults: FaultBook;
  readonly responseUrls: ResponseUrls;
  /** What is wrong with a token, in Slack's words; undefined when it is good. */
  readonly refuseToken: (token: string) => string | undefined;
};

type Reply = { readonly status: number; readonly body: Json; readonly headers?: Readonly<Record<string, string>> };

/** The server's one door: `/api/<method>` for the Web API, `/respond/<id>` for answers to commands and presses. */
export function openDoor(deps: DoorDeps): Server {
  return createServer((request, response) => {
    serve(deps, request, response).catch((error: unknown) => {
      process.emitWarning(`the local Slack failed: ${error instanceof Error ? error.stack : String(error)}`);
      if (!response.headersSent) send(response, { status: 500, body: { ok: false, error: 'internal_error' } });
    });
  });
}

async function serve(deps: DoorDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [, room, name = ''] = pathname.split('/');
  if (!isLoopback(request.headers.host)) return send(response, { status: 403, body: { ok: false, error: 'host' } });
  if (room === 'api') return serveCall(deps, name, { request, response });
  if (room === 'respond') return serveAnswer(deps, name, { request, response });
  send(response, { status: 404, body: { ok: false, error: 'not_found' } });
}

/** A page elsewhere that resolves its own name to 127.0.0.1 does not get in. */
function isLoopback(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? '');
}

type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };

async function serveCall(deps: DoorDeps, name: string, { request, response }: Exchange): Promise<void> {
  const call = await readCall(request);
  const channel = call.values.get('channel') ?? '';
  const fault = deps.faults.forCall({ method: name, channel });
  const act = (): Reply => answerCall(deps, name, call);
  await through(fault, response, act);
}

async function serveAnswer(deps: DoorDeps, id: string, { request, response }: Exchange): Promise<void> {
  const call = await readCall(request);
  const fault = deps.faults.forCall({ method: 'response_url', channel: '' });
  const act = (): Reply => answerThrough(deps.responseUrls, id, call.json);
  await through(fault, response, act);
}

/** Does what was asked, with the fault that is due: before it, instead of it, or after it. */
async function through(fault: CallFault | undefined, response: ServerResponse, act: () => Reply): Promise<void> {
  switch (fault?.kind) {
    case 'hang':
      return;
    case 'error-500':
      return send(response, { status: 500, body: { ok: false, error: 'fatal_error' } });
    case 'rate-limited':
      return send(response, limited(fault.ms ?? 1_000));
    case 'answer-lost':
      act();
      response.destroy();
      return;
    case 'slow': {
      const reply = act();
      setTimeout(() => send(response, reply), fault.ms ?? 1_000).unref();
      return;
    }
    case undefined:
      send(response, act());
  }
}

/** Retry-After is in whole seconds, so the shortest wait is one. */
function limited(waitMs: number): Reply {
  const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
  return { status: 429, body: { ok: false, error: 'ratelimited' }, headers: { 'retry-after': String(seconds) } };
}

type Call = Awaited<ReturnType<typeof readCall>>;

function answerCall({ ground, methods, pacing, refuseToken }: DoorDeps, name: string, call: Call): Reply {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!method) return refused(new ApiError('unknown_method'));
  const wrong = method.isOpen ? undefined : refuseToken(call.token);
  if (wrong !== undefined) return refused(new ApiError(wrong));
  const waitMs = pacing.wait({ method: name, tier: method.tier, channel: call.values.get('channel') ?? '' });
  if (waitMs > 0) return limited(waitMs);
  try {
    return { status: 200, body: { ok: true, ...method.run(readArgs(call.values), ground) } };
  } catch (error) {
    if (error instanceof ApiError) return refused(error);
    throw error;
  }
}

function refused({ error, messages }: ApiError): Reply {
  return { status: 200, body: { ok: false, error, ...(messages.length > 0 && { response_metadata: { messages } }) } };
}

const gone: readonly string[] = ['used_url', 'expired_url', 'no_service'];

/** Unlike a call, a bad answer is a bad status: Bolt's `respond` looks at nothing else. */
function answerThrough(responseUrls: ResponseUrls, id: string, body: unknown): Reply {
  try {
    responseUrls.answer(id, body);
    return { status: 200, body: { ok: true } };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { ...refused(error), status: gone.includes(error.error) ? 404 : 400 };
  }
}

function send(response: ServerResponse, { status, body, headers }: Reply): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}
