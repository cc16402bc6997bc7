import type { MetricDatum, PutMetricDataInput } from '@aws-sdk/client-cloudwatch';
import { type EpochMs, instant, type Now } from '../../../kernel/time.ts';
import type { Checked } from '../kit/json-service.ts';
import { AwsError } from '../service.ts';
import { dimensionsOf } from './queries.ts';
import type { Datum, SeriesStore, StatisticSet } from './series.ts';

const maxDatums = 1_000;
const maxUniqueValues = 150;
const maxDimensions = 30;
/** CloudWatch refuses values outside ±2^360. */
const maxMagnitude = 2 ** 360;
const weekMs = 7 * 24 * 3_600_000;
const twoHoursMs = 2 * 3_600_000;

/** `PutMetricData` under CloudWatch's rules; all or nothing. */
export function putMetricData(store: SeriesStore, now: Now) {
  return (input: Checked<PutMetricDataInput>): void => {
    const namespace = checkNamespace(input.Namespace);
    const datums = (input.MetricData ?? []) as readonly MetricDatum[];
    if (datums.length === 0) throw new AwsError('MissingParameter', 'The parameter MetricData is required.');
    if (datums.length > maxDatums) {
      throw invalid(`The collection MetricData must not have a size greater than ${maxDatums}.`);
    }
    const checked = datums.map((datum) => ({ datum, dimensions: checkDimensions(datum), content: read(datum, now()) }));
    for (const { datum, dimensions, content } of checked) {
      store.add({ namespace, metric: datum.MetricName ?? '', dimensions }, content);
    }
  };
}

function checkNamespace(namespace: string): string {
  if (namespace.startsWith('AWS/')) throw invalid('The value AWS/ for parameter Namespace is invalid.');
  if (namespace === '' || namespace.length > 255 || namespace.startsWith(':')) {
    throw invalid(`The value ${namespace} for parameter Namespace is invalid.`);
  }
  return namespace;
}

function checkDimensions(datum: MetricDatum): Readonly<Record<string, string>> {
  const given = datum.Dimensions ?? [];
  if (given.length > maxDimensions) {
    throw invalid(`The collection MetricData.member.N.Dimensions must not have a size greater than ${maxDimensions}.`);
  }
  const dimensions = dimensionsOf(given);
  if (Object.keys(dimensions).length !== given.length) throw invalid('A dimension name is used more than once.');
  if (given.some(({ Name, Value }) => !Name || !Value)) throw invalid('Dimension names and values must not be empty.');
  return dimensions;
}

function read(datum: MetricDatum, now: EpochMs): Datum {
  const at = datum.Timestamp ? instant(datum.Timestamp.getTime()) : now;
  if (at < now - 2 * weekMs || at > now + twoHoursMs) {
    throw invalid('The parameter Timestamp must be within two weeks of the past and two hours of the future.');
  }
  const resolution = datum.StorageResolution ?? 60;
  if (resolution !== 1 && resolution !== 60) throw invalid('StorageResolution must be 1 or 60.');
  const set = datum.StatisticValues;
  if ([datum.Value, datum.Values, set].filter((given) => given !== undefined).length !== 1) {
    throw combination('Exactly one of the parameters Value, Values and StatisticValues must be given.');
  }
  const common = { unit: datum.Unit ?? 'None', at, resolutionMs: resolution * 1_000 };
  if (!set) return { ...common, values: valuesOf(datum) };
  return { ...common, values: [], set: statisticSet(set) };
}

function valuesOf(datum: MetricDatum): { value: number; count: number }[] {
  const values = datum.Values ?? [datum.Value ?? Number.NaN];
  const counts = datum.Counts ?? values.map(() => 1);
  if (values.length > maxUniqueValues) {
    throw invalid(`The collection Values must not have a size greater than ${maxUniqueValues}.`);
  }
  if (counts.length !== values.length) throw combination('The parameters Values and Counts must have the same size.');
  return values.map((value, index) => ({ value: checkNumber(value), count: checkCount(counts[index]) }));
}

function statisticSet(set: NonNullable<MetricDatum['StatisticValues']>): StatisticSet {
  return {
    count: checkCount(set.SampleCount),
    sum: checkNumber(set.Sum),
    minimum: checkNumber(set.Minimum),
    maximum: checkNumber(set.Maximum),
  };
}

function checkNumber(value: number | undefined): number {
  if (value === undefined || !Number.isFinite(value) || Math.abs(value) > maxMagnitude) {
    throw invalid(`The value ${value} for parameter MetricData.member.N.Value is invalid.`);
  }
  return value;
}

function checkCount(count: number | undefined): number {
  if (count === undefined || !Number.isFinite(count) || count <= 0) {
    throw invalid(`The value ${count} for parameter MetricData.member.N.Counts is invalid.`);
  }
  return count;
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}

function combination(message: string): AwsError {
  return new AwsError('InvalidParameterCombination', message);
}
