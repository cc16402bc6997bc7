import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { AwsReads, ReportRead, ReportSource } from '../changes/aws-facts.ts';
import { sha256Hex } from '../kernel/digest.ts';
import { findingOne } from './aws-fault.ts';
import { parseS3Uri } from './s3-address.ts';

const usualLimitBytes = 10 * 1024 * 1024;

export type ReportRules = {
  /** `s3://bucket/prefix` under which reports may lie. Beside them the bucket of the version's own artefact is allowed. */
  readonly prefixes?: readonly string[] | undefined;
  readonly limitBytes?: number | undefined;
};

/** Opens the evaluation report of a version, where it may be opened and only so far. */
export function makeReadReport(s3: S3Client, rules: ReportRules = {}): AwsReads['readReport'] {
  const limitBytes = rules.limitBytes ?? usualLimitBytes;
  return async function readReport(source) {
    const address = parseS3Uri(source.uri);
    if (!address || !isAllowed(source, rules))
      return unreadable(`its evaluation report lies outside the allowed places: ${source.uri}`);
    const object = await findingOne('s3:GetObject', () =>
      s3.send(new GetObjectCommand({ Bucket: address.bucket, Key: address.key })),
    );
    if (!object?.Body) return unreadable(`its evaluation report is not there: ${source.uri}`);
    const text = await readText(object.Body, limitBytes);
    if (text === undefined) return unreadable(`its evaluation report is larger than ${limitBytes} bytes`);
    if (source.sha256 !== undefined && sha256Hex(text) !== source.sha256) {
      return unreadable('its evaluation report is not the one that was registered: the digests differ');
    }
    return { kind: 'found', text };
  };
}

/** Whoever can write where the model itself is loaded from can change more than a report. */
function isAllowed({ uri, artefact }: ReportSource, { prefixes = [] }: ReportRules): boolean {
  const home = parseS3Uri(artefact);
  const own = home ? [`s3://${home.bucket}`] : [];
  return [...own, ...prefixes].some((prefix) => uri.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`));
}

/** Undefined when there is more than `limitBytes`; the rest is never read. */
async function readText(body: unknown, limitBytes: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > limitBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function unreadable(because: string): ReportRead {
  return { kind: 'unreadable', because };
}
