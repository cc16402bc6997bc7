import type { EpochMs } from '../../../kernel/time.ts';
import type { Measure } from '../service.ts';

/** One invocation as its variant's metrics see it. */
export type Invocation = {
  readonly endpoint: string;
  readonly variant: string;
  readonly configName: string;
  readonly instances: number;
  readonly at: EpochMs;
  readonly latencyMs: number;
  readonly overheadMs: number;
  /** The status that the container answered with. */
  readonly containerStatus: number;
};

const microsecondsPerMs = 1_000;

/** Publishes what SageMaker publishes for each invocation: once for the variant, once for the variant of this fleet. */
export function measureInvocation(measure: Measure, invocation: Invocation): void {
  const { endpoint, variant, configName, instances, at, containerStatus } = invocation;
  const byVariant = { EndpointName: endpoint, VariantName: variant };
  const values: readonly [metric: string, value: number, unit: string][] = [
    ['Invocations', 1, 'None'],
    ['InvocationsPerInstance', 1 / instances, 'None'],
    ['Invocation4XXErrors', containerStatus >= 400 && containerStatus < 500 ? 1 : 0, 'None'],
    ['Invocation5XXErrors', containerStatus >= 500 ? 1 : 0, 'None'],
    ['InvocationModelErrors', containerStatus >= 300 ? 1 : 0, 'None'],
    ['ModelLatency', Math.round(invocation.latencyMs * microsecondsPerMs), 'Microseconds'],
    ['OverheadLatency', Math.round(invocation.overheadMs * microsecondsPerMs), 'Microseconds'],
  ];
  for (const dimensions of [byVariant, { ...byVariant, EndpointConfigName: configName }]) {
    for (const [metric, value, unit] of values) {
      measure({ namespace: 'AWS/SageMaker', metric, dimensions, value, unit, at });
    }
  }
}
