import { Fault } from '../../kernel/fault.ts';
import { accept, type Result, refuse } from '../../kernel/result.ts';

/** A certificate is 2 kB. */
const largestBytes = 65_536;
const answerWithinMs = 5_000;
/** SNS has one per region and renews it now and then. */
const keptMost = 50;

/** Answers a certificate's PEM by URL, or why there is none. The URL has been checked by then: only SNS's own come here. */
export type FindCertificate = (url: URL) => Promise<Result<string, string>>;

/**
 * Fetches certificates and keeps them by URL. No redirects, a size cap, a time limit. Throws a retryable Fault when the
 * server cannot be asked now; a plain "not there" is an answer.
 */
export function makeFindCertificate(): FindCertificate {
  const kept = new Map<string, Promise<Result<string, string>>>();
  return function findCertificate(url) {
    const known = kept.get(url.href);
    if (known) return known;
    const asked = fetchCertificate(url);
    kept.set(url.href, asked);
    const oldest = kept.size > keptMost ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    const forget = (): void => void (kept.get(url.href) === asked && kept.delete(url.href));
    // Only certificates are worth keeping: a refusal may be another one's in a minute, a fault is over by then.
    asked.then((answer) => answer.ok || forget(), forget);
    return asked;
  };
}

async function fetchCertificate(url: URL): Promise<Result<string, string>> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(answerWithinMs) });
    if (response.ok) return await readPem(response);
    await response.body?.cancel();
    if (response.status >= 500 || response.status === 429 || response.status === 408)
      throw new Fault('sns-certificate', `SNS answered ${response.status} for its certificate`, { retryable: true });
    return refuse(`SNS has no such certificate (${response.status})`);
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault('sns-certificate', 'The certificate of SNS could not be fetched', {
      retryable: true,
      cause: error,
    });
  }
}

async function readPem(response: Response): Promise<Result<string, string>> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > largestBytes) return refuse('its certificate is too large to be one');
  }
  return accept(Buffer.concat(pieces).toString('latin1'));
}
