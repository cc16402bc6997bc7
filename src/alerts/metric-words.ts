import type { AlertUnit } from './alert.ts';

/** One metric and how it is summed up: `Average`, `SUM`, `p95`. */
export type Metric = { readonly namespace: string; readonly name: string; readonly statistic: string };

/** Our words for a metric, and how its numbers become ours: value × `scale` is in `unit`. */
export type MetricWords = { readonly what: string; readonly unit: AlertUnit; readonly scale: number };

const sageMaker = new Set(['AWS/SageMaker', '/aws/sagemaker/Endpoints', '/aws/sagemaker/InferenceComponents']);

/** In microseconds (SageMaker's metric page). */
const latencies: Readonly<Record<string, string>> = {
  ModelLatency: 'latency',
  OverheadLatency: 'overhead latency',
  ModelSetupTime: 'set-up time',
};
/** One 0 or 1 for each call: the average is a rate, the sum a count. */
const errors: Readonly<Record<string, string>> = {
  Invocation5XXErrors: 'error',
  Invocation4XXErrors: 'client error',
  InvocationModelErrors: 'model error',
};
const calls: Readonly<Record<string, string>> = { Invocations: 'calls', InvocationsPerInstance: 'calls per instance' };
/** In percent; several cores or GPUs add up beyond 100. */
const loads: Readonly<Record<string, string>> = {
  CPUUtilization: 'CPU',
  MemoryUtilization: 'memory',
  DiskUtilization: 'disk',
  GPUUtilization: 'GPU',
  GPUMemoryUtilization: 'GPU memory',
};

const statisticWords: Readonly<Record<string, string>> = { maximum: 'highest', minimum: 'lowest', sum: 'total' };
/** Names of AWS that may stand in a header as they are; anything else is foreign text. */
const plainName = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$/;

/** "p95 latency" in ms, "error rate" as a share; a metric we do not know keeps its name and its numbers. */
export function metricWords({ namespace, name, statistic }: Metric): MetricWords {
  const stat = statistic.toLowerCase().replace('_', '');
  const counted = stat === 'sum' || stat === 'samplecount';
  const known = sageMaker.has(namespace) ? name : '';
  if (known in latencies && stat === 'samplecount') return { what: 'calls', unit: 'count', scale: 1 };
  if (known in latencies)
    return { what: `${statisticWords[stat] ?? stat} ${latencies[known]}`, unit: 'ms', scale: 1e-3 };
  if (known in errors && counted) return { what: `${errors[known]}s`, unit: 'count', scale: 1 };
  if (known in errors) return { what: `${errors[known]} rate`, unit: 'share', scale: 1 };
  if (known in calls) return { what: calls[known] ?? 'calls', unit: 'count', scale: 1 };
  if (known in loads) return { what: `${statisticWords[stat] ?? stat} ${loads[known]}`, unit: 'share', scale: 0.01 };
  return { what: plainName.test(name) ? name : 'metric', unit: 'none', scale: 1 };
}

/** A metric inside metric math, by its id. */
export type MathMetrics = Readonly<Record<string, Metric>>;

/**
 * Words for a metric math expression. Only errors divided by calls is understood as a rate; every other expression keeps
 * its label, because what its numbers mean is known to its author alone.
 */
export function expressionWords(expression: string, label: string | undefined, metrics: MathMetrics): MetricWords {
  const plain = expression.replace(/[\s()]/g, '');
  const ratio = /^(100\*)?(\w+)\/(\w+)(\*100)?$/.exec(plain);
  const over = metrics[ratio?.[2] ?? ''];
  const under = metrics[ratio?.[3] ?? ''];
  if (over && under && over.name in errors && under.name === 'Invocations' && isSum(over) && isSum(under)) {
    const percent = ratio?.[1] !== undefined || ratio?.[4] !== undefined;
    return { what: `${errors[over.name]} rate`, unit: 'share', scale: percent ? 0.01 : 1 };
  }
  const same = metrics[plain];
  if (same) return metricWords(same);
  return { what: label !== undefined && plainName.test(label) ? label : 'metric math', unit: 'none', scale: 1 };
}

function isSum(metric: Metric): boolean {
  return metric.statistic.toLowerCase() === 'sum';
}
