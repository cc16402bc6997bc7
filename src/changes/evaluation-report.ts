import { z } from 'zod';
import { accept, type Result, refuse } from '../kernel/result.ts';

const Metric = z.object({ value: z.number() });

/** The part of a registered evaluation report that the gate reads: the layout of SageMaker's model quality reports. */
const ReportFile = z.object({
  version: z.union([z.string(), z.number()]).optional(),
  /** Rows of the held-out split. */
  rows: z.int().positive(),
  binary_classification_metrics: z.record(z.string(), z.unknown()),
  facets: z.record(z.string(), z.object({ metrics: z.record(z.string(), z.unknown()) })).optional(),
});

/** What a report says, in the judge's names. Metrics that it does not have are absent. */
export type EvaluationReport = {
  readonly rows: number;
  readonly metrics: Readonly<Record<string, number | undefined>>;
  readonly bestConstantLogLoss?: number | undefined;
  /** DPPL by facet column. */
  readonly facetGaps: Readonly<Record<string, number | undefined>>;
};

/** Reads a report; the refusal is the end of the sentence "it has no evidence: …". */
export function parseEvaluationReport(text: string): Result<EvaluationReport, string> {
  const file = ReportFile.safeParse(jsonOf(text));
  if (!file.success) return refuse(`its evaluation report cannot be read: ${firstFault(file.error)}`);
  const { rows, binary_classification_metrics: written, facets = {} } = file.data;
  const metrics = valuesOf(written);
  const { logLossBestConstantClassifier: bestConstantLogLoss, ...rest } = metrics;
  return accept({
    rows,
    metrics: rest,
    ...(bestConstantLogLoss === undefined ? {} : { bestConstantLogLoss }),
    facetGaps: Object.fromEntries(
      Object.entries(facets).map(([column, facet]) => [column, valuesOf(facet.metrics).DPPL]),
    ),
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Numbers stand either bare or, as SageMaker writes them, in `{ value }`. Anything else is no number and left out. */
function valuesOf(written: Readonly<Record<string, unknown>>): Record<string, number | undefined> {
  const values = Object.entries(written).flatMap(([name, entry]): [string, number][] => {
    const value = typeof entry === 'number' ? entry : Metric.safeParse(entry).data?.value;
    return value === undefined || !Number.isFinite(value) ? [] : [[camel(name), value]];
  });
  return Object.fromEntries(values);
}

/** `log_loss` to `logLoss`; `DPPL` stays. */
function camel(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function firstFault(error: z.ZodError): string {
  const [issue] = error.issues;
  if (!issue) return 'it is no report';
  return issue.path.length === 0 ? 'it is no JSON object' : `${issue.path.join('.')}: ${issue.message}`;
}
