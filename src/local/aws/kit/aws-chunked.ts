import { AwsError } from '../service.ts';

/** True when the body is framed in chunks inside HTTP's own framing, as SDK streams are. */
export function isAwsChunked(headers: Readonly<Record<string, string>>): boolean {
  return (
    (headers['content-encoding'] ?? '').split(',').some((word) => word.trim() === 'aws-chunked') ||
    (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-')
  );
}

/**
 * Takes `aws-chunked` framing off: `SIZE-IN-HEX[;chunk-signature=…]\r\nBYTES\r\n` … `0\r\n[trailers]\r\n`.
 * Stores that keep the framing corrupt every streamed object.
 */
export function decodeAwsChunked(framed: Buffer): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = framed.indexOf('\r\n', at);
    if (lineEnd < 0) throw incomplete();
    const size = Number.parseInt(framed.toString('latin1', at, lineEnd).split(';')[0] ?? '', 16);
    if (!(size >= 0)) throw incomplete();
    if (size === 0) return Buffer.concat(parts);
    const start = lineEnd + 2;
    if (start + size + 2 > framed.length) throw incomplete();
    parts.push(framed.subarray(start, start + size));
    at = start + size + 2;
  }
}

function incomplete(): AwsError {
  return new AwsError('IncompleteBody', 'The request body is not complete aws-chunked framing', 400);
}
