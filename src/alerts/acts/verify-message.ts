import { accept, type Result, refuse } from '../../kernel/result.ts';
import type { Now } from '../../kernel/time.ts';
import { parseSnsMessage, type SnsMessage } from '../sns-message.ts';
import { checkAge, checkOrigin, type SnsPolicy } from '../sns-rules.ts';
import type { TakeRefusal } from '../take-refusal.ts';

/** One body at a door, before anything about it is known. `bytes` counts it as it came. */
export type Delivery = {
  readonly door: 'https' | 'sqs' | 'lambda';
  readonly body: string;
  readonly bytes: number;
  /** The door said that SNS's envelope was left out. */
  readonly isRaw?: boolean | undefined;
  /** The queue's own id of the message: names it when nothing in the body can be believed. */
  readonly queueId?: string | undefined;
};

/** Fetches the certificate and checks the signature. Throws a Fault when that is not possible now. */
export type CheckSignature = (message: SnsMessage, certificateUrl: URL) => Promise<Result<void, string>>;

export type VerifyDeps = {
  readonly policy: SnsPolicy;
  readonly checkSignature: CheckSignature;
  readonly clocks: { readonly wall: Now };
};

/** SNS's own limit is 256 kB; escaping may make up to eight times that of it. */
export const largestBytes = 2 * 1_048_576;

/** Cheap checks first, and none that opens a connection before the topic and the host are known to be ours. */
export async function verifyMessage(deps: VerifyDeps, delivery: Delivery): Promise<Result<SnsMessage, TakeRefusal>> {
  if (delivery.bytes > largestBytes) return refuse({ kind: 'too-large', bytes: delivery.bytes });
  if (delivery.isRaw) return refuse({ kind: 'raw-delivery' });
  const message = parseSnsMessage(delivery.body);
  if (!message) return refuse({ kind: 'not-an-envelope' });
  const home = checkOrigin(message, deps.policy);
  if (!home.ok) return home;
  const age = delivery.door === 'https' ? checkAge(message, deps.clocks.wall()) : accept(undefined);
  if (!age.ok) return age;
  const signature = await deps.checkSignature(message, home.value);
  return signature.ok ? accept(message) : refuse({ kind: 'forged', because: signature.refusal });
}
