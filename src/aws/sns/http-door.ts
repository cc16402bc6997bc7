import type { TakeMessage } from '../../alerts/acts/take-message.ts';
import { largestBytes } from '../../alerts/acts/verify-message.ts';
import type { TakeRefusal } from '../../alerts/take-refusal.ts';
import { takeRefusalWords } from '../../alerts/take-words.ts';
import { Fault } from '../../kernel/fault.ts';

type Answer = { readonly status: number; readonly body: string };
type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

export type SnsDoorDeps = {
  readonly takeMessage: TakeMessage;
  /** Told of everything that was answered with 5xx. */
  readonly onTrouble: (error: unknown) => void;
};

/** SNS repeats 5xx and 429 only, so a status outside them says "never send this again". */
const statuses: Readonly<Record<TakeRefusal['kind'], number>> = {
  'too-large': 413,
  'raw-delivery': 400,
  'not-an-envelope': 400,
  'foreign-topic': 403,
  'too-old': 403,
  'too-new': 403,
  'foreign-certificate': 403,
  'foreign-subscribe-url': 403,
  forged: 403,
};

/** `/sns`: the whole body in, a status out. 200 says "stored", for a redelivery too; 503 says "send it again". */
export function makeSnsDoor({ takeMessage, onTrouble }: SnsDoorDeps) {
  return async function snsDoor(headers: Headers, body: Buffer): Promise<Answer> {
    try {
      const text = body.length > largestBytes ? '' : utf8Text(body);
      if (text === undefined) return { status: 400, body: 'Not taken: it is no UTF-8 text.\n' };
      const isRaw = headers['x-amz-sns-rawdelivery'] === 'true';
      const taken = await takeMessage({ door: 'https', body: text, bytes: body.length, isRaw });
      if (taken.ok) return { status: 200, body: taken.value.kind === 'known' ? 'Known.\n' : 'Taken.\n' };
      return { status: statuses[taken.refusal.kind], body: `Not taken: ${takeRefusalWords(taken.refusal)}.\n` };
    } catch (error) {
      onTrouble(error);
      const status = error instanceof Fault ? 503 : 500;
      return { status, body: 'Not taken yet: it could not be verified or stored. Send it again.\n' };
    }
  };
}

/** SNS sends UTF-8 whatever its content type says. The SHA-256 that is kept is that of these very bytes. */
function utf8Text(body: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}
