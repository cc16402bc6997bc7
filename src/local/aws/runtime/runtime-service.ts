import type { Dice } from '../kit/dice.ts';
import { jsonErrorReply } from '../kit/json-service.ts';
import type { ServingFleet } from '../sagemaker/open-sagemaker.ts';
import { AwsError, type AwsGround, type AwsReply, type AwsRequest, type LocalService } from '../service.ts';
import type { Answer, Call, Invoke } from './invoke.ts';
import { type Route, routeRequest, shadowShare } from './route.ts';

export type RuntimeOptions = {
  readonly ground: AwsGround;
  readonly serving: (endpointName: string) => readonly ServingFleet[] | undefined;
  readonly dice: (name: string) => Dice;
  readonly invoke: Invoke;
};

const path = /^\/endpoints\/([^/]+)\/invocations$/;
/** InvokeEndpoint's limit for an inference id. */
const maxInferenceIdLength = 64;

/** SageMaker Runtime: InvokeEndpoint, with mirroring to the shadow that the caller never notices. */
export function runtimeService(options: RuntimeOptions): LocalService {
  return {
    name: 'sagemaker',
    takes: (request) => request.method === 'POST' && path.test(request.path),
    operation: () => 'sagemaker:InvokeEndpoint',
    answer: async (request) => {
      try {
        return invokeEndpoint(options, request);
      } catch (error) {
        if (error instanceof AwsError) return jsonErrorReply(error);
        throw error;
      }
    },
  };
}

function invokeEndpoint(options: RuntimeOptions, request: AwsRequest): AwsReply {
  const call = callOf(request);
  const route = routed(options, call, request.headers['x-amzn-sagemaker-target-variant']);
  const answer = options.invoke({ call, route, variant: route.variant, isShadow: false });
  mirror(options, call, route);
  return answer.kind === 'answered' ? answeredReply(call, route, answer) : modelErrorReply(route, answer);
}

function callOf(request: AwsRequest): Call {
  const inferenceId = request.headers['x-amzn-sagemaker-inference-id'];
  if (request.caller === '')
    throw new AwsError('MissingAuthenticationTokenException', 'The request is not signed', 403);
  if (inferenceId !== undefined && (inferenceId === '' || inferenceId.length > maxInferenceIdLength)) {
    throw new AwsError('ValidationError', `InferenceId must have 1 to ${maxInferenceIdLength} characters`);
  }
  return {
    endpoint: decodeURIComponent(path.exec(request.path)?.[1] ?? ''),
    body: request.body.toString('utf8'),
    contentType: request.headers['content-type'] ?? 'application/octet-stream',
    ...(inferenceId === undefined ? {} : { inferenceId }),
  };
}

function routed(options: RuntimeOptions, call: Call, target: string | undefined): Route {
  const serving = options.serving(call.endpoint);
  if (!serving) {
    throw new AwsError('ValidationError', `Endpoint ${call.endpoint} of account ${options.ground.account} not found.`);
  }
  const route = routeRequest(serving, options.dice(`route/${call.endpoint}`), target);
  if (!route) {
    throw new AwsError('ValidationError', `Variant ${target ?? ''} not found for endpoint ${call.endpoint}.`);
  }
  return route;
}

/** Shadows see a sample of what production answered; nothing of theirs reaches the caller. */
function mirror(options: RuntimeOptions, call: Call, route: Route): void {
  for (const shadow of route.fleet.shadow) {
    const draw = options.dice(`mirror/${call.endpoint}/${shadow.name}`)();
    if (draw < shadowShare(route, shadow)) options.invoke({ call, route, variant: shadow, isShadow: true });
  }
}

function answeredReply(call: Call, route: Route, answer: Extract<Answer, { kind: 'answered' }>): AwsReply {
  const echo = call.inferenceId === undefined ? {} : { 'x-amzn-sagemaker-inference-id': call.inferenceId };
  return {
    status: 200,
    headers: { 'content-type': answer.contentType, 'x-amzn-invoked-production-variant': route.variant.name, ...echo },
    body: answer.body,
  };
}

function modelErrorReply(route: Route, answer: Extract<Answer, { kind: 'failed' }>): AwsReply {
  const { status, message } = answer;
  return {
    status: 424,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'ModelError' },
    body: JSON.stringify({
      Message: `Received ${status >= 500 ? 'server' : 'client'} error (${status}) from ${route.variant.name} with message "${message}".`,
      OriginalStatusCode: status,
      OriginalMessage: message,
    }),
  };
}
