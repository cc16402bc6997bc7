import { type Dice, logNormal } from '../kit/dice.ts';
import type { ServedVariant } from '../sagemaker/fleet.ts';
import type { AwsGround, Measure } from '../service.ts';
import type { CaptureWriter } from './capture.ts';
import { measureInvocation } from './invocation-metrics.ts';
import type { Route } from './route.ts';
import { drawOverheadMs, type WeatherBook } from './weather.ts';

/** What the caller sent. */
export type Call = {
  readonly endpoint: string;
  readonly body: string;
  readonly contentType: string;
  readonly inferenceId?: string;
};

/** What the container said. */
export type Answer =
  | { readonly kind: 'answered'; readonly body: string; readonly contentType: string }
  | { readonly kind: 'failed'; readonly status: number; readonly message: string };

export type Invoke = (ask: {
  readonly call: Call;
  readonly route: Route;
  readonly variant: ServedVariant;
  readonly isShadow: boolean;
}) => Answer;

export type InvokeDeps = {
  readonly clock: AwsGround['clock'];
  readonly weather: WeatherBook;
  readonly dice: (name: string) => Dice;
  readonly measure: Measure;
  readonly captures: CaptureWriter;
};

/** Runs one variant's container on one request, measures it and captures it. */
export function makeInvoke({ clock, weather, dice, measure, captures }: InvokeDeps): Invoke {
  return function invoke({ call, route, variant, isShadow }) {
    const spot = { endpoint: call.endpoint, variant: variant.name, configName: route.fleet.configName };
    const at = clock.now();
    const weatherNow = weather.at(spot);
    const draw = dice(`weather/${call.endpoint}/${spot.configName}/${variant.name}`);
    const answer = draw() < weatherNow.errorShare ? stormAnswer : containerAnswer(variant, call);
    measureInvocation(measure, {
      ...spot,
      at,
      instances: variant.instances,
      latencyMs: logNormal(draw, weatherNow.latencyMs),
      overheadMs: drawOverheadMs(draw),
      containerStatus: answer.kind === 'answered' ? 200 : answer.status,
    });
    const { capture } = route.fleet;
    if (capture && answer.kind === 'answered') {
      captures.take({ ...call, variant: variant.name, isShadow, at, input: call, output: answer, capture });
    }
    return answer;
  };
}

const stormAnswer: Answer = { kind: 'failed', status: 500, message: 'Internal Server Error' };

/** A body that the model cannot read is the container's 400. */
function containerAnswer(variant: ServedVariant, call: Call): Answer {
  try {
    return { kind: 'answered', ...variant.loaded.predict(call.body, call.contentType) };
  } catch (error) {
    return { kind: 'failed', status: 400, message: error instanceof Error ? error.message : String(error) };
  }
}
