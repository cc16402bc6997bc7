import { AwsError } from '../service.ts';

/** What may be set on a queue: the default, and the range where AWS has one (seconds or bytes). */
const settable: Readonly<Record<string, { readonly usual?: string; readonly range?: readonly [number, number] }>> = {
  VisibilityTimeout: { usual: '30', range: [0, 43_200] },
  MessageRetentionPeriod: { usual: '345600', range: [60, 1_209_600] },
  MaximumMessageSize: { usual: '1048576', range: [1_024, 1_048_576] },
  DelaySeconds: { usual: '0', range: [0, 900] },
  ReceiveMessageWaitTimeSeconds: { usual: '0', range: [0, 20] },
  RedrivePolicy: {},
  RedriveAllowPolicy: {},
  Policy: {},
  SqsManagedSseEnabled: { usual: 'true' },
  KmsMasterKeyId: {},
  KmsDataKeyReusePeriodSeconds: {},
};

export type RedrivePolicy = { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number };

export function defaultAttributes(): Record<string, string> {
  const usual = Object.entries(settable).flatMap(([name, { usual }]) => (usual === undefined ? [] : [[name, usual]]));
  return Object.fromEntries(usual) as Record<string, string>;
}

/** @throws {AwsError} when an attribute is unknown or out of its range */
export function checkAttributes(attributes: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    const rule = settable[name];
    if (!rule) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    const { range } = rule;
    if (range && !isWithin(value, range)) {
      throw new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
    }
  }
  if (attributes.RedrivePolicy) readRedrivePolicy(attributes.RedrivePolicy);
}

/** `{"deadLetterTargetArn":"arn:…","maxReceiveCount":5}`; AWS takes the count as a string too. */
export function readRedrivePolicy(text: string): RedrivePolicy {
  const parsed = parseObject(text);
  const { deadLetterTargetArn, maxReceiveCount } = parsed;
  const count = Number(maxReceiveCount);
  if (typeof deadLetterTargetArn !== 'string' || !Number.isInteger(count) || count < 1 || count > 1_000) {
    throw new AwsError('InvalidParameterValue', `Value ${text} for parameter RedrivePolicy is invalid.`);
  }
  return { deadLetterTargetArn, maxReceiveCount: count };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function isWithin(value: string, [least, most]: readonly [number, number]): boolean {
  const number = Number(value);
  return Number.isInteger(number) && number >= least && number <= most;
}
